"""Specific needs: ticked, a need is found today; taken away, it ends today; either day can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import NeedId, StayId
from shelter_desk.domain.stays.specific_needs import NEEDS, Need
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import empty

KEY = "specific_needs"


class NeedsField(Ticks):
    """The boxes of the list; below, the day of each need that is ticked or was just taken away."""

    day_typed = Signal()

    def __init__(self, label: str, today: date, key: str = "") -> None:
        self._today = today
        self._needs: tuple[Need, ...] = ()
        self._labels = dict(code_lists.of(NEEDS))
        self.days: dict[str, DayField] = {}
        super().__init__(label, code_lists.of(NEEDS), key=key)
        self._below_boxes = QWidget()
        self._row = Flow()
        self._below_boxes.setLayout(self._row)
        self._below_boxes.hide()
        self._whole.insertWidget(self._whole.indexOf(self.editor) + 1, self._below_boxes)
        self.changed.connect(self._follow)

    def show_needs(self, needs: Sequence[Need]) -> None:
        """Show what is known; those that ended stay as they are."""
        self._needs = tuple(needs)
        blocked = self.blockSignals(True)
        self.choose([one.specific_need for one in self._needs if one.is_open])
        self.blockSignals(blocked)
        self._show({})

    def needs(self, stay: StayId) -> tuple[Need, ...]:
        """All needs of the stay as they stand from now on. Raises Missing for a day that is none."""
        ticked, known = self.values(), self._open()
        kept = [one for one in self._needs if not one.is_open]
        for code, one in known.items():
            day = self._day(code)
            kept.append(replace(one, found_on=day) if code in ticked else replace(one, ended_on=day))
        new = [Need(NeedId(0), stay, code, self._day(code)) for code in ticked if code not in known]
        return (*kept, *new)

    def is_changed(self, stay: StayId) -> bool:
        """Whether it says anything else than what is known. Raises Missing."""
        return set(self.needs(stay)) != set(self._needs)

    def draft_value(self) -> list[str]:
        """What a draft keeps of it: each day as it is typed."""
        ticked = self.values()
        return [f"{'+' if code in ticked else '-'}{code} {field.line.text()}" for code, field in self.days.items()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        typed = {part[1:].partition(" ")[0]: part for part in value}
        self.choose([code for code, part in typed.items() if part.startswith("+")])
        for code, part in typed.items():
            if code in self.days:
                self.days[code].line.setText(part.partition(" ")[2])

    def _open(self) -> dict[str, Need]:
        return {one.specific_need: one for one in self._needs if one.is_open}

    def _day(self, code: str) -> date:
        day = self.days[code].day()
        if day is None:
            raise Missing(KEY)
        return day

    @Slot()
    def _follow(self) -> None:
        """A need was ticked or taken away: its day stands below, the others keep theirs."""
        ticked = set(self.values())
        same = {code for code, field in self.days.items() if field.property("ends") == (code not in ticked)}
        self._show({code: self.days[code].line.text() for code in same})

    def _show(self, typed: Mapping[str, str]) -> None:
        known, ticked = self._open(), self.values()
        empty(self._row)
        self.days = {}
        for code, name in self._labels.items():
            if code in ticked or code in known:
                ends = code not in ticked
                field = self.days[code] = self._made(name, ends)
                found = known[code].found_on if code in known and not ends else self._today
                field.set_day(found)
                if code in typed:
                    field.line.setText(typed[code])
                field.line.textChanged.connect(self.touched_day)
                self._row.add(field)
                field.show()
        self._below_boxes.setVisible(bool(self.days))
        self._below_boxes.updateGeometry()

    def _made(self, name: str, ends: bool) -> DayField:
        label = words.text("{need}: ended on") if ends else words.text("{need}: found on")
        field = DayField(label.format(need=name), self._today, required=True)
        field.setProperty("ends", ends)
        field.setFixedWidth(tokens.wide(250))
        return field

    @Slot()
    def touched_day(self) -> None:
        """A day was typed; the message below it may no longer hold."""
        self.clear()
        self.day_typed.emit()
