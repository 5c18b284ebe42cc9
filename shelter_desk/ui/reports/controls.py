"""The controls of a report: what must be equal, both sides, and whether they are."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent

from shelter_desk import words
from shelter_desk.domain.reports.report import Identity, Report
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import Column, Rows
from shelter_desk.ui.reports.small_rows import SmallTable
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

_SAYS, _PLACE = 1, 2  # the columns that share what the others leave


class ControlsTable(SmallTable):
    """One row a control; those that fail come first."""

    def __init__(self) -> None:
        self.controls: Rows[Identity] = Rows(
            [
                Column("", lambda one: one.id, lambda one: one.id, bold=True),
                Column(words.text("Control"), _says, tooltip=_says),
                Column(words.text("Where"), _where, _where, ink=lambda _: "ink2", tooltip=_where),
                Column(words.text("Before the sign ="), lambda one: report_words.value(one.left), alignment="right"),
                Column(words.text("After the sign ="), lambda one: report_words.value(one.right), alignment="right"),
                Column(words.text("Difference"), _difference, alignment="right"),
                Column("", _verdict, lambda one: one.holds, bold=True, ink=_ink),
            ]
        )
        super().__init__(self.controls)
        self.setAccessibleName(words.text("Controls"))

    @Slot()
    def fit(self) -> None:
        """Give numbers what they need; the sentence and its place share the rest, cut with … where they must be."""
        fixed = [place for place in range(len(self.rows.columns)) if place not in (_SAYS, _PLACE)]
        widths = [self.needed(place) for place in fixed]
        for place, width in zip(fixed, widths, strict=True):
            self.setColumnWidth(place, width)
        room = self.viewport().width() - sum(widths)
        says = max(tokens.wide(160), min(self.needed(_SAYS), room * 3 // 5))
        self.setColumnWidth(_SAYS, says)
        self.setColumnWidth(_PLACE, max(tokens.wide(100), room - says))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def show_controls(self, report: Report) -> None:
        """Show the controls of that report."""
        self.controls.show(sorted(report.identities, key=lambda one: one.holds))


def _says(one: Identity) -> str:
    return report_words.identity(one.id)


def _where(one: Identity) -> str:
    return report_words.cell(one.dims)


def _difference(one: Identity) -> str:
    if isinstance(one.left, (int, float)) and isinstance(one.right, (int, float)):
        return report_words.value(abs(one.left - one.right))
    return formats.NONE


def _verdict(one: Identity) -> str:
    if one.holds:
        return words.text("OK")
    return words.text("to look at") if one.only_warns else words.text("KO")


def _ink(one: Identity) -> str:
    return "ok" if one.holds else "attention" if one.only_warns else "blocked"
