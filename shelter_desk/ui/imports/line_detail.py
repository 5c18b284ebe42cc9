"""One line of the file: what is wrong in which cell, what changes, or whom a new person may be."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.registers.rows import Refusal, Values, birth_of
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake
from shelter_desk.operations.imports.intake import Alike, FileLine, FileLinePart, Review
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.imports.written_cells import WrittenCells
from shelter_desk.ui import tokens
from shelter_desk.ui.imports import import_texts, laid
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import corrections, formats
from shelter_desk.words.refusals.errors import sentence

_WIDE = 350
_PERSONS = "personnes"


class LineDetail(QFrame):
    """Beside the list; the doubt is decided here. Ctrl+Enter decides and goes to the next one."""

    decided = Signal(object, str)  # Place, what was decided
    all_new = Signal()
    step = Signal(int)  # 1: the next problem, -1: the one before
    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line: FileLine | None = None
        self._masked = False
        self._headings: dict[tuple[str, int], str] = {}  # of the file, by sheet and column
        self._called = words.text("Your file")
        self._cells: WrittenCells | None = None
        self._written: dict[str, str] = {}  # of the line shown, by column
        self.setProperty("role", "panel")
        self.setFixedWidth(tokens.wide(_WIDE))
        self.badge = Badge("")
        self.previous = IconButton(
            "previous", words.text("Problem before (Shift+F8)"), on_click=partial(self.step.emit, -1)
        )
        self.next = IconButton("next", words.text("Next problem (F8)"), on_click=partial(self.step.emit, 1))
        self.title = Label("", bold=True, wrap=True)
        self.options: list[OptionCard] = []
        self._group: QButtonGroup | None = None
        self.decide = Button(words.text("Decide, next"), "primary", "check", on_click=self._decide)
        self.others = Button(words.text("All others: new persons"), "quiet", on_click=self.all_new)
        self._body = in_column(spacing=tokens.SPACE)
        in_column(
            in_row(self.badge, STRETCH, self.previous, self.next),
            self.title,
            (scrolling(self._body, only_down=True), 1),
            self.decide,
            self.others,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL),
        )

    def know(self, reviewed: Review) -> None:
        """Where the lines came from, and what their columns are called there."""
        self._headings = {(sheet.name, one.place): one.text for sheet in reviewed.sheets for one in sheet.headings}
        self._called = words.text("Your file") if reviewed.opened.source is RowSource.FILE else words.text("Your lines")
        self._cells = WrittenCells(reviewed)

    def show_line(self, line: FileLine, *, masked: bool) -> None:
        """Everything there is to say of that line."""
        self._line, self._masked = line, masked
        self._written = {} if self._cells is None else self._cells.of(line.place)
        self.options, self._group = [], None
        empty(self._body)
        # a line that is refused as the correction of an earlier one may be said to be another
        is_refused = line.state == "refused" and bool(intake.earlier_of(line.decision) or line.decision == intake.NEW)
        is_doubt = (line.state in ("doubtful", "decided") or is_refused) and bool(line.alike)
        state = "decided" if is_doubt and line.decision and not is_refused else line.state
        self.badge.say(import_texts.state(state), import_texts.BADGES[state])
        who = import_texts.who_is(line, masked)
        title = words.text("Line {row}, {who}, sheet {sheet}") if who else words.text("Line {row}, sheet {sheet}")
        self.title.setText(title.format(row=line.number, who=who, sheet=line.sheet))
        for one in line.refusals:
            self._body.addWidget(self._refusal(one))
        if line.gaps and line.state != "refused":
            told = words.text("To be completed: {columns}. It counts as unknown until then.")
            columns = import_texts.to_complete(line)
            if self._masked:  # what the file says there may be a name
                columns = ", ".join(import_texts.column_name(list_key, column) for list_key, column, _ in line.gaps)
            self._body.addWidget(Label(told.format(columns=columns), wrap=True))
        if line.expired:
            self._body.addWidget(Alert(import_texts.expired(line.expired), "attention"))
        if line.moves:
            self._body.addWidget(Alert(corrections.describe(line.moves), "attention"))
        if is_doubt:
            self._doubt(line)
        elif line.state in ("decided", "repeated", "unread") or line.known_as:
            self._body.addWidget(Label(import_texts.what(line), wrap=True))
        if not is_doubt or intake.earlier_of(line.decision):
            for part in line.parts:
                self._body.addWidget(self._part(part))
        self._body.addStretch(1)
        self.decide.setVisible(is_doubt)
        self.others.setVisible(is_doubt and not line.decision)
        of_things = any(one.list != _PERSONS for one in line.alike)
        self.others.setText(words.text("All others: new lines") if of_things else words.text("All others: new persons"))

    def _seen(self, key: str, text: str) -> str:
        is_masked = self._masked and key in import_texts.NAMES and text not in ("", formats.NONE)
        return words.text("masked") if is_masked else text

    # Refused and changed ---------------------------------------------------------------------------------------------

    def _refusal(self, one: Refusal) -> QWidget:
        made = QWidget()
        reason = sentence(one.error)
        if self._masked:
            reason = import_texts.hidden(one, reason)
        column = in_column(Label(reason, ink="blocked", wrap=True), within=made, spacing=tokens.SPACE_HALF)
        place = intake.cell(one)
        heading = "" if one.at is None else self._headings.get((one.sheet, one.at), "")
        facts = [(words.text("Column"), heading or import_texts.column_name(one.list, one.column))]
        if place:
            facts.append((words.text("Cell"), place))
        facts.append((self._called, self._seen(one.column, import_texts.seen(one.value)) or words.text("empty")))
        fill(column, FactList(facts), RuleLine())
        return made

    def _part(self, part: FileLinePart) -> QWidget:
        made = QWidget()
        column = in_column(
            Label(import_texts.part(part), bold=part.state != "same", wrap=True), within=made, spacing=tokens.SPACE_HALF
        )
        if part.state == "new":
            column.addWidget(self._understood(part))
        elif part.changes:
            column.addWidget(self._changes(part))
        return made

    def _understood(self, part: FileLinePart) -> QWidget:
        """What the line says, as it was written, and what it was taken for; what follows from others is not written."""
        heads = (words.text("Column"), self._called, words.text("Understood"))
        made, grid = laid.grid(heads, (0, 1, 1), tokens.SPACE_PANEL)
        for row, (key, _, new) in enumerate(part.changes[1:], 1):
            grid.addWidget(Label(import_texts.column_name(part.list, key), size="small", ink="ink2", wrap=True), row, 0)
            grid.addWidget(Label(self._as_written(key), ink="ink2", wrap=True), row, 1)
            understood = self._seen(key, import_texts.value(part.list, key, new))
            grid.addWidget(Label(understood, bold=True, wrap=True), row, 2)
        return made

    def _as_written(self, key: str) -> str:
        return self._seen(key, import_texts.seen(self._written.get(key, "")))

    def _changes(self, part: FileLinePart) -> QWidget:
        heads = (words.text("Column"), words.text("Until now"), words.text("From now on"))
        made, grid = laid.grid(heads, (0, 1, 1), tokens.SPACE_PANEL)
        for row, (key, old, new) in enumerate(part.changes, 1):
            before = import_texts.value(part.list, key, old)
            # a name that is stored is read on the record, where the journal notes it
            before = words.text("hidden") if key in import_texts.NAMES and before != formats.NONE else before
            grid.addWidget(Label(import_texts.column_name(part.list, key), size="small", ink="ink2", wrap=True), row, 0)
            grid.addWidget(Label(before, ink="ink2", wrap=True), row, 1)
            after, written = import_texts.value(part.list, key, new), self._as_written(key)
            seen = self._seen(key, after)
            understood = QWidget()
            column = in_column(Label(seen, bold=True, wrap=True), within=understood, spacing=0)
            if written and written != seen:
                told = words.text("written “{text}”").format(text=written)
                column.addWidget(Label(told, size="small", ink="ink2", wrap=True))
            grid.addWidget(understood, row, 2)
        return made

    # Doubts ----------------------------------------------------------------------------------------------------------

    def _doubt(self, line: FileLine) -> None:
        told = words.text("A name heard alike, the same sex, nearly the same age. Is it the same person?")
        if any(intake.earlier_of(one.code) for one in line.alike):
            told = words.text("This line is new, and an earlier one is gone from the file. Is it that one, corrected?")
        fill(self._body, Label(told, ink="ink2", wrap=True), *(self._compared(line, one) for one in line.alike))
        options = QWidget()
        column = in_column(within=options, spacing=tokens.SPACE)
        self._group = QButtonGroup(options)
        for proposal in _proposals(line):
            option = OptionCard(proposal, options)
            option.setChecked(proposal.code == line.decision)
            self._group.addButton(option)
            self.options.append(option)
            column.addWidget(option)
        self._group.buttonClicked.connect(self._chosen)
        self._body.addWidget(options)
        options.show()  # at once, so that the keys can go there
        self.decide.setEnabled(bool(line.decision))

    def _compared(self, line: FileLine, one: Alike) -> QWidget:
        mine: Values = line.person or {}
        rows = self._of_things(mine, one) if one.list != _PERSONS else self._of_persons(line, mine, one)
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SPACE_PANEL)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        theirs = import_texts.decided(one.code, line.alike)
        for at, head in enumerate(("", self._called, theirs)):
            grid.addWidget(Label(head, size="small", bold=True, wrap=True), 0, at)
        for row, texts in enumerate(rows, 1):
            for at, text in enumerate(texts):
                is_other = at > 0 and texts[1] != texts[2] and one.list != _PERSONS
                told = Label(text, size="small", ink="ink2" if not at else "ink", bold=is_other, wrap=True)
                grid.addWidget(told, row, at)
        if one.person is not None:
            name = NameOnDemand(self._desk)
            name.told.connect(self.told)
            grid.addWidget(name, len(rows) + 1, 0, 1, 3)
            name.show_person(PersonId(one.person), is_known=True)
        return made

    def _of_things(self, mine: Values, one: Alike) -> list[tuple[str, ...]]:
        """What either says of it."""
        both = (mine, one.values)
        keys = [key for key in one.values if key in mine]
        return [
            (import_texts.column_name(one.list, key), *(import_texts.value(one.list, key, of.get(key)) for of in both))
            for key in keys
        ]

    def _of_persons(self, line: FileLine, mine: Values, one: Alike) -> list[tuple[str, ...]]:
        today = self._desk.today()
        rows: list[tuple[str, ...]] = [
            (words.text("Name"), self._name(mine), "" if one.place is None else self._name(one.values))
        ]
        for key in ("sex", "nationality"):
            both = (
                import_texts.value("personnes", key, mine.get(key)),
                import_texts.value("personnes", key, one.values.get(key)),
            )
            rows.append((import_texts.column_name("personnes", key), *both))
        ages = [birth_of(values).age(today) for values in (mine, one.values)]
        rows.append((words.text("Age"), *(formats.NONE if age is None else str(age) for age in ages)))
        rows.append((words.text("Stays"), _stays(_own_stays(line)), _stays(one.stays)))
        return rows

    def _name(self, values: Values) -> str:
        known = " ".join(str(values[key]) for key in ("first_name", "last_name") if values.get(key))
        return self._seen("last_name", known or formats.NONE)

    def is_deciding(self) -> bool:
        """True where the keys are beside the list and something is chosen there."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus) and any(one.isChecked() for one in self.options)

    def set_first(self) -> None:
        """To the choice that is to be made, else to the next problem."""
        first = next((one for one in self.options if one.isChecked()), self.options[0] if self.options else self.next)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _chosen(self) -> None:
        self.decide.setEnabled(True)

    @Slot()
    def _decide(self) -> None:
        chosen = next((one for one in self.options if one.isChecked()), None)
        if chosen is not None and self._line is not None:
            self.decided.emit(self._line.place, chosen.proposal.code)


