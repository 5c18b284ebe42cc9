"""The settings of the shelter, its rooms and beds at the first run, and what protects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.beds import Bed, Room
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import AccessRefused, CodeTaken, Missing, NotInList, WrongPassword
from shelter_desk.domain.flags.thresholds import NAMES, Thresholds, of_settings
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.notes import LEAST_HOURS, MOST_HOURS, USUAL_HOURS
from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.retention import LEAST_MONTHS, MOST_MONTHS, Clocks, Kind
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import recovery_sheet
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage import beds as stored_beds
from shelter_desk.storage import keys
from shelter_desk.storage import settings as stored
from shelter_desk.storage.keys import Opened
from shelter_desk.system import device_secret

LEAST_K, MOST_K = 3, 11
LONGEST_STAY = 3660
LEAST_THRESHOLD = 1
IDLE_MINUTES = "idle_minutes"
NOTE_HOURS = "note_lock_hours"
LEAST_IDLE, USUAL_IDLE, MOST_IDLE = 1, 5, 60
_DAYS = ("transit_days", "vulnerable_days", "vot_days")
_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a manager may set.

    transit_days, vulnerable_days, vot_days: the longest stay of each category (R-14). small_cell_k: the smallest count
    that leaves the shelter, 3 to 11.
    """

    shelter_name: str
    town: str
    transit_days: int = _USUAL.transit_days
    vulnerable_days: int = _USUAL.vulnerable_days
    vot_days: int = _USUAL.vot_days
    small_cell_k: int = _USUAL.small_cell_k


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    """A room to be furnished, with the codes of its beds."""

    code: str
    name: str
    room_type: str
    sex_rule: str
    age_rule: str
    bed_codes: tuple[str, ...]


def read(desk: Desk) -> Settings:
    """The settings as they stand; the frame shows the name and the town to everybody."""
    with desk.reading() as connection:
        kept = stored.read(connection)
    return Settings(
        kept.get("shelter_name", ""),
        kept.get("town", ""),
        *(_number(kept.get(key), getattr(_USUAL, key)) for key in (*_DAYS, "small_cell_k")),
    )


def _number(kept: str | None, usual: int) -> int:
    return int(kept) if kept is not None and kept.isdecimal() else usual


@needs(Permission.SETTINGS_EDIT)
def write(desk: Desk, settings: Settings) -> None:
    """Keep these settings; former ones stay in the journal. Raises Missing, NotInList for a number out of bounds."""
    for key in ("shelter_name", "town"):
        if not getattr(settings, key).strip():
            raise Missing(key)
    bounds = {**dict.fromkeys(_DAYS, (1, LONGEST_STAY)), "small_cell_k": (LEAST_K, MOST_K)}
    for key, (least, most) in bounds.items():
        if not least <= getattr(settings, key) <= most:
            raise NotInList(key, str(getattr(settings, key)))
    values = {key: str(getattr(settings, key)).strip() for key in ("shelter_name", "town", *bounds)}
    with desk.writing("settings", Changes(settings=True)) as writing:
        former = stored.read(writing.connection)
        changed = {key: value for key, value in values.items() if former.get(key) != value}
        writing.details["before"] = {key: former[key] for key in changed if key in former}
        writing.details["after"] = changed
        stored.write(writing.connection, changed)


@needs(Permission.ERASE)
def clocks(desk: Desk) -> Clocks:
    """How many months each kind of data is kept (domain 6.5)."""
    usual = Clocks()
    with desk.reading() as connection:
        kept = stored.read(connection)
    return Clocks(**{kind.value: _number(kept.get(_clock(kind)), usual.of(kind)) for kind in Kind})


@needs(Permission.SETTINGS_EDIT)
def keep_clock(desk: Desk, kind: Kind, months: int) -> None:
    """Keep that kind so many months from now on; the former number stays in the journal. Raises NotInList."""
    _keep_number(desk, _clock(kind), months, LEAST_MONTHS, MOST_MONTHS)


def _clock(kind: Kind) -> str:
    return f"retention_{kind.value}_months"


@needs(Permission.SEE_BEDS)
def thresholds(desk: Desk) -> Thresholds:
    """From how many days on the rules of red flags speak (domain Annex B)."""
    with desk.reading() as connection:
        return of_settings(stored.read(connection))


