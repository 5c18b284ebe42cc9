"""The version of the program, another one from a file, and the way back to the one before."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import __version__, words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.vault import updating
from shelter_desk.operations.vault.updating import Offer, ReadyUpdate
from shelter_desk.system.update_packages import SUFFIX
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from shelter_desk.operations.desk import Desk

SILENT = ["/SILENT", "/NORESTART"]  # no question; what is written is seen


class UpdatesSection(Section):
    """One card: what runs, which file, what it brings, and the verb."""

    close_wanted = Signal()  # the installer begins: the program ends, the shelter locked

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.offer: Offer | None = None
        self.version = Label(words.text("Version {version}").format(version=__version__), bold=True)
        self.choose_button = Button(words.text("Choose the update…"), icon="usb", on_click=self.choose)
        self.back_button = Button("", kind="quiet", icon="previous", on_click=self.go_back)
        self.back_button.hide()
        self.brings = Label(wrap=True)
        self.install_button = Button("", kind="primary", icon="check", on_click=self.install)
        self._former: Offer | None = None
        hints = (
            words.text("The update comes on a USB stick, in one file. Nothing is fetched from the internet."),
            words.text("A backup is made and proven first. The data stay where they are."),
        )
        card = Card(words.text("Update the program"))
        fill(
            card.body,
            in_row(self.version, STRETCH, self.back_button, self.choose_button, spacing=tokens.SPACE),
            *(Label(one, size="small", ink="ink2", wrap=True) for one in hints),
            self.brings,
            in_row(STRETCH, self.install_button),
        )
        fill(self.column, card, STRETCH)
        self._show(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the version before."""
        super().showEvent(event)
        tasks.run(partial(updating.former, self.desk), self._show_former, self._refused)

    def _show_former(self, found: Offer | None) -> None:
        self._former = found
        self.back_button.setVisible(found is not None)
        if found is not None:
            self.back_button.setText(words.text("Back to {version}…").format(version=found.package.version))

    @Slot()
    def choose(self) -> None:
        """Which file."""
        kinds = words.text("Updates ({kinds})").format(kinds=f"*{SUFFIX}")
        path = files.choose_to_open(self, words.text("Which update"), kinds)
        if path is not None:
            self.look(path)

    def look(self, path: "Path") -> None:
        """Say what that file brings, or why it is not taken."""
        self._show(None)
        tasks.run(partial(updating.look, self.desk, path), self._show, self._refused)

    @Slot()
    def go_back(self) -> None:
        """Offer the version before."""
        self._show(self._former)

    def _show(self, offer: Offer | None) -> None:
        self.offer = offer
        for one in (self.brings, self.install_button):
            one.setVisible(offer is not None)
        if offer is None:
            return
        told = words.text("Version {version}, signed by those who make the program.")
        told = told.format(version=offer.package.version)
        if offer.upgrades:
            more = words.text("It brings the database to a new version: there is no way back after it.")
        elif offer.goes_back or offer.keeps_former:
            more = words.text("The database stays as it is: you can go back.")
        else:
            more = words.text("The database stays as it is. To go back, keep the installer of version {version}.")
            more = more.format(version=__version__)
        self.brings.setText(f"{told} {more}")
        self.install_button.setText(words.text("Back up, install and close"))
        self.install_button.setFocus()

    @Slot()
    def install(self) -> None:
        """Back up, then start the installer and close."""
        if self.offer is not None:
            self._set_busy(True)
            tasks.run(partial(updating.prepare, self.desk, self.offer), self._begin, self._refused)

    def _set_busy(self, busy: bool) -> None:
        for one in (self.choose_button, self.back_button, self.install_button):
            one.setEnabled(not busy)

    def _begin(self, prepared: ReadyUpdate) -> None:
        self._set_busy(False)
        if prepared.installer.suffix == ".exe":
            is_begun, _ = QProcess.startDetached(str(prepared.installer), SILENT)
        else:
            is_begun = files.open_outside(prepared.installer)
        if is_begun:
            self.close_wanted.emit()
            return
        told = words.text("The installer could not be started. It lies ready in {folder}: close the program, open it.")
        self.told.emit(Told("attention", told.format(folder=prepared.installer.parent)))

    def _refused(self, error: ShelterDeskError) -> None:
        self._set_busy(False)
        self.told.emit(Told("blocked", sentence(error)))
