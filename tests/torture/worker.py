"""Does things in a shelter and says each one when it is acknowledged, until it is killed.

Called with the data folder, what to do, and a file to write backups to.
"""

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.registers.rows import Incoming
from shelter_desk.domain.residents.residents import new_code
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, key_change, unlocking
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, born, days_ago

BATCH = 40


def admissions(desk: Desk, _: Path) -> Iterator[str]:
    """One resident after the other, with what was decided of their status: a row of the case file."""
    for _number in count():
        made = stays.admit(desk, Admission(days_ago(1), "premiere", "transit", "f", born(30), "GN"))
        day = clock.today()
        status = VictimStatus(VictimStatusId(0), made.stay, "presumee", day, review_on=day + timedelta(days=30))
        victim_statuses.decide(desk, status, made.code)
        yield made.code


def imports(desk: Desk, _: Path) -> Iterator[str]:
    """Forty residents at a time, all or none; the first code stands for all."""
    for number in count():
        codes = [new_code(lambda _: False) for _ in range(BATCH)]
        rows = [
            Incoming("personnes", "personnes", at, {"person_code": code, "sex": "f", "nationality": "GN"})
            for at, code in enumerate(codes)
        ]
        rows += [
            Incoming("sejours", "sejours", at, _stay(f"I{number}-{codes[0]}-{at}", code))
            for at, code in enumerate(codes)
        ]
        registers.take_in_rows(desk, registers.judged(desk, rows))
        yield ",".join(codes)


def _stay(number: str, code: str) -> dict[str, object]:
    since = days_ago(3) - timedelta(hours=1)
    return {
        "stay_no": number,
        "person_code": code,
        "admitted_at": since,
        "entry_kind": "premiere",
        "migration_situation": "transit",
    }


def copies(desk: Desk, out: Path) -> Iterator[str]:
    """An admission, then a backup over the one before."""
    for code in admissions(desk, out):
        backups.back_up(desk, out)
        yield code


def passwords(desk: Desk, _: Path) -> Iterator[str]:
    """An account more each time."""
    for number in count():
        user_accounts.add(desk, f"Agent {random.randrange(10**9)}-{number}", Role.CASE_WORKER, PASSWORD)
        yield str(number)


def key_changes(desk: Desk, _: Path) -> Iterator[str]:
    """Other keys for the whole file, then an admission under them."""
    folder = desk.folder
    while True:
        key_change.change_keys(desk, PASSWORD)
        desk = unlocking.unlock(folder, "Agent A", PASSWORD)
        yield next(admissions(desk, folder))


def upgrades(desk: Desk, _: Path) -> Iterator[str]:
    """A shelter of an old version opened for the first time, one after the other; said when it lies there."""
    for number in count():
        old = desk.folder.parent / f"old-{number}"
        shutil.copytree(OLD_FILES / ("0001", "0002", "0003", "0038")[number % 4], old)
        yield old.name
        unlocking.unlock(old, "Agent A", PASSWORD).close()


WORK: dict[str, Callable[[Desk, Path], Iterator[str]]] = {
    "admissions": admissions,
    "imports": imports,
    "copies": copies,
    "passwords": passwords,
    "key_changes": key_changes,
    "upgrades": upgrades,
}


def main(folder: Path, work: str, out: Path) -> None:
    """Open the shelter and work until killed."""
    desk = unlocking.unlock(folder, "Agent A", PASSWORD)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for done in WORK[work](desk, out):
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
