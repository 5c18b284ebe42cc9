"""Code lists as fields offer them: their choices, a field of one code, boxes to tick for several in sight."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.codes import NOTHING
from shelter_desk.domain.consent.consents import EXPLAINED
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import referrals as referral_words


def of(list_name: str, *, only: Collection[str] | None = None, without: Collection[str] = ()) -> list[Choice]:
    """The codes that may still be chosen, in the order of the list. only: these alone."""
    return [
        (one.code, words.label(list_name, one.code))
        for one in codes.codes(list_name)
        if one.active and (only is None or one.code in only) and one.code not in without
    ]


def services() -> list[Choice]:
    """The first level of services: what a structure is asked for."""
    return [(one.code, words.label("service_type", one.code)) for one in codes.codes("service_type") if not one.parent]


def explained() -> list[Choice]:
    """The seven points explained before a consent."""
    return [(point, referral_words.explained(point)) for point in EXPLAINED]


def labels(list_name: str, chosen: Collection[str]) -> str:
    """Several codes in words, one after the other."""
    return ", ".join(words.label(list_name, code) for code in chosen)


class CodeField(ChoiceField):
    """One of a code list; its key is the name of the list, unless another is given. only: these codes alone."""

    def __init__(
        self,
        label: str,
        list_name: str,
        value: str | None = None,
        required: bool = False,
        only: Collection[str] | None = None,
        key: str | None = None,
    ) -> None:
        super().__init__(label, of(list_name, only=only), value, required, list_name if key is None else key)
        self.combo.synonyms = {one.code: one.synonyms for one in codes.codes(list_name) if one.synonyms}


class Ticks(Field):
    """A label with boxes below that go on in the next line; Tab moves, Space ticks."""

    changed = Signal()

    def __init__(
        self, label: str, choices: Sequence[Choice], on: Collection[str] = (), required: bool = False, key: str = ""
    ) -> None:
        boxes = QWidget()
        row = Flow(tokens.SPACE_2, tokens.SPACE_HALF)
        self.boxes: dict[str, QCheckBox] = {}
        self._former = set(on)
        for code, text in choices:
            box = self.boxes[code] = QCheckBox(text)
            box.setChecked(code in on)
            box.toggled.connect(self._toggled)
            row.add(box)
        boxes.setLayout(row)
        super().__init__(label, boxes, required, key=key)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def values(self) -> tuple[str, ...]:
        """The codes ticked, in the order of the list."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def choose(self, values: Collection[str]) -> None:
        """Tick these alone; "none" only where nothing else is."""
        wanted = set(values) - NOTHING or set(values)
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        return list(self.values())

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        self.choose(list(value))

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        """Ticking "none" takes the others away, and any other takes "none" away."""
        new = set(self.values()) - self._former
        self._former = set(self.values())
        if on and new:
            for code, box in self.boxes.items():
                if code not in new and (code in NOTHING or new & NOTHING):
                    box.setChecked(False)
        self.clear()
        self.changed.emit()
