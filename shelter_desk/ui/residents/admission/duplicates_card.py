"""Somebody who may be known already, with why, while the names are typed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.ui import tokens
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import formats

MOST_SHOWN = 2


class DuplicatesCard(Card):
    """The nearest persons by code, never by name. The program never decides: two buttons do."""

    same = Signal(object)  # Likeness: it is this person
    other = Signal(object)  # Likeness: it is not

    def __init__(self, today: date) -> None:
        super().__init__(words.text("Possibly known already"), "")
        self._today = today
        self.found: list[Likeness] = []
        self._compared = Birth(), True  # the birth that is typed, and whether she is a woman
        self._waiting: list[Likeness] = []
        self.head.insertWidget(0, IconLabel("triangle", "attention"))
        self.set_state("attention")
        self.hide()

    def show_those(self, found: Sequence[Likeness], birth: Birth, female: bool) -> None:
        """Show the nearest ones, one a turn. birth: as typed, to compare ages."""
        nearest = list(found[:MOST_SHOWN])
        if (nearest, (birth, female)) == (self.found, self._compared):
            return
        self.found, self._compared, self._waiting = nearest, (birth, female), nearest[:]
        empty(self.body)
        self._show_next()
        self.setVisible(bool(nearest))

    @Slot()
    def _show_next(self) -> None:
        if not self._waiting:
            return
        one = self._waiting.pop(0)
        if self.body.count():
            self.body.addWidget(RuleLine())
        likely = _Likely(one, *self._compared, self._today)
        likely.same.clicked.connect(partial(self.same.emit, one))
        likely.other.clicked.connect(partial(self.other.emit, one))
        self.body.addWidget(likely)
        if self._waiting:
            later(self, self._show_next)


class _Likely(QWidget):
    """One person, what is alike, and the two answers."""

    def __init__(self, one: Likeness, birth: Birth, female: bool, today: date) -> None:
        super().__init__()
        first = in_row(
            Label(one.person.code, bold=True),
            (Label(choices.who(one.person.sex, one.person.birth, today), ink="ink2"), 1),
            Label(_stay_text(one.last_stay), size="small", ink="ink2"),
            spacing=tokens.SPACE,
        )
        why = Flow(tokens.SPACE_PANEL, tokens.SPACE_HALF)
        for told, is_so in _reasons(one, birth, today):
            icon = IconLabel("check" if is_so else "minus", "ok" if is_so else "ink3", 16)
            one_more = QWidget()
            in_row(icon, Label(told, size="small", ink="ink2"), within=one_more, spacing=tokens.SPACE_HALF)
            why.add(one_more)
        is_hers = words.text("It is she: readmission") if female else words.text("It is he: readmission")
        not_hers = words.text("It is not she") if female else words.text("It is not he")
        self.same = Button(is_hers, icon="link")
        self.other = Button(not_hers)
        self.same.setEnabled(one.last_stay is None or one.last_stay.exited_at is not None)
        buttons = in_row(self.same, self.other, STRETCH, spacing=tokens.SPACE)
        in_column(first, why, buttons, within=self, spacing=tokens.SPACE)


def _reasons(one: Likeness, birth: Birth, today: date) -> list[tuple[str, bool]]:
    mine, theirs = birth.age(today), one.person.birth.age(today)
    found = [(words.text("a name heard alike"), True), (words.text("same sex"), True)]
    if mine is None or theirs is None:
        found.append((words.text("age: not known"), False))
    else:
        found.append((words.text("ages: {mine} and {theirs}").format(mine=mine, theirs=theirs), True))
    if one.same_nationality:
        found.append((words.text("same nationality"), True))
    else:
        country = formats.nationality(one.person.nationality, one.person.sex)
        found.append((words.text("nationality: {country}").format(country=country), False))
    return found


def _stay_text(stay: Stay | None) -> str:
    if stay is None:
        return words.text("no stay")
    since = formats.day(stay.admitted_at.date())
    if stay.exited_at is None:
        return words.text("here since {day}").format(day=since)
    return words.text("stay from {start} to {end}").format(start=since, end=formats.day(stay.exited_at.date()))
