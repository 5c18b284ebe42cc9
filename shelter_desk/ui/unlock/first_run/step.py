"""What every step of the first run has in common, and what was typed so far.

Rooms and beds typed as lines: "8 dormitories of 10 beds" becomes rooms 1 to 8 with beds 1A to 8J.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.layouts import in_column

MOST_ROOMS, MOST_BEDS = 60, 99
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RULES = {
    "dortoir_f": ("f", "adultes"),
    "dortoir_h": ("m", "adultes"),
    "dortoir_filles": ("f", "mineurs"),
    "dortoir_garcons": ("m", "mineurs"),
    "chambre_famille": ("mixte_famille", "tous"),
    "mere_enfant": ("f", "tous"),
}


@dataclass(frozen=True, slots=True)
class RoomsLine:
    """So many rooms of one kind with so many beds each."""

    rooms: int
    kind: str
    beds: int


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room as it will be made."""

    code: str
    name: str
    kind: str
    beds: tuple[str, ...]

    @property
    def rules(self) -> tuple[str, str]:
        """Whom, and which ages, a room of this kind is for at first; changed in the settings."""
        return _RULES.get(self.kind, ("indifferent", "tous"))


def kinds() -> list[tuple[str, str]]:
    """The kinds of room people sleep in, with their names."""
    found = [one for one in codes.codes("room_type") if one.extra.get("sleeping") == "yes"]
    return [(one.code, words.label("room_type", one.code)) for one in found]


def planned(lines: Sequence[RoomsLine]) -> list[NewRoom]:
    """The rooms of these lines, numbered through; beds by letter, by number in rooms of more than 26."""
    rooms = [line for line in lines for _ in range(line.rooms)]
    of_kind, found = [room.kind for room in rooms], list[NewRoom]()
    for number, room in enumerate(rooms, start=1):
        label = words.label("room_type", room.kind)
        name = f"{label} {of_kind[:number].count(room.kind)}" if of_kind.count(room.kind) > 1 else label
        beds = [f"{number}{letter}" for letter in _LETTERS[: room.beds]]
        if room.beds > len(_LETTERS):
            beds = [f"{number}-{bed:02d}" for bed in range(1, room.beds + 1)]
        found.append(NewRoom(str(number), name, room.kind, tuple(beds)))
    return found


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
        self.setProperty("ring", "none")  # a step without a field has the focus as a whole
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
