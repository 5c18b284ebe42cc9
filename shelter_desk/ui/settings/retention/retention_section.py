"""Retention: how long data are kept, what is due to go, who asked for it, what waits, which backups hold it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.retention.retention import Clocks, Hold, HoldId, RetentionKind
from shelter_desk.domain.settings import bounds
from shelter_desk.operations import settings
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Holding, StillHolding
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.retention.retention_confirm import RequestCard, level
from shelter_desk.ui.settings.retention.retention_due import DueCard
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import retention as retention_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class HoldsCard(Card):
    """One line per suspension, and the line that adds another."""

    told = Signal(object)  # Told
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Suspended erasures"), "", parent=parent)
        self._desk = desk
        self.lines: dict[HoldId, HoldLine] = {}
        self.code = LineField(words.text("Code"), placeholder="7K3-QMX-E")
        self.reason = LineField(words.text("Reason, without a name"))
        watch(desk, self.reason)
        self.until = DayField(words.text("Until, if known"), desk.today(), kind="ahead")
        self.hold_button = Button(words.text("Suspend the erasure"), icon="bookmark", on_click=self.hold)
        for field in (self.code, self.reason, self.until):
            field.line.returnPressed.connect(self.hold)
        self.none = Label(words.text("No erasure is suspended."), ink="ink2", wrap=True)
        why = words.text("Where a procedure or a complaint still needs the file, every erasure about the person waits.")
        self._list = in_column(spacing=tokens.SPACE)
        self.until.setFixedWidth(tokens.wide(150))
        top = Qt.AlignmentFlag.AlignTop
        row = in_row(
            (self.code, 1, top),
            (self.reason, 2, top),
            (self.until, 0, top),
            (level(self.hold_button), 0, top),
            spacing=tokens.SPACE_2,
        )
        fill(self.body, Label(why, size="small", ink="ink2", wrap=True), self.none, self._list, row)

    def refresh(self) -> None:
        """Ask what is suspended."""
        for line in self.lines.values():
            self._list.removeWidget(line)
            take_away(line)
        found = retention.holds(self._desk)
        self.lines = {one.id: HoldLine(one) for one in found}
        for line in self.lines.values():
            line.lifted.connect(self.lift)
            self._list.addWidget(line)
        self.none.setVisible(not found)
        self.secondary.setText(words.count("{n} person", "{n} persons", len({one.person for one in found})))
        self.secondary.setVisible(bool(found))

    def is_editing(self) -> bool:
        """True while something typed is not done yet."""
        return bool(self.code.text() or self.reason.text() or self.until.line.text())

    @Slot()
    def hold(self) -> None:
        """Suspend the erasure of the person with that code, or say beside the field why not."""
        for field in (self.code, self.reason, self.until):
            field.clear()
        until = self.until.day()
        if self.until.is_wrong():
            told = words.text("This day does not exist: {typed}.")
            refuse(self.until, told.format(typed=self.until.line.text().strip()))
            return
        try:
            case = retention.find(self._desk, self.code.text())
            done = retention.hold(self._desk, case.person, self.reason.text(), until)
        except errors.BadDates as error:
            refuse(self.until, sentence(error))
        except RuleBroken as error:
            refuse(self.reason if isinstance(error, errors.Missing) else self.code, sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.code.set_text("")
            self.reason.set_text("")
            self.until.line.setText("")
            self.told.emit(Told("ok", words.text("The erasure of {code} is suspended.").format(code=case.code), done))
            self.done.emit()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def lift(self, one: Hold) -> None:
        """End that suspension."""
        with refusals_told(self.told):
            done = retention.lift(self._desk, one.id)
            told = words.text("The erasure of {code} is no longer suspended.")
            self.told.emit(Told("ok", told.format(code=one.code), done))
            self.done.emit()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)


class HoldLine(QWidget):
    """Code, since when, why, and the button that ends it."""

    lifted = Signal(object)  # Hold

    def __init__(self, one: Hold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hold = one
        self.button = Button(words.text("Lift"), icon="undo", on_click=self._lift)
        self.button.setAccessibleName(words.text("Lift the suspension of {code}").format(code=one.code))
        since = words.text("since {day}").format(day=formats.day(one.held_at.date()))
        in_row(
            IconLabel("bookmark", "held"),
            Label(one.code, bold=True),
            Label(since, size="small", ink="ink2"),
            (Label(retention_words.hold(one), wrap=True), 1),
            self.button,
            within=self,
            spacing=tokens.SPACE,
        )

    @Slot()
    def _lift(self) -> None:
        self.lifted.emit(self.hold)


ABREAST = 3
MONTHS = bounds("retention_identity_months")


class ClockCard(Card):
    """One number for each kind; Enter or the button keeps those that changed."""

    told = Signal(object)  # Told
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("How long data are kept"), parent=parent)
        self._desk = desk
        self._kept: Clocks | None = None
        unit = words.text("months")
        self.fields = {
            kind: NumberField(retention_words.clock(kind), *MONTHS, required=True, unit=unit) for kind in RetentionKind
        }
        self.months = self.fields[RetentionKind.IDENTITY]
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        for place, field in enumerate(self.fields.values()):
            field.line.returnPressed.connect(self.keep)
            grid.addWidget(field, place // ABREAST, place % ABREAST, Qt.AlignmentFlag.AlignTop)
        self.keep_button = Button(words.text("Save"), icon="save", on_click=self.keep)
        hints = (
            words.text(
                "The names of a minor stay until 18 years and these months, if that is later. "
                "A case that nobody closed counts from the exit."
            ),
            words.text("Proposed where no law says otherwise; a shorter time makes more lines due at once."),
            words.text(
                "Stock, equipment and reports hold no personal data: keep them 10 years. The journal is kept whole, so "
                "that its chain can be verified; what was erased cannot be read in it."
            ),
        )
        row = in_row(STRETCH, self.keep_button)
        fill(self.body, grid, row, *(Label(told, size="small", ink="ink2", wrap=True) for told in hints))

    def show_clocks(self, clocks: Clocks) -> None:
        """Show what is kept."""
        self._kept = clocks
        for kind, field in self.fields.items():
            field.set_number(clocks.of(kind))

    def is_editing(self) -> bool:
        """True while another number is typed."""
        kept = self._kept
        return kept is not None and any(field.number() != kept.of(kind) for kind, field in self.fields.items())

    @Slot()
    def keep(self) -> None:
        """Keep the numbers typed, or say beside the first that does not do why."""
        for field in self.fields.values():
            field.clear()
        kept = self._kept or Clocks()
        typed = {kind: field.number() for kind, field in self.fields.items()}
        wrong = next((kind for kind, months in typed.items() if months is None), None)
        if wrong is not None:
            told = words.text("A number from {least} to {most}.")
            refuse(self.fields[wrong], told.format(least=MONTHS[0], most=MONTHS[1]))
            return
        with refusals_told(self.told):
            settings.keep_clocks(self._desk, {kind: n for kind, n in typed.items() if n not in (None, kept.of(kind))})
            self._kept = settings.clocks(self._desk)
            self.told.emit(Told("ok", words.text("Settings saved.")))
            self.done.emit()


MOST_ROWS = 6


class HoldingCard(Card):
    """Asked on the worker, since a stick may be slow, whenever it is shown."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Backups that still hold erased data"), "", parent=parent)
        self._desk = desk
        self.state = Label(ink="ink2", wrap=True)
        self.rows: TableRows[Holding] = TableRows(
            [
                TableColumn(words.text("Backup of"), lambda one: formats.moment(one.made_at), bold=True),
                TableColumn(words.text("Where"), _where),
                TableColumn(words.text("Erased since"), lambda one: formats.number(one.identities), alignment="right"),
                TableColumn(
                    words.text("Kept until"), lambda one: formats.NONE if one.until is None else formats.day(one.until)
                ),
            ]
        )
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Backups that still hold erased data"))
        self.elsewhere, self.away, self.aside = (Alert("", "attention") for _ in range(3))
        later = words.text("Reckoned with a backup every day; with fewer, these stay longer.")
        again = words.text("Whoever brings one of these back has the data again: erase them once more then.")
        self.notes = [Label(told, size="small", ink="ink2", wrap=True) for told in (later, again)]
        fill(self.body, self.state, self.table, *self.notes, self.elsewhere, self.away, self.aside)
        self._show(StillHolding())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask, when somebody sees it."""
        if self.isVisible():
            tasks.run(partial(retention.backups_still_holding, self._desk), self._show, self._say_refused)

    def _show(self, found: StillHolding) -> None:
        self.rows.show(found.known)
        self.table.fit()
        self.table.setFixedHeight(tokens.high(32) * (min(MOST_ROWS, len(found.known)) + 1) + 4)
        for widget in (self.table, *self.notes):
            widget.setVisible(bool(found.known))
        self.state.setText(words.text("None that is known."))
        self.state.setVisible(not (found.known or found.elsewhere or found.set_aside))
        self.aside.setVisible(bool(found.set_aside))
        told = words.text("Set aside when a backup took its place, beside the file: {folders}. Delete it there.")
        self.aside.sentence.setText(told.format(folders=", ".join(found.set_aside)))
        self.elsewhere.setVisible(bool(found.elsewhere))
        if found.elsewhere:
            n, day = len(found.elsewhere), formats.day(found.elsewhere[-1].date())
            made = words.count("{n} backup made by hand", "{n} backups made by hand", n)
            told = words.text("Not here: {backups}, the last one on {day}. Look on the sticks.")
            self.elsewhere.sentence.setText(told.format(backups=made, day=day))
        self.away.sentence.setText(words.text("The second place is not there: its copies are not counted."))
        self.away.setVisible(found.is_second_away)

    def _say_refused(self, error: ShelterDeskError) -> None:
        self.state.setText(sentence(error))
        self.state.show()


def _where(one: Holding) -> str:
    if one.where == ("second",):
        return words.text("second place")
    return words.text("this computer") if one.where == ("here",) else words.text("this computer and second place")


class RetentionSection(Section):
    """Five cards; what is done in one shows in the others."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.due = DueCard(desk)
        self.request = RequestCard(desk)
        self.holds = HoldsCard(desk)
        self.backups = HoldingCard(desk)
        self.clock = ClockCard(desk)
        fill(self.column, self.due, self.request, self.holds, self.backups, self.clock, STRETCH)
        for acting in (self.due, self.request, self.holds, self.clock):
            acting.told.connect(self.told)
            acting.done.connect(self.refresh)
        for asking in (self.due, self.request):
            asking.asked.connect(self._bring_up)
        # once the rows of the question have their heights
        self.verticalScrollBar().rangeChanged.connect(self._bring_up)

    @Slot()
    def _bring_up(self) -> None:
        """Scroll until the whole question is seen, its first field in any case."""
        form = self.due.form or self.request.form
        if form is not None:
            for part in (form.close_button, form.number):
                self.ensureWidgetVisible(part, 0, tokens.SPACE_4)

    @Slot()
    def refresh(self) -> None:
        """Ask again; what somebody is typing stays."""
        with refusals_told(self.told):
            clocks = settings.clocks(self.desk)
            if self.due.form is None:
                self.due.refresh(clocks)
            self.holds.refresh()
            if not self.clock.is_editing():
                self.clock.show_clocks(clocks)
        self.backups.refresh()

    def is_editing(self) -> bool:
        typed = (self.request, self.holds, self.clock)
        return self.due.form is not None or any(card.is_editing() for card in typed)
