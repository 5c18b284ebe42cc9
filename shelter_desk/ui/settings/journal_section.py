"""The journal: every act and every name read, filtered, read when it is first seen, verified, exported without a name.

What stands behind one line of it: plain facts, fields before and after, names never.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Damaged, ShelterDeskError
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Changed, Detail, Filters, JournalLine, Wanted
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.next_turn import NextTurn
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words import formats, journal_actions
from shelter_desk.words import journal as journal_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.journal import Verified


AT_ONCE = 60  # lines read together, some two screens of them
MOST = 4000  # lines held


class JournalEntryShown:
    """The lines somebody has looked at, read some at a time around the one asked for."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._seqs: Sequence[int] = ()
        self._lines: dict[int, JournalLine] = {}
        self.people: dict[UserId, str] = {}

    def begin(self, seqs: Sequence[int]) -> None:
        """Other lines from now on, the last first."""
        self._seqs = seqs
        self._lines.clear()

    def line(self, seq: int) -> JournalLine:
        """The line of that number."""
        if seq not in self._lines:
            if len(self._lines) > MOST:
                self._lines.clear()
            place = bisect_left(self._seqs, -seq, key=lambda one: -one)
            start = place - place % AT_ONCE
            for line in journal.lines(self._desk, self._seqs[start : start + AT_ONCE]):
                self._lines[line.seq] = line
        return self._lines[seq]

    def at(self, seq: int) -> str:
        """When, as it stands in the table; midnight is an hour here."""
        return formats.moment(datetime.fromisoformat(self.line(seq).at))

    def by(self, seq: int) -> str:
        """Who sat at the desk."""
        user = self.line(seq).user
        return words.text("the program") if user is None else self.people.get(user, formats.NONE)

    def what(self, seq: int) -> str:
        """What was done."""
        return journal_actions.action(self.line(seq).action)

    def on(self, seq: int) -> str:
        """The codes it was done on."""
        return self.line(seq).subject


EVERY = ""


