"""Long work on one thread of its own; its outcome comes back to the window's thread."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui import collector

Done = Callable[[Any], None]
Failed = Callable[[ShelterDeskError], None]
Progress = Callable[[str, int, int], None]
Result = TypeVar("Result")
_running: set["LongTask"] = set()
_pools: dict[str, QThreadPool] = {}  # one thread each: long work, and what somebody waits for


class Stopped(ShelterDeskError):
    """The work was stopped because somebody asked for it."""


class LongTask(QObject):
    """One job under way. A job that reports its progress is stopped at its next report after `stop`."""

    _ended = Signal(object, object)  # what came back, the error
    _went_on = Signal(str, int, int)

    def __init__(self, done: Done, failed: Failed, progress: Progress | None) -> None:
        super().__init__()
        self._done, self._failed, self._progress = done, failed, progress
        self._is_stopped = self._is_dropped = False
        self.keeps: QRunnable | None = None
        self._ended.connect(self._end)
        self._went_on.connect(self._go_on)

    @Slot()
    def stop(self) -> None:
        """Ask the job to end; `failed` gets Stopped once it does."""
        self._is_stopped = True

    def drop(self) -> None:
        """Ask the job to end, and tell nobody how it went: whoever asked is gone."""
        self._is_stopped = self._is_dropped = True

    def start(self) -> None:
        """Called as the job begins. Raises Stopped where it was stopped before."""
        if self._is_stopped:
            raise Stopped

    def report(self, step: str, done: int, total: int) -> None:
        """Called by the job on its own thread. Raises Stopped once `stop` was asked."""
        if self._is_stopped:
            raise Stopped
        self._went_on.emit(step, done, total)

    @Slot(str, int, int)
    def _go_on(self, step: str, done: int, total: int) -> None:
        if self._progress is not None and _is_there(self._progress):
            self._progress(step, done, total)

    @Slot(object, object)
    def _end(self, result: object, error: BaseException | None) -> None:
        _running.discard(self)
        done, failed = self._done, self._failed
        # whom it told goes with it: task and job hold each other, and stay
        self._done, self._failed, self._progress = nobody, nobody, None
        if self._is_dropped and (error is None or isinstance(error, ShelterDeskError)):
            return
        if error is None:
            if _is_there(done):
                done(result)
        elif isinstance(error, ShelterDeskError):
            if _is_there(failed):
                failed(error)
        else:
            raise error  # a bug: the crash window shows it


class _Awaited(LongTask):
    """A job that somebody waits for: it ends whole and hands its outcome over, who else may have left."""

    def __init__(self) -> None:
        super().__init__(nobody, nobody, None)
        self.loop = QEventLoop()
        self.result: object = None
        self.error: BaseException | None = None

    def drop(self) -> None:
        """It goes on."""

    @Slot(object, object)
    def _end(self, result: object, error: BaseException | None) -> None:
        _running.discard(self)
        self.result, self.error = result, error
        self.loop.quit()


class _Job(QRunnable):
    """Runs the job and hands its outcome to the task."""

    def __init__(self, job: Callable[..., Any], task: LongTask, reports: bool) -> None:
        super().__init__()
        self._job, self._task, self._reports = job, task, reports
        self.setAutoDelete(False)  # the task keeps it

    def run(self) -> None:
        job, self._job = self._job, _nothing  # what it knows, a desk perhaps, goes with it
        result: object = None
        error: BaseException | None = None
        try:
            self._task.start()
            result = job(self._task.report) if self._reports else job()
        except BaseException as caught:  # noqa: BLE001 handed whole to the window's thread, which names it
            error = caught
        if isValid(self._task):  # the program may have ended meanwhile
            self._task._ended.emit(result, error)


def _nothing() -> None:
    """Stands where a job was."""


def nobody(_told: object) -> None:
    """Stands where somebody would be told."""


def run(job: Callable[..., Any], done: Done, failed: Failed, progress: Progress | None = None) -> LongTask:
    """Do the job on the one worker thread, after those asked before.

    job: touches no widget; with `progress` it is given a callable `(step, done, total)` to report with.
    done, failed, progress: called on the window's thread, not at all when their widget is gone by then. A job that
    fails with anything but a ShelterDeskError is a bug and reaches the crash window.
    """
    task = LongTask(done, failed, progress)
    _start("jobs", task, _Job(job, task, progress is not None))
    return task


def wait_for(job: Callable[[], Result]) -> Result:
    """Do the job, which somebody waits for, while the window goes on painting; keys and clicks wait for its end.

    It does not wait behind long work. The widget that asked may be gone afterwards. Raises as the job, and Stopped
    where the program ends meanwhile: nobody is told how it went.
    """
    task = _Awaited()
    _start("acts", task, _Job(job, task, reports=False))
    task.loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if task in _running:
        raise Stopped
    if task.error is not None:
        raise task.error
    return cast(Result, task.result)


def _start(thread: str, task: LongTask, job: _Job) -> None:
    collector.start()
    task.keeps = job
    _running.add(task)
    pool = _pools.get(thread)
    if pool is None:
        pool = _pools[thread] = QThreadPool()
        pool.setMaxThreadCount(1)
        pool.setExpiryTimeout(-1)
    pool.start(job)


def is_busy() -> bool:
    """True while a job runs or waits."""
    return bool(_running)


def stop_all() -> None:
    """End what is under way and what waits, for nobody any more; what reports no progress ends whole once begun."""
    for task in tuple(_running):
        task.drop()


def finish() -> None:
    """Wait for what is under way, before the program ends."""
    for pool in _pools.values():
        pool.waitForDone()


def _is_there(call: Callable[..., Any]) -> bool:
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
