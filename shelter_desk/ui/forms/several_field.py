"""A field of several codes: what is chosen stands below it as chips that a click removes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.codes import NOTHING
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import empty
from shelter_desk.ui.widgets.layouts import in_column


class SeveralField(QWidget, FieldGroup):
    """Several of a code list, in the order in which they were chosen."""

    changed = Signal()

    def __init__(self, label: str, choices: Sequence[Choice], key: str = "") -> None:
        super().__init__()
        self._labels = dict(choices)
        self._codes: list[str] = []
        self.field = ChoiceField(label, choices, key=key)
        self.field.chosen.connect(self._add)
        self.setFocusProxy(self.field)
        self._kept = QWidget()
        self._chips = Flow(tokens.SPACE_HALF, tokens.SPACE_HALF)
        self._kept.setLayout(self._chips)
        self._kept.hide()
        in_column(self.field, self._kept, within=self, spacing=tokens.SPACE_HALF)

    def set_required(self, required: bool) -> None:
        """Mark it with the star, or not."""
        self.field.set_required(required)

    def values(self) -> tuple[str, ...]:
        """The codes chosen."""
        return tuple(self._codes)

    def choose(self, values: Sequence[str]) -> None:
        """Show those codes, without a signal."""
        self._codes = [one for one in dict.fromkeys(values) if one not in NOTHING] or list(dict.fromkeys(values))
        self._show()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        return list(self._codes)

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        self.choose(list(value))

    @Slot(str)
    def _add(self, code: str) -> None:
        self.field.choose(None)
        if code and code not in self._codes:
            self._codes = [one for one in self._codes if not {one, code} & NOTHING]
            self._codes.append(code)
            self._show()
            self.changed.emit()

    def _drop(self, code: str) -> None:
        self._codes.remove(code)
        self._show()
        self.field.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        empty(self._chips)
        for code in self._codes:
            chip = Chip(self._labels.get(code, code), kept=True)
            chip.setToolTip(words.text("Remove"))
            chip.clicked.connect(partial(self._drop, code))
            self._chips.add(chip)
        self._kept.setVisible(bool(self._codes))
        self._kept.updateGeometry()
