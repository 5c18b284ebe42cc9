"""Makes a shelter for a trial with its sheet, and judges it: `python -m tests.trial make|judge DIR manager|guard`."""

import json
import shutil
import sys
from pathlib import Path

from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import night_in_progress
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import journal
from tests.trial import tasks
from tests.trial.tasks import Picked

ROLES = {"manager": (Role.DIRECTOR, "Agent A"), "guard": (Role.RECEPTION, "Agent C")}
KEPT = "trial.json"
MONTHS, SEEDS = 12, range(1, 30)


def make(folder: Path, who: str) -> None:
    """Make the training shelter in that folder, keep what the tasks speak of beside it, and print the sheet."""
    for seed in SEEDS:
        if _is_possible(folder, seed):
            break
    else:
        sys.exit("no shelter of today has what the tasks speak of")
    with unlocking.unlock(folder, "Agent A", training.PASSWORD) as desk:
        found = tasks.picked(desk)
        with desk.reading() as connection:
            since = journal.head(connection)[0]
        # a guard who begins after midnight works for the night before
        day = night_in_progress(desk.now()) if who == "guard" else desk.today()
    kept = {"residents": found.residents, "free": found.free, "since": since, "day": day.isoformat()}
    (folder.parent / KEPT).write_text(json.dumps(kept), encoding="utf-8")
    role, name = ROLES[who]
    sys.stdout.write(f"{name} · {training.PASSWORD}\n\n")
    for number, task in enumerate(tasks.SHEETS[role](found), 1):
        sys.stdout.write(f"{number}. {task.asked}\n")


def _is_possible(folder: Path, seed: int) -> bool:
    """Make the shelter of that seed in the folder; it goes again where the tasks speak of what it has not."""
    with training.make(folder, "bamako", MONTHS, seed).desk as desk:
        possible = tasks.is_possible(desk)
    if not possible:
        shutil.rmtree(folder)
    return possible


def judge(folder: Path, who: str) -> None:
    """Print which tasks the file shows to be done."""
    kept = json.loads((folder.parent / KEPT).read_text(encoding="utf-8"))
    found = Picked(tuple(kept["residents"]), tuple(kept["free"]))
    with unlocking.unlock(folder, "Agent A", training.PASSWORD) as desk:
        sheet = tasks.SHEETS[ROLES[who][0]](found)
        done = [(tasks.is_done(desk, task, kept["since"], kept["day"]), task) for task in sheet]
    for number, (is_done, task) in enumerate(done, 1):
        sys.stdout.write(f"{'done' if is_done else 'MISSING'}  {number}. {task.asked}\n")
    sys.stdout.write(f"{sum(one for one, _ in done)} of {len(done)}\n")


if __name__ == "__main__":
    {"make": make, "judge": judge}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
