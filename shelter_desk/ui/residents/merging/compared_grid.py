"""Two files side by side, line by line; where they differ, one of two values is chosen."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import why_not
from shelter_desk.domain.residents.merging import NAMES, ComparedValue, Side, Stricter
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.merging import Comparison, FileOf
from shelter_desk.ui import tokens
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Ink, Label, RuleLine, repolish
from shelter_desk.ui.widgets.layouts import STRETCH, Item, in_column, in_row
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import formats
from shelter_desk.words import merging as merging_words

SIDES: Sequence[Side] = ("kept", "other")
_LABELS, _VALUES, _NOTES = 140, 190, 130  # pixels at 100 %
Note = tuple[str, Ink, str]  # icon, its colour, what is said


class ComparedGrid(Card):
    """One line a value. Up and down go on with Tab; the arrows choose between the two sides.

    chosen: something was chosen. told: of names that are shown on demand.
    """

    chosen = Signal()
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, found: Comparison) -> None:
        super().__init__()
        self._desk, self._today = desk, desk.today()
        self._codes: Mapping[Side, str] = {"kept": found.kept.person.code, "other": found.other.person.code}
        self.groups: dict[str, QButtonGroup] = {}
        self.radios: dict[tuple[str, Side], QRadioButton] = {}
        self.named: dict[Side, NameOnDemand] = {}
        self._cells: dict[tuple[str, Side], QFrame] = {}
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(tokens.SPACE)
        for column, width in enumerate((_LABELS, _VALUES, _VALUES, _NOTES)):
            self._grid.setColumnMinimumWidth(column, tokens.wide(width) if column < 3 else 0)
            self._grid.setColumnStretch(column, 0 if column in (0, 3) else 1)
        self._heads(found)
        self._section(words.text("Identity"), words.text("the value chosen is kept, the other stays in the journal"))
        self._names(found)
        for one in found.values:
            self._value(one, found)
        if found.consents:
            self._section(words.text("Consents"), words.text("the stricter is kept, without a choice"))
        for consent in found.consents:
            self._consent(consent)
        self._section(words.text("Stays"), words.text("both are kept"))
        self._stays(found)
        self.body.addLayout(self._grid)

    @property
    def sides(self) -> dict[str, Side]:
        """Whose value is kept, of what differs."""
        return {key: "other" if self.radios[key, "other"].isChecked() else "kept" for key in self.groups}

    def choose(self, sides: Mapping[str, Side]) -> None:
        """Choose these, where they differ."""
        for key, side in sides.items():
            if key in self.groups:
                self.radios[key, side].setChecked(True)

    # Lines

    def _line(self, *cells: QWidget | None) -> None:
        row = self._grid.rowCount()
        for column, cell in enumerate(cells):
            if cell is not None:
                self._grid.addWidget(cell, row, column)

    def _rule(self) -> None:
        self._grid.addWidget(RuleLine(), self._grid.rowCount(), 0, 1, 4)

    def _heads(self, found: Comparison) -> None:
        kept = Badge(words.text("goes on"), "ok", "check")
        heads = [_head(one) for one in (found.kept, found.other)]
        code = Label(found.kept.person.code, size="title", bold=True)
        first, second = QWidget(), QWidget()
        below = (0, 0, 0, tokens.SPACE)
        in_column(in_row(code, kept, STRETCH, spacing=tokens.SPACE), heads[0], within=first, spacing=0, margins=below)
        other = Label(found.other.person.code, size="title", bold=True)
        in_column(other, heads[1], within=second, spacing=0, margins=below)
        self._line(None, first, second, Label(words.text("Comparison"), size="small", ink="ink2", bold=True))

    def _section(self, title: str, told: str) -> None:
        self._rule()
        whole = QWidget()
        row: tuple[Item, ...] = (Label(title, bold=True), (Label(told, size="small", ink="ink2"), 1))
        in_row(*row, within=whole, spacing=tokens.SPACE, margins=(0, tokens.SPACE_HALF))
        self._grid.addWidget(whole, self._grid.rowCount(), 0, 1, 4)

    def _names(self, found: Comparison) -> None:
        cells: dict[Side, QWidget] = {}
        for side, file in zip(SIDES, (found.kept, found.other), strict=True):
            name = self.named[side] = NameOnDemand(self._desk, parent=self)
            name.show_person(file.person.id, file.has_name)
            if not tokens.is_large():  # else there is no room for it in one line
                wide = tokens.metrics("text").horizontalAdvance(name.name.text())
                name.name.setMinimumWidth(wide + tokens.SPACE_HALF)
            name.told.connect(self.told)
            cells[side] = name
        if found.letters is None:
            note: Note = ("minus", "ink3", words.text("not known"))
        elif found.letters == 0:
            note = ("check", "ok", words.text("equal"))
        else:
            same: Ink = "ok" if found.sound_alike else "attention"
            told = words.count("{n} letter apart", "{n} letters apart", found.letters)
            note = ("check" if found.sound_alike else "triangle", same, told)
        self._compare(NAMES, cells, dict.fromkeys(SIDES, ""), found.names_proposed, note)

    def _value(self, one: ComparedValue, found: Comparison) -> None:
        said = {side: merging_words.value(one.key, getattr(one, side)) for side in SIDES}
        if said["kept"] == said["other"] == formats.NONE:
            return
        if one.proposed is None:
            note: Note = ("check", "ok", words.text("equal"))
        elif one.key == "birth" and found.age_differs is not None:
            years = words.count("{n} year apart", "{n} years apart", found.age_differs)
            told = words.text("same age") if found.age_differs == 0 else years
            note = ("check", "ok", told) if found.is_near else ("triangle", "attention", told)
        elif formats.NONE in said.values():
            note = ("minus", "ink3", words.text("in one file alone"))
        else:
            note = ("triangle", "attention", words.text("different"))
        self._compare(one.key, {}, said, one.proposed, note)

    def _compare(
        self, key: str, cells: Mapping[Side, QWidget], said: Mapping[Side, str], proposed: Side | None, note: Note
    ) -> None:
        """A line; with two radio buttons where something is to be chosen."""
        self._rule()
        made: list[QWidget] = []
        group = QButtonGroup(self)
        for side in SIDES:
            cell = self._cells[key, side] = QFrame()
            cell.setProperty("role", "compared")
            inside: list[Item] = []
            if proposed is not None:
                radio = self.radios[key, side] = QRadioButton(said[side])
                told = words.text("{what}: {value}, {code}")
                value = said[side] or words.text("the name of this file")
                name = told.format(what=merging_words.row(key), value=value, code=self._codes[side])
                radio.setAccessibleName(name)
                radio.setToolTip(plain(said[side]))
                group.addButton(radio)
                radio.toggled.connect(partial(self._toggled, key))
                inside.append((radio, 0 if side in cells else 1))
            elif side not in cells:
                inside.append((Label(said[side], wrap=True), 1))
            if side in cells:
                inside.append((cells[side], 1))
            in_row(*inside, within=cell, spacing=tokens.SPACE_HALF, margins=(tokens.SPACE, 3))
            made.append(cell)
        self._line(_title(merging_words.row(key)), *made, _note(note))
        if proposed is not None:
            self.groups[key] = group
            self.radios[key, proposed].setChecked(True)

    @Slot(bool)
    def _toggled(self, key: str, on: bool) -> None:
        for side in SIDES:
            cell = self._cells[key, side]
            cell.setProperty("chosen", self.radios[key, side].isChecked())
            repolish(cell)
        if on:  # the other one is let go by then
            self.chosen.emit()

    def _consent(self, one: Stricter) -> None:
        self._rule()
        purpose = words.label("consent_purpose", one.purpose)
        title = words.text("{purpose}, {recipient}").format(purpose=purpose, recipient=one.recipient)
        said = [Label(merging_words.consent(each, self._today), wrap=True) for each in (one.kept, one.other)]
        for label in said:
            label.setContentsMargins(tokens.SPACE, 3, tokens.SPACE, 3)
        why = None if one.after is None else why_not(one.after, self._today)
        if one.changed and why is not None:
            note: Note = ("hand", "attention", words.text("withdrawn today"))
        elif one.changed:
            note = ("hand", "attention", words.text("narrowed"))
        elif why is not None or one.after is None:
            note = ("hand", "ink2", words.text("not given"))
        else:
            note = ("check", "ok", words.text("given"))
        self._line(_title(title if one.recipient else purpose), *said, _note(note))

    def _stays(self, found: Comparison) -> None:
        both = (found.kept, found.other)
        apart: Note = ("check", "ok", words.text("they do not touch"))
        if not found.is_apart:
            apart = ("octagon", "blocked", words.text("to be settled first"))
        total = choices.nights_text(sum(one.nights for one in both))
        lines: Sequence[tuple[str, list[str], Note]] = (
            (words.text("Dates"), [_dates(one) for one in both], apart),
            (words.text("Nights"), [str(one.nights) for one in both], ("plus", "ink2", total)),
            (words.text("Facts"), [merging_words.hanging(one.rows) for one in both], ("plus", "ink2", _facts(both))),
        )
        for title, said, note in lines:
            self._rule()
            cells = [Label(text, wrap=True) for text in said]
            for cell in cells:
                cell.setContentsMargins(tokens.SPACE, 3, tokens.SPACE, 3)
            self._line(_title(title), *cells, _note(note))


def _title(told: str) -> Label:
    made = Label(told, size="small", ink="ink2", wrap=True)
    made.setFixedWidth(tokens.wide(_LABELS))
    return made


def _note(note: Note) -> QWidget:
    icon, ink, told = note
    whole = QWidget()
    label = Label(told, size="small", ink=ink if ink != "ink3" else "ink2", wrap=True)
    top = Qt.AlignmentFlag.AlignVCenter
    in_row((IconLabel(icon, ink, 16), 0, top), (label, 1), within=whole, spacing=tokens.SPACE_HALF)
    whole.setFixedWidth(tokens.wide(_NOTES))
    return whole


def _head(one: FileOf) -> Label:
    """`ouvert le 12/08/2026 · sorti`."""
    first = min((stay.admitted_at for stay in one.stays), default=None)
    is_here = any(stay.exited_at is None for stay in one.stays)
    if first is None:
        told = words.text("no stay")
    elif is_here:
        told = words.text("first entry on {day}, here now").format(day=formats.day(first.date()))
    else:
        told = words.text("first entry on {day}, left").format(day=formats.day(first.date()))
    return Label(told, size="small", ink="ink2", wrap=True)


def _dates(one: FileOf) -> str:
    told = []
    for stay in one.stays:
        since = formats.day(stay.admitted_at.date())
        if stay.exited_at is None:
            told.append(words.text("since {day}").format(day=since))
        else:
            told.append(words.text("{start} to {end}").format(start=since, end=formats.day(stay.exited_at.date())))
    return "\n".join(told) or formats.NONE


def _facts(both: Sequence[FileOf]) -> str:
    n = sum(sum(one.rows.values()) for one in both)
    return words.count("{n} fact in all", "{n} facts in all", n)
