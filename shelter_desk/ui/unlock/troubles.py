"""What keeps the files from opening, each with its own sentence and way out; none says what this computer holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.shelter_copies import OlderCopy, ShelterMoved
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

Way = Literal["again", "recover", "go_on", "backup", "leave"]


@dataclass(frozen=True, slots=True)
class TroublePage:
    """What is wrong, and what can be done about it, the best first."""

    sentence: str
    ways: tuple[Way, ...] = ("again",)


def trouble(error: ShelterDeskError) -> TroublePage:
    """What the unlock screen says of an error."""
    from shelter_desk.words.refusals.errors import sentence

    match error:
        case errors.InUse():
            return TroublePage(words.text("These files are open in another window. Close it, then try again."))
        case OlderCopy():  # a question: which files, with what is known of both
            ways: tuple[Way, ...] = ("leave", "go_on", "backup")
            return TroublePage(sentence(error), ("backup", "leave", "go_on") if error.here else ways)
        case ShelterMoved():
            return TroublePage(sentence(error), ("leave", "go_on"))
        case errors.Damaged():
            return _of_damage(error)
        case errors.TooNew():
            return _of_newer(error)
        case errors.ReadOnly():
            told = words.text("The folder of these files cannot be written. Ask for that right, then try again.")
            return TroublePage(told)
        case errors.DiskFull():
            return TroublePage(words.text("The disk is full. Free some space, then try again."))
        case errors.DeviceSecretMissing():
            told = words.text("This computer has lost its half of the key. The recovery key opens the files.")
            return TroublePage(told, ("recover", "again"))
        case errors.ClockWrong():
            told = words.text("The clock says {now}, the last entry is of {last}. Set the clock, then try again.")
            return TroublePage(told.format(now=formats.moment(error.now), last=formats.moment(error.last_entry)))
    return TroublePage(sentence(error))


def synced_files(service: str, folder: Path) -> TroublePage:
    """Files that are there already open all the same: who sleeps where tonight must be read."""
    told = words.text(
        "{service} copies these files to the internet: they leave the house, and may break. Close the program and move "
        "the whole folder {folder} out of {service}."
    )
    return TroublePage(told.format(service=service, folder=folder), ways=())


def _of_newer(error: errors.TooNew) -> TroublePage:
    told = words.text(
        "A newer program wrote this file (version {file}, here up to {program}). Open it with the newer program."
    )
    return TroublePage(told.format(file=error.file_version, program=error.program_version))


def _of_damage(error: errors.Damaged) -> TroublePage:
    if error.part == "older":
        older = words.text("These files are older than those last opened here. Entries are missing.")
        return TroublePage(older, ("backup", "again", "go_on"))
    told = {
        "older_keys": words.text("An older file of keys was put back. Open the last backup."),
        "keys": words.text("The file of keys is missing or damaged. Open the last backup."),
        "journal": words.text("The journal was altered from outside. Open the last backup."),
    }.get(error.part, words.text("The file is missing or damaged. Open the last backup."))
    if error.part == "database" and error.why:  # said without a word of what the file is
        from shelter_desk.words.refusals.errors import sentence

        told = sentence(error)
    return TroublePage(told, ("backup", "again"))


class TroubleBox(QWidget):
    """The sentence in a red box, its ways out as buttons below."""

    chosen = Signal(str)  # Way

    def __init__(self, told: TroublePage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = told.sentence
        self.buttons: dict[str, Button] = {}
        names = {
            "again": words.text("Try again"),
            "recover": words.text("Use the recovery key"),
            "go_on": words.text("Open them all the same"),
            "backup": words.text("Open a backup…"),
            "leave": words.text("Do not open these files"),
        }
        row = Flow(tokens.SPACE, tokens.SPACE)
        for way in told.ways:
            icon = {"recover": "key", "backup": "save"}.get(way)
            button = self.buttons[way] = Button(names[way], icon=icon, on_click=self._clicked)
            button.setProperty("way", way)
            row.add(button)
        in_column(Alert(told.sentence, "blocked", small=False), row, within=self)

    def _clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("way")))
