"""The step of the recovery sheet: one goes on only when all of it was typed back."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui.forms.key_groups import GROUPS
from shelter_desk.ui.unlock.first_run.step import Draft, Step
from shelter_desk.ui.widgets.print.recovery_sheet import RecoverySheet


class RecoveryStep(Step):
    """Shows the sheet once the shelter was made."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Recovery sheet")
        self.title = words.text("Keep the recovery sheet")
        self.lead = words.text("When the password is lost, only this key opens the shelter again.")
        self.sheet: RecoverySheet | None = None

    def give(self, recovery_key: str) -> None:
        """The key to show."""
        self.sheet = RecoverySheet(recovery_key)
        self.sheet.proven.connect(self._proven)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)

    def set_first(self) -> None:
        if self.sheet is not None:
            self.sheet.print_button.setFocus()

    def is_ready(self) -> bool:
        return self.sheet is not None and self.sheet.is_proven()

    def why_not(self) -> str:
        missing = GROUPS - (self.sheet.typed.right() if self.sheet is not None else 0)
        return words.count("{n} more group to type", "{n} more groups to type", missing) if missing else ""

    @Slot(int)
    def _proven(self, _right: int) -> None:
        self.changed.emit()