class JournalFilters(QWidget):
    """Five fields in a row; `changed` as soon as one asks for other lines.

    by_person: False where one sees only oneself.
    """

    changed = Signal()

    def __init__(self, today: date, by_person: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = DayField(words.text("From"), today)
        self.last = DayField(words.text("Until, included"), today)
        self.person = ChoiceField(words.text("Account"))
        self.action = ChoiceField(words.text("What"))
        self.code = LineField(words.text("Code"))
        fields = ((self.first, 3), (self.last, 3), (self.person, 4), (self.action, 5), (self.code, 3))
        in_row(*fields, within=self, spacing=tokens.SPACE)
        self.person.setVisible(by_person)
        self._last = self.wanted()
        for day in (self.first, self.last):
            day.changed.connect(self._look)
        for choice in (self.person, self.action):
            choice.chosen.connect(self._look)
        self.code.changed.connect(self._look)

    def offer(self, found: Filters) -> None:
        """What there is to choose from; what was chosen stays."""
        person, action = self.person.value() or EVERY, self.action.value() or EVERY
        people = [(str(user), name) for user, name in found.people.items()]
        actions = sorted(((name, journal_actions.action(name)) for name in found.actions), key=lambda one: one[1])
        self.person.set_choices([(EVERY, words.text("everybody")), *people])
        self.action.set_choices([(EVERY, words.text("everything")), *actions])
        self.person.choose(person)
        self.action.choose(action)

    def wanted(self) -> Wanted:
        """What is asked for now."""
        user = UserId(int(self.person.code())) if self.person.code() else None
        actions = (self.action.code(),) if self.action.code() else ()
        return Wanted(self.first.day(), self.last.day(), user, actions, self.code.text())

    @Slot()
    def _look(self) -> None:
        wanted = self.wanted()
        if wanted != self._last:
            self._last = wanted
            self.changed.emit()


class JournalDetail(QFrame):
    """The line in words above, what changed below; scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(tokens.wide(300))
        self._scrolled = scrolling(QWidget(), only_down=True)
        in_column(self._scrolled, within=self, margins=tokens.SPACE_HALF)
        self.texts: list[str] = []
        self.clear()

    def clear(self) -> None:
        """No line is chosen."""
        self._show([Label(words.text("Choose a line to see what it changed."), ink="ink2", wrap=True)])

    def show_line(self, title: str, who: str, codes: str, detail: Detail) -> None:
        """Show that line. who: the person and the moment."""
        shown: list[QWidget] = [Label(title, bold=True, wrap=True), Label(who, size="small", ink="ink2", wrap=True)]
        if codes:
            shown.append(Label(codes, wrap=True))
        for key, value in detail.facts:
            shown += _pair(journal_words.field(key), journal_words.value(key, value, ""))
        if detail.changed:
            shown.append(RuleLine())
        for one in detail.changed:
            shown += _pair(journal_words.field(one.key, one.table), _before_and_after(one))
        if detail.more:
            told = words.count("{n} more row, only counted.", "{n} more rows, only counted.", detail.more)
            shown.append(Label(told, size="small", ink="ink2", wrap=True))
        self._show(shown)

    def _show(self, shown: Sequence[QWidget]) -> None:
        self.texts = [one.text() for one in shown if isinstance(one, Label)]
        inner, margins = QWidget(), (tokens.SPACE_PANEL, tokens.SPACE)
        inner.setProperty("role", "scrolled")
        in_column(*shown, STRETCH, within=inner, spacing=tokens.SPACE_HALF, margins=margins)
        self._scrolled.setWidget(inner)  # the one before goes


def _pair(label: str, value: str) -> list[QWidget]:
    name = Label(label, size="small", ink="ink2", wrap=True)
    name.setContentsMargins(0, tokens.SPACE_HALF, 0, 0)
    return [name, Label(value, wrap=True)]


def _before_and_after(one: Changed) -> str:
    if one.is_sealed:
        return journal_words.sealed(one.table)
    before, after = (journal_words.value(one.key, value, one.table) for value in (one.before, one.after))
    if before == formats.NONE:
        return after
    # Translators: a field of the journal, before and after
    return words.text("{before} → {after}").format(before=before, after=after)


WIDEST = 16_777_215  # as wide as there is room
ROOMY = 820  # wide enough for a line and all that stands behind it
FILE = "journal-%Y-%m-%d.xlsx"


class JournalSection(Section):
    """Filters above, the lines and the detail of one, the state of the chain below."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sees_all = desk.may(Permission.JOURNAL_SEE)
        self.seqs: list[int] = []
        self.seen = JournalEntryShown(desk)
        self.filters = JournalFilters(desk.today(), by_person=self._sees_all)
        self.filters.changed.connect(self.refresh)
        self.rows = TableRows[int](  # in the order of the numbers, which cannot be another
            [
                TableColumn(words.text("No."), str, alignment="right"),
                TableColumn(words.text("When"), self.seen.at),
                TableColumn(words.text("Account"), self.seen.by),
                TableColumn(words.text("What"), self.seen.what, bold=True),
                TableColumn(words.text("On which code"), self.seen.on),
            ]
        )
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Journal"))
        self.table.selected.connect(self._show)
        self.list_foot = ListFoot(self.table, filters=False)  # filtered above: not every line is read
        self.detail = JournalDetail()
        self.counted = Label(size="small", ink="ink2")
        self.chain = Label(size="small", ink="ink2", wrap=True)
        self._chain_icon = IconLabel("clock", "ink2", 16)
        self.verify_button = Button(words.text("Verify the chain"), icon="shield", on_click=self.verify)
        self.export_button = Button(words.text("Export without names…"), icon="table", on_click=self.export)
        self._is_verified = False
        if not self._sees_all:
            self.export_button.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(WIDEST)
        foot = in_row(self._chain_icon, (self.chain, 1), self.verify_button, self.export_button, spacing=tokens.SPACE)
        told = words.text("Your own acts. The manager and the auditor see those of everybody.")
        if self._sees_all:
            told = words.text("Every act and every name read. No name of a resident stands here.")
        self.table.setMinimumHeight(tokens.high(220))
        self.column.setSpacing(tokens.SPACE)
        fill(
            self.column,
            in_row((Label(told, ink="ink2", wrap=True), 1), self.counted),
            self.filters,
            (in_row((in_column((self.table, 1), self.list_foot), 1), self.detail, spacing=tokens.SPACE_2), 1),
            foot,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the lines have most of it."""
        super().resizeEvent(event)
        self.detail.setFixedWidth(tokens.wide(300 if self.width() > tokens.wide(ROOMY) else 210))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the journal when it is looked at, and follow its chain the first time."""
        super().showEvent(event)
        NextTurn(self, self._read)

    def _read(self) -> None:
        self.refresh()
        if not self._is_verified:
            self.verify()

    @Slot()
    def refresh(self) -> None:
        """Ask for the lines again; nothing is read while nobody looks."""
        if not self.isVisible():
            return
        chosen = self.table.current()
        with refusals_told(self.told):
            found = journal.filters(self.desk)
            self.seqs = (journal.numbers if self._sees_all else journal.own_numbers)(self.desk, self.filters.wanted())
            self.filters.offer(found)
            self.seen.people = found.people
            self.seen.begin(self.seqs)
            self.rows.show(self.seqs)
            self.counted.setText(words.count("{n} line", "{n} lines", len(self.seqs)))
            self.export_button.setEnabled(bool(self.seqs))
            self._show(chosen if chosen in self.seqs else None)

    @Slot(object)
    def _show(self, seq: int | None) -> None:
        if seq is None:
            self.detail.clear()
            return
        told = words.text("Line {n}, {moment}, {who}")
        who = told.format(n=seq, moment=self.seen.at(seq), who=self.seen.by(seq))
        self.detail.show_line(self.seen.what(seq), who, self.seen.on(seq), journal.detail(self.desk, seq))

    @Slot()
    def verify(self) -> None:
        """Follow the whole chain in the background."""
        self._is_verified = True
        self.verify_button.setEnabled(False)
        self.chain.setText(words.text("The chain is being followed…"))
        tasks.run(partial(journal.verify, self.desk), self._verified, self._broken)

    def _verified(self, found: "Verified") -> None:
        self.verify_button.setEnabled(True)
        self._chain_icon.show_icon("circle-check", "ok")
        self.chain.setText(journal_words.verified(found.lines, formats.clock(found.at)))

    def _broken(self, error: ShelterDeskError) -> None:
        self.verify_button.setEnabled(True)
        self._chain_icon.show_icon("octagon", "blocked")
        told = sentence(error)
        if isinstance(error, Damaged) and error.part == "journal":
            told = journal_words.broken(error.path)
        self.chain.setText(told)

    @Slot()
    def export(self) -> None:
        """Write the lines shown into a workbook, once the purpose is said."""
        question, verb = words.text("Export the journal?"), words.text("Choose the file…")
        effect = words.text(
            "The file holds moment, account, act and code. No name and no field of a resident. The purpose is kept."
        )
        purpose = ask_words(self, self.desk, question, effect, verb, words.text("Purpose"))
        if purpose is None:
            return
        title, name = words.text("Export the journal"), f"{self.desk.now():{FILE}}"
        path = files.choose_to_save(self, title, name, "Excel (*.xlsx)")
        if path is None:
            return
        job = partial(journal.export, self.desk, list(self.seqs), path, purpose, journal_actions.action)
        self.export_button.setEnabled(False)
        tasks.run(job, self._exported, self._not_exported)

    def _exported(self, _nothing: None) -> None:
        self.export_button.setEnabled(True)
        self.refresh()
        self.told.emit(Told("ok", words.text("The journal is exported, without names.")))

    def _not_exported(self, error: ShelterDeskError) -> None:
        self.export_button.setEnabled(True)
        self.told.emit(Told("blocked", sentence(error)))
