"""What every step of the first run has in common, and what was typed so far."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui import tokens
from shelter_desk.ui.unlock.first_run.plan import RoomsLine
from shelter_desk.ui.widgets.layouts import in_column


@dataclass(slots=True)
class FirstRunDraft:
    """What was typed; kept while somebody goes back or changes the language.

    beds_since: None where it is not known.
    """

    choice: Literal["create", "backup", "training"] = "create"
    shelter: str = ""
    town: str = ""
    lines: list[RoomsLine] = field(default_factory=list)
    beds_since: date | None = None
    user: str = ""
    password: str = field(default="", repr=False)


class FirstRunStep(QWidget):
    """One step: a title, a sentence, its fields. changed: whether one may go on may have changed."""

    changed = Signal()
    go_on_wanted = Signal()

    name = ""
    title = ""
    lead = ""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.body = in_column(within=self, spacing=tokens.SPACE_2, margins=4)

    def set_first(self) -> None:
        """Put the focus where the step begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> bool:
        """Put what was typed into the draft; False, with the reason beside its field, when it does not do."""
        return True

    def is_ready(self) -> bool:
        """False while going on would be refused at once."""
        return True

    def why_not(self) -> str:
        """What is still missing, for the footer."""
        return ""

    def summary(self) -> str:
        """What was chosen, in the rail once it is done."""
        return ""

    def refuse(self, error: ShelterDeskError) -> bool:  # noqa: ARG002 each step looks at its own errors
        """Say what is wrong beside its field; False where no field is to blame."""
        return False
