"""Lists that are open in Excel: each save is looked at and told, with the button that opens the review."""

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from shelter_desk import words
from shelter_desk.domain import held_files
from shelter_desk.domain.errors import FileMissing, ShelterDeskError
from shelter_desk.domain.registers.refusals import FileChanged, NotAWorkbook
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.system.folders import EXCEL
from shelter_desk.ui import tasks
from shelter_desk.ui.forms.drafting import EXCEL_EDIT
from shelter_desk.ui.lists.list_intake import BroughtRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:  # what reads workbooks is not loaded before a list is changed in Excel
    from shelter_desk.operations.imports.excel_edits import ExcelChanges, ExcelEdit
    from shelter_desk.operations.imports.intake import Review

_SETTLED_MS = 700  # after the last sign of a save: programs write beside the file, then put it in its place
_MOST_TRIES = 20
_WRITTEN_WITHIN = 2.0  # seconds that a lock waits for a save under way
_BEING_WRITTEN = (FileMissing, NotAWorkbook, FileChanged)


class ExcelEdits(QObject):
    """Watches the workbooks from when they are opened until their review is done, or the desk is locked."""

    told = Signal(object)  # Told
    changed = Signal(object, object)  # Told, BroughtRows

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._edits: dict[str, ExcelEdit] = {}
        self._found: dict[str, ExcelChanges] = {}  # saved, and not taken in yet
        self._tries: dict[str, int] = {}
        self._beginning: set[str] = set()  # being written, to be opened
        self._is_looking = False
        self.watcher = QFileSystemWatcher(self)
        self.watcher.fileChanged.connect(self._touched)
        self.watcher.directoryChanged.connect(self._touched)
        self.timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self.timer.timeout.connect(self.look)
        self._sweep()  # what a cut left

    @property
    def are_open(self) -> bool:
        """Whether some list is open in Excel."""
        return bool(self._edits)

    @Slot(str)
    def open(self, kind: str) -> None:
        """Open that list in Excel; what was saved of it and not taken in is offered first."""
        if kind in self._found:
            self._offer(kind)
        elif (kept := drafts.find(self._desk, EXCEL_EDIT + kind)) is not None:
            self._offer_draft(kept)
        elif kind in self._edits:
            self._show(self._edits[kind])
        elif kind not in self._beginning:
            from shelter_desk.operations.imports import excel_edits

            self._beginning.add(kind)
            job = partial(excel_edits.begin, self._desk, kind)
            tasks.run(job, self._begun, partial(self._not_begun, kind), self._progress)

    def _progress(self, _step: str, _done: int, _total: int) -> None:
        """A list is written in a moment: there is nothing to show."""

    def _not_begun(self, kind: str, error: ShelterDeskError) -> None:
        self._beginning.discard(kind)
        self.told.emit(Told("blocked", sentence(error)))

    def _begun(self, edit: "ExcelEdit") -> None:
        self._beginning.discard(edit.kind)
        self._edits[edit.kind] = edit
        self._watch(edit)
        self._show(edit)

    def _show(self, edit: "ExcelEdit") -> None:
        if files.open_outside(edit.path):
            told = words.text("{file} opens in Excel. Change it there and save: the differences are shown here first.")
            self.told.emit(Told("ok", told.format(file=edit.path.name)))
        else:
            told = words.text("No program opens {file} here. It lies in {folder}: open it there, change it and save.")
            self.told.emit(Told("attention", told.format(file=edit.path.name, folder=edit.path.parent)))

    # Saves ------------------------------------------------------------------------------------------------------------

    def _watch(self, edit: "ExcelEdit") -> None:
        """The file and its folder: one that is replaced is another file."""
        self.watcher.addPaths([str(one) for one in (edit.path, edit.path.parent) if one.exists()])

    @Slot(str)
    def _touched(self, _path: str) -> None:
        self.timer.start()

    @Slot()
    def look(self) -> None:
        """Look whether something was saved, once the disk is quiet."""
        for edit in self._edits.values():
            self._watch(edit)
        if self._is_looking or tasks.is_busy():
            self.timer.start()
            return
        waiting = next((one for one in self._edits.values() if one.is_saved), None)
        if waiting is None:
            return
        from shelter_desk.operations.imports import excel_edits

        self._is_looking = True
        tasks.run(
            partial(excel_edits.changes, waiting),
            partial(self._looked, waiting.kind),
            partial(self._not_looked, waiting.kind),
        )

    def _not_looked(self, kind: str, error: ShelterDeskError) -> None:
        """It is being written just now, or Excel has it: once more later."""
        self._is_looking = False
        self._tries[kind] = self._tries.get(kind, 0) + 1
        if isinstance(error, _BEING_WRITTEN) and self._tries[kind] < _MOST_TRIES:
            self.timer.start()
        else:
            self._tries.pop(kind)
            self.told.emit(Told("blocked", sentence(error)))

    def _looked(self, kind: str, found: "ExcelChanges") -> None:
        self._is_looking = False
        self._tries.pop(kind, None)
        edit = self._edits.get(kind)
        if edit is None:
            return
        self._edits[kind] = replace(edit, digest=found.digest, stamp=found.stamp)
        self.timer.start()  # another one may wait
        if found.digest == edit.digest:
            return
        if found.brings:
            self._found[kind] = found
            self._keep(found)
            self._offer(kind)
        else:
            from shelter_desk.operations.imports import excel_edits

            self._found.pop(kind, None)
            self._forget(kind)
            self.told.emit(Told("held", excel_edits.told(found)))

    def _forget(self, kind: str) -> None:
        """Nothing of that workbook waits any more."""
        with suppress(ShelterDeskError):
            drafts.forget(self._desk, EXCEL_EDIT + kind)

    def _offer(self, kind: str) -> None:
        from shelter_desk.operations.imports import excel_edits

        found = self._found[kind]
        rows = BroughtRows(found.name, partial(_reviewed, found), is_understood=True)
        self.changed.emit(Told("attention", excel_edits.told(found)), rows)

    def _offer_draft(self, kept: drafts.Draft) -> None:
        """What was saved before a lock or a cut, and not taken in."""
        name = str(kept.values.get("path", ""))
        rows = BroughtRows(name, partial(_resumed, kept), is_understood=True)
        told = words.text("Changes of {file}, not taken in yet.").format(file=name)
        self.changed.emit(Told("attention", told), rows)

    def _keep(self, found: "ExcelChanges") -> None:
        """What was saved there is a draft of its own, whatever import is under way: a cut or a lock loses none."""
        from shelter_desk.operations.imports import excel_edits

        with suppress(ShelterDeskError):  # the next save, or the review, says what the disk refuses
            drafts.keep(self._desk, EXCEL_EDIT + excel_edits.kind_of(found.name), excel_edits.as_draft(found))

    # The end ----------------------------------------------------------------------------------------------------------

    @Slot(str)
    def taken_in(self, name: str) -> None:
        """The review of that workbook is done: it goes, unless something was saved there since."""
        kind = next((kind for kind, one in self._edits.items() if one.path.name == name), None)
        if kind is None:
            return
        self._found.pop(kind, None)
        if self._edits[kind].is_saved:
            self.timer.start()
            return
        if self._end(kind):
            told = words.text("{file} is taken away. Close it in Excel; changes saved there now do not come back here.")
        else:
            told = words.text("Close {file} in Excel. It is taken away at the next lock.")
        self.told.emit(Told("ok", told.format(file=name)))

    def _end(self, kind: str) -> bool:
        from shelter_desk.operations.imports import excel_edits

        edit = self._edits.pop(kind)
        self.watcher.removePaths([str(edit.path), str(edit.path.parent)])
        return excel_edits.end(edit)

    def leave(self) -> None:
        """The desk is locked: no workbook stays, but one that Excel does not let go until the next opening."""
        self.timer.stop()
        for kind, edit in tuple(self._edits.items()):
            if edit.is_saved:
                self._keep_last(edit)
            self._end(kind)
        self._sweep()

    def _keep_last(self, edit: "ExcelEdit") -> None:
        """What was saved a moment ago and not looked at yet; what is being written is waited for."""
        from shelter_desk.operations.imports import excel_edits

        until = time.monotonic() + _WRITTEN_WITHIN
        while True:
            try:
                found = excel_edits.changes(edit)
            except _BEING_WRITTEN:
                if time.monotonic() > until:
                    return
                time.sleep(_SETTLED_MS / 5000)
            except ShelterDeskError:
                return
            else:
                if found.brings:
                    self._keep(found)
                return

    def _sweep(self) -> None:
        """Take away what is left of workbooks."""
        if (self._desk.folder / EXCEL).is_dir():
            held_files.remove_tree(self._desk.folder / EXCEL, waits=False)


def _resumed(kept: drafts.Draft, desk: Desk, progress: tasks.Progress) -> "Review":
    from shelter_desk.operations.imports import intake_drafts

    return intake_drafts.resume(desk, kept.values, progress)


def _reviewed(found: "ExcelChanges", desk: Desk, progress: tasks.Progress) -> "Review":
    from shelter_desk.operations.imports import excel_edits

    return excel_edits.review(desk, found, progress)
