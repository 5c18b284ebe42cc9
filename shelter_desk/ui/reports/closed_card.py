"""Beside a closed month: what is otherwise today, who has what was published, its versions, and what can be done."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent

from shelter_desk import words
from shelter_desk.domain.reports.closing import AcceptedPoint, rectified
from shelter_desk.domain.reports.pending import PendingCorrection
from shelter_desk.operations.reports.month_versions import PeriodStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.reports.controls import SmallTable
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill
from shelter_desk.words import formats
from shelter_desk.words import sending as sending_words
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

MOST_SHOWN = 8  # rows of corrections in sight


class ClosedCard(Card):
    """What moved: totals before their parts, the major ones first."""

    rectify_wanted = Signal()
    reopen_wanted = Signal()
    verify_wanted = Signal()

    def __init__(self) -> None:
        self.badge = Badge("", "ok")
        super().__init__(words.text("Corrections since the closing"), badge=self.badge)
        self.told = Label(ink="ink2", wrap=True)
        self.rows: TableRows[PendingCorrection] = TableRows(_columns())
        self.table = MovedTable(self.rows)
        self.table.selected.connect(self._tell_why)
        self.why = Label(size="small", ink="ink2", wrap=True)
        self.major = Alert(words.text("An important figure has changed: make a rectified version."), "attention")
        self.accepted = Label(size="small", ink="ink2", wrap=True)
        self.sent = Label(size="small", ink="ink2", wrap=True)
        self.versions = Label(size="small", ink="ink2", wrap=True)
        self.rectify = Button(words.text("Rectified version…"), on_click=self.rectify_wanted)
        self.reopen = Button(words.text("Open again…"), on_click=self.reopen_wanted)
        self.verify = Button(words.text("Verify a file…"), on_click=self.verify_wanted)
        row = row_of((self.reopen, 0), (self.rectify, 0), (self.verify, 0))
        self.body.setSpacing(tokens.SPACE)
        fill(
            self.body,
            self.told,
            self.table,
            self.why,
            self.major,
            self.accepted,
            self.sent,
            self.versions,
            row,
            STRETCH,
        )
        self.hide()

    @Slot(object)
    def _tell_why(self, one: PendingCorrection | None) -> None:
        """Who wrote what moved the figure chosen, when and why."""
        if one is not None:
            told = words.text("{figure}: {why}")
            figure = closing_words.figure(one.correction.ref)
            self.why.setText(told.format(figure=figure, why=closing_words.late_facts(one)))

    def show_standing(
        self,
        found: PeriodStanding,
        moved: tuple[PendingCorrection, ...],
        accepted: tuple[AcceptedPoint, ...],
        *,
        may_close: bool,
    ) -> None:
        """What there is of the month. accepted: the points that were not settled before it was closed."""
        ordered = sorted(moved, key=lambda one: (bool(one.correction.ref[1]), not one.correction.is_major))
        is_major = any(one.correction.is_major for one in moved)
        self.badge.say(str(len(moved)), "attention" if is_major else "ok" if not moved else "neutral")
        self.rows.show(ordered)
        self.table.setVisible(bool(moved))
        self.why.setVisible(bool(moved))
        if ordered:
            self.table.go_to(0)
            self._tell_why(ordered[0])
        self.table.setFixedHeight(tokens.high(32) * (min(MOST_SHOWN, len(moved)) + 1))
        self.told.setText(words.text("The month is shown as it was published."))
        if not moved:
            self.told.setText(words.text("Nothing has changed since: the month is shown as it was published."))
        self.major.setVisible(is_major)
        self.accepted.setVisible(bool(accepted))
        self.accepted.setText(closing_words.accepted(accepted))
        left = [one for one in found.sendings if one.left]
        told = words.text("{recipient}, {level}, {day}")
        sent = [
            told.format(
                recipient=one.recipient or formats.NONE,
                level=sending_words.level(one.level),
                day=formats.day(one.sent_at.date()),
            )
            for one in left
        ]
        self.sent.setText(words.text("Sent: {list}").format(list=" · ".join(sent)))
        self.sent.setVisible(bool(sent))
        told = words.text("{version}, {moment}")
        made = [
            told.format(
                version=report_words.version(one.version, rectified(one, found.versions)),
                moment=formats.moment(one.made_at),
            )
            for one in reversed(found.versions)
            if one.cancelled_at is None
        ]
        self.versions.setText(" · ".join(made))
        is_sent = any(one.version is not None for one in left)
        self.rectify.setVisible(may_close and bool(moved))
        self.reopen.setVisible(may_close and not is_sent and found.current is not None)


class MovedTable(SmallTable):
    """The numbers as wide as they are; the figure takes the rest and is cut with …."""

    @Slot()
    def fit(self) -> None:
        numbers = range(1, len(self.rows.columns))
        for place in numbers:
            self.setColumnWidth(place, self.needed(place))
        self.setColumnWidth(0, max(tokens.wide(80), self.viewport().width() - sum(map(self.needed, numbers))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _columns() -> list[TableColumn[PendingCorrection]]:
    def figure(one: PendingCorrection) -> str:
        return closing_words.figure(one.correction.ref)

    def published(one: PendingCorrection) -> str:
        return report_words.value(one.correction.published)

    def now(one: PendingCorrection) -> str:
        return report_words.value(one.correction.now)

    return [
        TableColumn(words.text("Figure"), figure, tooltip=figure),
        TableColumn(words.text("Published"), published, alignment="right"),
        TableColumn(words.text("Now"), now, alignment="right", bold=True),
        TableColumn(words.text("Rows"), lambda one: str(len(one.correction.rows) or ""), alignment="right"),
    ]