def _proposals(line: FileLine) -> list[ProposalCard]:
    found = [ProposalCard(one.code, _it_is(one), "", _what_it_does(one)) for one in line.alike]
    new = ProposalCard(
        intake.NEW, words.text("Another person"), "", words.text("A new code is given to the person of this line.")
    )
    if any(one.list != _PERSONS for one in line.alike):
        told = words.text("The line is taken in beside what the earlier one made.")
        new = ProposalCard(intake.NEW, words.text("Something else"), "", told)
    aside = ProposalCard(
        intake.ASIDE, words.text("Leave aside"), "", words.text("The line stays out, and is in the copy to correct.")
    )
    return [*found, new, aside]


def _it_is(one: Alike) -> str:
    if stay_no := intake.earlier_of(one.code):
        if one.row is None and one.list != _PERSONS:
            return words.text("Correction of {no}").format(no=stay_no)
        if one.row is None:
            return words.text("Correction of stay {no}").format(no=stay_no)
        return words.text("Correction of line {row}").format(row=one.row)
    if one.place is not None:
        return words.text("The person of line {row}").format(row=one.place[1])
    return words.text("It is {code}").format(code=one.code)


def _what_it_does(one: Alike) -> str:
    if not intake.earlier_of(one.code):
        return words.text("What the line says of stays is added to this person.")
    is_stay = one.list == _PERSONS
    if one.taken_at is None:
        return words.text("The stay is changed.") if is_stay else words.text("It is changed, and nothing is added.")
    stay = words.text("Import of {day}: the stay is changed.")
    told = stay if is_stay else words.text("Import of {day}: it is changed, and nothing is added.")
    return told.format(day=formats.day(one.taken_at.date()))


def _own_stays(line: FileLine) -> list[tuple[datetime, datetime | None]]:
    told = [{key: new for key, _, new in part.changes} for part in line.parts if part.list == "sejours"]
    return [(one["admitted_at"], one.get("exited_at")) for one in told if "admitted_at" in one]


def _stays(stays: Sequence[tuple[datetime, datetime | None]]) -> str:
    told = []
    for since, until in stays[-3:]:
        if until is None:
            told.append(words.text("here since {day}").format(day=formats.day(since.date())))
        else:
            both = words.text("from {start} to {end}")
            told.append(both.format(start=formats.day(since.date()), end=formats.day(until.date())))
    return ", ".join(told) or formats.NONE