@needs(Permission.SETTINGS_EDIT)
def keep_threshold(desk: Desk, name: str, number: int) -> None:
    """Have a rule of red flags speak from another number on; the former one stays in the journal. Raises NotInList."""
    if name not in NAMES:
        raise NotInList("threshold", name)
    _keep_number(desk, name, number, LEAST_THRESHOLD, LONGEST_STAY)


def idle_minutes(desk: Desk) -> int:
    """After how many minutes without a key or the mouse the program locks itself (domain 6.2); everybody's."""
    with desk.reading() as connection:
        return _number(stored.read(connection).get(IDLE_MINUTES), USUAL_IDLE)


@needs(Permission.SETTINGS_EDIT)
def keep_idle_minutes(desk: Desk, minutes: int) -> None:
    """Lock after so many minutes from now on; the former number stays in the journal. Raises NotInList."""
    _keep_number(desk, IDLE_MINUTES, minutes, LEAST_IDLE, MOST_IDLE)


@needs(Permission.CASE_SEE)
def note_hours(desk: Desk) -> int:
    """For how many hours its author may change a note; from then on it is only corrected by a new one (F48)."""
    with desk.reading() as connection:
        return _number(stored.read(connection).get(NOTE_HOURS), USUAL_HOURS)


@needs(Permission.SETTINGS_EDIT)
def keep_note_hours(desk: Desk, hours: int) -> None:
    """Lock notes after so many hours from now on, those there too; the former number stays in the journal.

    Raises NotInList out of bounds.
    """
    _keep_number(desk, NOTE_HOURS, hours, LEAST_HOURS, MOST_HOURS)


def _keep_number(desk: Desk, key: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise NotInList(key, str(number))
    with desk.writing("settings", Changes(settings=True)) as writing:
        former = stored.read(writing.connection).get(key)
        writing.details["before"] = {} if former is None else {key: former}
        writing.details["after"] = {key: str(number)}
        stored.write(writing.connection, {key: str(number)})


@needs(Permission.ROOMS_EDIT)
def furnish(desk: Desk, rooms: Sequence[PlannedRoom], since: datetime) -> Done:
    """Put these rooms and their beds into service from that moment on, all or none. Raises CodeTaken."""
    with desk.writing("furnish", Changes(rooms=True)) as writing:
        taken = {room.code.casefold() for room in stored_beds.rooms(writing.connection).values()}
        in_use = {bed.code.casefold() for bed in stored_beds.beds(writing.connection).values()}
        for planned in rooms:
            _new(taken, "room", planned.code)
            room = Room(RoomId(0), planned.code, planned.name, planned.room_type, planned.sex_rule, planned.age_rule)
            number = RoomId(writing.trail.add("rooms", stored_beds.room_row(room)))
            for code in planned.bed_codes:
                _new(in_use, "bed", code)
                writing.trail.add("beds", stored_beds.bed_row(Bed(BedId(0), code, number, "simple", since)))
    return writing.done


def _new(taken: set[str], kind: str, code: str) -> None:
    if code.casefold() in taken:
        raise CodeTaken(kind, code)
    taken.add(code.casefold())


def password_opens(desk: Desk, password: str) -> bool:
    """True when this is the password of the person at the desk; as slow as unlocking."""
    try:
        _opened(desk, password)
    except AccessRefused:
        return False
    return True


@needs(Permission.USERS_EDIT)
def new_recovery_key(desk: Desk, password: str) -> str:
    """Another recovery key in place of the former one, for the person who knows the password. Raises WrongPassword."""
    opened = _opened(desk, password)
    with desk.writing("new_recovery_key", Changes(settings=True)) as writing:
        recovery_sheet.keep(writing.connection, proven=False)
        return keys.replace_recovery_key(desk.folder, opened.keys, desk.user)


def _opened(desk: Desk, password: str) -> Opened:
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    opened = keys.open_with_password(desk.folder, desk.user_name, password, secret)
    if opened.user_id != desk.user:
        raise WrongPassword
    return opened


def check_clock(desk: Desk) -> None:
    """Raises ClockWrong when the clock of this computer cannot be right, before anybody types anything."""
    with desk.reading() as connection:
        desk._check_clock(connection)
