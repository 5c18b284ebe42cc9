"""What is looked at in the background once the shelter is open: the chain of the journal, the backups."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from shelter_desk.domain.errors import Damaged, LinesForged, ShelterDeskError, SlotsAltered, Trouble
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.tasks import LongTask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shelter_desk.domain.reports.sendings import Sending
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.backups import State
    from shelter_desk.operations.vault.journal import Verified

AFTER = 1500  # milliseconds: what was asked for is on the screen by then


class CheckOutcome(NamedTuple):
    """What was found. uncertain: the files that may have left, for who can say whether they did."""

    verified: "Verified"
    backups: "State"
    altered: "Sequence[Trouble]" = ()
    uncertain: "Sequence[Sending]" = ()


class Checks(QObject):
    """Looks once, a moment after the first page was shown, without holding anything up."""

    told = Signal(object)  # Told
    checked = Signal(object)  # Checked
    broken = Signal(object)  # ShelterDeskError: nothing can be said of the file, or nothing good
    uncertain = Signal(object)  # Told: something may have left

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: LongTask | None = None
        self._is_over = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER)
        self._later.timeout.connect(self.start)
        self._later.start()

    @Slot()
    def start(self) -> None:
        """Look now."""
        self._later.stop()
        desk = self._desk
        # nobody watches: the report is there to be stopped at
        self._task = tasks.run(lambda report: _look(desk, report), self._done, self._failed, lambda *_: None)

    def stop(self) -> None:
        """The desk is about to close: look no further."""
        self._later.stop()
        self._is_over = True
        if self._task is not None:
            self._task.stop()

    def _done(self, found: CheckOutcome) -> None:
        self._task = None
        if self._is_over:
            return
        from shelter_desk.words.backups import failed
        from shelter_desk.words.refusals.errors import sentence

        self.checked.emit(found)
        for one in found.altered:
            self.told.emit(Told("blocked", sentence(one)))
        if found.backups.trouble:
            self.told.emit(Told("attention", failed(found.backups.trouble, found.backups.trouble_in)))
        if found.uncertain:
            from shelter_desk.words.sending import may_have_left

            self.uncertain.emit(Told("attention", may_have_left(found.uncertain)))

    def _failed(self, error: ShelterDeskError) -> None:
        self._task = None
        if self._is_over or isinstance(error, tasks.Stopped):
            return
        from shelter_desk.words.journal import broken
        from shelter_desk.words.refusals.errors import sentence

        self.broken.emit(error)
        if isinstance(error, Damaged):
            told = broken(error.path) if error.part == "journal" else sentence(error)
            self.told.emit(Told("blocked", told))


def _look(desk: "Desk", report: "Callable[[str, int, int], None]") -> CheckOutcome:
    from shelter_desk.domain.rights import Permission
    from shelter_desk.operations.sending import uncertain
    from shelter_desk.operations.vault import backups, integrity_check, journal

    report("", 0, 0)  # stopped before it began, the desk may be closed by now
    backups.sweep(desk)
    state = backups.state(desk)
    altered = list[Trouble]()
    for check in (integrity_check.check_slots, integrity_check.check_night):
        try:
            check(desk)
        except (SlotsAltered, LinesForged) as found:
            altered.append(found)
    says = desk.may(Permission.REPORT_EXPORT)
    waiting = uncertain.waiting(desk) if says else ()
    return CheckOutcome(journal.verify(desk, lambda lines: report("", lines, 0)), state, altered, waiting)
