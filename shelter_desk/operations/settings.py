"""The settings of the shelter, its rooms and beds at the first run, and what protects it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import CodeTaken
from shelter_desk.domain.flags.facts import Thresholds, of_settings
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.retention.retention import Clocks, RetentionKind
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.trail import Trail

IDLE_MINUTES = "idle_minutes"
CAPTURES = "captures_kept_out"
NOTE_HOURS = "note_lock_hours"
ADMISSION_STEPS = "admission_steps"
_NUMBERS = ("transit_days", "vulnerable_days", "vot_days", "small_cell_k")
TOPICS = Changes(settings=True)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the shelter is called, and the limits that the board and reports go by.

    sigle: a short name for lists and blank forms on paper, which may lie about; "" for none.
    transit_days, vulnerable_days, vot_days: the longest stay of each category (R-14). small_cell_k: the smallest count
    that leaves the shelter, 3 to 11.
    """

    shelter_name: str
    town: str
    sigle: str = ""
    transit_days: int = setting_rules.whole(setting_rules.NOTHING_KEPT, "transit_days")
    vulnerable_days: int = setting_rules.whole(setting_rules.NOTHING_KEPT, "vulnerable_days")
    vot_days: int = setting_rules.whole(setting_rules.NOTHING_KEPT, "vot_days")
    small_cell_k: int = setting_rules.whole(setting_rules.NOTHING_KEPT, "small_cell_k")


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
        known = stored_settings.read(connection)
    numbers = (setting_rules.whole(known, key) for key in _NUMBERS)
    return Settings(known.get("shelter_name", ""), known.get("town", ""), known.get("sigle", ""), *numbers)


def kept(desk: Desk) -> Mapping[str, str]:
    """What was set of field 10, for `domain.settings` to read; what is not there is as usual."""
    with desk.reading() as connection:
        return {key: value for key, value in stored_settings.read(connection).items() if key in setting_rules.SETTINGS}


def left_out(desk: Desk, list_name: str) -> tuple[str, ...]:
    """The codes of a list that are not offered here, since the shelter does not do that."""
    return setting_rules.left_out(kept(desk), list_name)


@needs(Permission.SETTINGS_EDIT)
def write(desk: Desk, settings: Settings) -> Done:
    """Keep these settings; former ones stay in the journal.

    Raises Missing, SigleTellsName, NotInList for a number out of bounds.
    """
    for key in ("shelter_name", "town"):
        check_given(key, getattr(settings, key).strip())
    setting_rules.check_sigle(settings.sigle, settings.shelter_name)
    values = {key: str(getattr(settings, key)).strip() for key in ("shelter_name", "town", "sigle", *_NUMBERS)}
    for key in _NUMBERS:
        setting_rules.check(key, values[key])
    return _keep(desk, values)


@needs(Permission.SETTINGS_EDIT)
def keep(desk: Desk, values: Mapping[str, str]) -> Done:
    """Keep these settings of field 10, all or none; former ones stay in the journal.

    values: as `domain.settings` keeps them. Raises NotInList for the first that cannot be.
    """
    for key, value in values.items():
        setting_rules.check(key, value)
    return _keep(desk, values)


def _keep(desk: Desk, values: Mapping[str, str]) -> Done:
    with desk.writing("settings", TOPICS) as writing:
        known = stored_settings.read(writing.connection)
        for key, value in values.items():
            # what was never set is not written while it is as usual, so that another version may bring other values
            usual = setting_rules.usual(setting_rules.SETTINGS[key]) if key in setting_rules.SETTINGS else None
            if value != known.get(key, usual):
                writing.trail.set(key, value)
    return writing.done


@needs(Permission.ERASE)
def clocks(desk: Desk) -> Clocks:
    """How many months each kind of data is kept (field 6.5)."""
    known = kept(desk)
    return Clocks(**{kind.value: setting_rules.whole(known, _clock(kind)) for kind in RetentionKind})


@needs(Permission.SETTINGS_EDIT)
def keep_clocks(desk: Desk, months: Mapping[RetentionKind, int]) -> Done:
    """Keep each kind so many months from now on; the former numbers stay in the journal. Raises NotInList."""
    return keep(desk, {_clock(kind): str(n) for kind, n in months.items()})


def _clock(kind: RetentionKind) -> str:
    return f"retention_{kind.value}_months"


@needs(Permission.SEE_BEDS)
def thresholds(desk: Desk) -> Thresholds:
    """From how many days on the rules of red flags speak (field 10)."""
    return of_settings(kept(desk))


def idle_minutes(desk: Desk) -> int:
    """After how many minutes without a key or the mouse the program locks itself (field 6.2); everybody's."""
    return setting_rules.whole(kept(desk), IDLE_MINUTES)


@needs(Permission.SETTINGS_EDIT)
def keep_idle_minutes(desk: Desk, minutes: int) -> Done:
    """Lock after so many minutes from now on; the former number stays in the journal. Raises NotInList."""
    return keep(desk, {IDLE_MINUTES: str(minutes)})


def captures_kept_out(desk: Desk) -> bool:
    """Whether Windows leaves the program out of pictures of the screen; no unless somebody switched it on."""
    return setting_rules.is_on(kept(desk), CAPTURES)


@needs(Permission.CASE_SEE)
def note_hours(desk: Desk) -> int:
    """For how many hours its author may change a note; from then on it is only corrected by a new one."""
    return setting_rules.whole(kept(desk), NOTE_HOURS)


@needs(Permission.SETTINGS_EDIT)
def keep_note_hours(desk: Desk, hours: int) -> Done:
    """Lock notes after so many hours from now on, those there too; the former number stays in the journal.

    Raises NotInList out of bounds.
    """
    return keep(desk, {NOTE_HOURS: str(hours)})


@needs(Permission.SETTINGS_EDIT)
def admission_steps(desk: Desk) -> bool:
    """Whether an admission writes its steps into the agenda; yes unless somebody switched them off."""
    return setting_rules.is_on(kept(desk), ADMISSION_STEPS)


@needs(Permission.SETTINGS_EDIT)
def keep_admission_steps(desk: Desk, on: bool) -> Done:
    """Write the steps at each admission from now on, or do not; those written stay."""
    return keep(desk, {ADMISSION_STEPS: setting_rules.ON if on else setting_rules.OFF})


def furnish(rooms: Sequence[PlannedRoom], since: datetime, trail: Trail) -> None:
    """Put these rooms and their beds into service from then on, in a shelter that is being made. Raises CodeTaken."""
    taken = {room.code.casefold() for room in stored_beds.rooms(trail.connection).values()}
    in_use = {bed.code.casefold() for bed in stored_beds.beds(trail.connection).values()}
    for planned in rooms:
        _new(taken, "room", planned.code)
        room = Room(RoomId(0), planned.code, planned.name, planned.room_type, planned.sex_rule, planned.age_rule)
        number = RoomId(trail.add("rooms", stored_beds.ROOMS.write(room)))
        for code in planned.bed_codes:
            _new(in_use, "bed", code)
            trail.add("beds", stored_beds.BEDS.write(Bed(BedId(0), code, number, "simple", since)))


def _new(taken: set[str], kind: str, code: str) -> None:
    if code.casefold() in taken:
        raise CodeTaken(kind, code)
    taken.add(code.casefold())
