"""Lets files leave in a process that kills itself, or opens a shelter and kills itself: at a given cut point."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.reports import dhis2, month_versions, reports
from shelter_desk.operations.vault import approvals, unlocking
from tests.operations.shelter import PASSWORD
from tests.torture import cut_points

TO = GateAnswers("Cluster Protection", "coordination")
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
if sys.platform == "win32":
    _HOW = multiprocessing.get_context("spawn")
else:
    _HOW = multiprocessing.get_context("forkserver")  # with everything imported once
    _HOW.set_forkserver_preload([__name__])


def last(desk: Desk) -> Period:
    """The month that is over."""
    return Period(desk.today(), desk.today()).month_before


def _names(desk: Desk, out: Path) -> None:
    approval = approvals.alone(desk, GraveAct.EXPORT, PASSWORD)
    register_export.export_with_names(desk, out / "names.xlsx", GateAnswers("Juge des enfants", "transfert"), approval)


def _report(desk: Desk, out: Path) -> None:
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", out / "report.xlsx", TO)


def _dhis2(desk: Desk, out: Path) -> None:
    dhis2.export(desk, month_versions.month(desk, last(desk)), "partenaire", out / "dhis2.json", TO)


WAYS: dict[str, Callable[[Desk, Path], None]] = {"names": _names, "report": _report, "dhis2": _dhis2}


def killed(folder: Path, out: Path, way: str, cut: int) -> bool:
    """Whether a process that lets a file leave came to that cut point, where it kills itself. way: "" to open only."""
    child = _HOW.Process(target=_main, args=(folder, out, way, cut))
    child.start()
    child.join()
    ended = child.exitcode
    child.close()
    assert ended in (0, -_KILL), f"it ended with {ended}"
    return ended != 0


def _main(folder: Path, out: Path, way: str, cut: int) -> None:
    left = [cut]

    def at(_: str) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), _KILL)

    if not way:
        with cut_points.reached(at):
            unlocking.unlock(folder, "Agent A", PASSWORD)
        os._exit(0)
    with cut_points.reached(lambda name: at(name) if is_leaving else None):
        is_leaving = False
        desk = unlocking.unlock(folder, "Agent A", PASSWORD)
        is_leaving = True
        WAYS[way](desk, out)
    os._exit(0)
