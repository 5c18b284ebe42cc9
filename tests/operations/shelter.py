"""A small shelter to try operations on: two dormitories, a family room, a girls' room, and a few residents."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import keyring
import pytest

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.ids import PersonId, RoomId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.residents.residents import NO_NAMES, Birth, Names
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import recovery_sheet, unlocking
from shelter_desk.storage.keys.passwords import KdfCost
from shelter_desk.system import clock

PASSWORD = "trois mangues mûres"
QUICK = KdfCost(memory=64, time=1, parallelism=1)
SINCE = datetime(2025, 1, 1)
ROOMS = (
    Room(RoomId(0), "1", "Dortoir femmes", "dortoir_f", "f", "adultes", 40.0),
    Room(RoomId(0), "2", "Dortoir hommes", "dortoir_h", "m", "adultes", 40.0),
    Room(RoomId(0), "3", "Filles", "dortoir_filles", "f", "mineurs", 20.0),
    Room(RoomId(0), "4", "Famille", "chambre_famille", "mixte_famille", "tous", 20.0),
)


def open_small_shelter(folder: Path) -> Desk:
    """A new shelter with 12 beds: 1A–1D women, 2A–2D men, 3A–3B girls, 4A–4B family; nobody in it.

    Its manager accepted the undertaking. The first one of a test is a copy of one that was made before at the same
    moment, which is there ten times as fast: two of one test have keys of their own, and so has one made with a keyring
    or while a clock of the test goes on.
    """
    moment = None if clock.now is _REAL_NOW else clock.now()
    is_still = moment is None or moment == clock.now()
    is_free = not folder.exists() or not any(folder.iterdir())
    around = folder if folder.exists() else folder.parent
    if not (is_still and is_free) or keyring.get_keyring().priority or around in _COPIED:
        return _made(folder)
    _COPIED.add(around)
    if moment not in _MADE:
        kept = Path(tempfile.mkdtemp(prefix="shelter-desk-tests-"))
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        _made(kept / "shelter").close()
        unlocking.unlock(kept / "shelter", "Agent A", PASSWORD).close()  # what a first opening writes once
        _MADE[moment] = kept / "shelter"
    shutil.copytree(_MADE[moment], folder, dirs_exist_ok=True)
    return unlocking.unlock(folder, "Agent A", PASSWORD)


_REAL_NOW = clock.now
_MADE: dict[datetime | None, Path] = {}  # where the one to copy lies, once it is made, by the moment of a still clock
_COPIED: set[Path] = set()  # folders of tests that have one


def _made(folder: Path) -> Desk:
    desk = unlocking.create(folder, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK).desk
    user_accounts.undertake(desk)
    recovery_sheet.prove(desk)
    for room, letters in zip(ROOMS, ("ABCD", "ABCD", "AB", "AB"), strict=True):
        beds.keep_room(desk, room)
        made = next(found for found, _ in beds.rooms(desk) if found.code == room.code)
        beds.add_beds(desk, made.id, [room.code + letter for letter in letters], "simple", SINCE)
    return desk


@contextmanager
def small_shelter(folder: Path) -> Iterator[Desk]:
    """The same, closed at the end."""
    desk = open_small_shelter(folder)
    try:
        yield desk
    finally:
        desk.close()


def bed(desk: Desk, code: str) -> Bed:
    """The bed with this code."""
    return next(found for _, found_beds in beds.rooms(desk) for found in found_beds if found.code == code)


def days_ago(days: int, hour: int = 15) -> datetime:
    """A moment that many days before today."""
    return datetime.combine(clock.today() - timedelta(days=days), datetime.min.time()).replace(hour=hour)


def born(age: int) -> Birth:
    """Somebody who is that old today."""
    today = clock.today()
    return Birth(date(today.year - age, 1, 1))


def month_when_over(desk: Desk, period: Period) -> Month:
    """The report of a period as it is read on the day after its last one, with what happens today."""
    later = max(clock.now(), datetime.combine(period.last + ONE_DAY, time(12)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        return reports.monthly(desk, period)


def admit(
    desk: Desk,
    bed_code: str = "",
    *,
    sex: str = "f",
    age: int = 27,
    days: int = 10,
    head: StayId | None = None,
    shares: bool = False,
    names: Names = NO_NAMES,
    reason: str = "",
    not_the_same: tuple[PersonId, ...] = (),
) -> Admitted:
    """Admit somebody that many days ago, in this bed if one is named."""
    spot = Spot("partage" if shares else "lit", bed(desk, bed_code).id, reason=reason) if bed_code else None
    return stays.admit(
        desk,
        Admission(
            days_ago(days),
            "premiere",
            "transit",
            sex,
            born(age),
            "GN",
            names,
            is_dependant=head is not None,
            head=head,
            spot=spot,
            not_the_same=not_the_same,
        ),
    )
