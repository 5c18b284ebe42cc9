"""Everything that can be refused or go wrong, by name; `words.errors` says each in a sentence."""

from dataclasses import dataclass
from datetime import date, datetime


class ShelterDeskError(Exception):
    """Any refusal or trouble that has a sentence of its own."""


class RuleBroken(ShelterDeskError):
    """What was typed contradicts a rule; shown beside the field."""


class Trouble(ShelterDeskError):
    """Disk, file, another program; shown in the message bar, exit code 5."""


class AccessRefused(ShelterDeskError):
    """Wrong name, password or recovery key, or the right is missing; exit code 4."""


class Unusable(ShelterDeskError):
    """A call or a file that cannot be used; exit code 2."""


# Rules ---------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class BadCode(RuleBroken):
    """A code with a wrong or missing character."""

    typed: str


@dataclass(eq=False)
class BadDates(RuleBroken):
    """R-01: an end before its beginning."""

    start: datetime
    end: datetime


@dataclass(eq=False)
class InTheFuture(RuleBroken):
    """R-01: an entry or exit later than now."""

    moment: datetime


@dataclass(eq=False)
class AlreadyHere(RuleBroken):
    """R-01: the person has another stay over these days."""

    stay_no: str
    since: datetime
    until: datetime | None


@dataclass(eq=False)
class BedTaken(RuleBroken):
    """R-03: somebody sleeps in the bed over these nights."""

    bed_code: str
    by: str
    since: datetime
    until: datetime | None


@dataclass(eq=False)
class BedNotUsable(RuleBroken):
    """R-03: the bed is out of use or not in service over these nights. state: a `bed_state` code, or `retire`."""

    bed_code: str
    state: str
    since: datetime | None
    until: datetime | None


@dataclass(eq=False)
class PlacedTwice(RuleBroken):
    """A stay would sleep in two places on one night."""

    stay_no: str
    since: datetime


@dataclass(eq=False)
class OutsideStay(RuleBroken):
    """A placement or an absence that leaves the days of its stay."""

    stay_no: str
    start: datetime
    end: datetime | None


@dataclass(eq=False)
class AbsentTwice(RuleBroken):
    """Two absences over one night."""

    stay_no: str
    since: datetime


@dataclass(eq=False)
class NeedsReason(RuleBroken):
    """R-04 or R-06 and the like: only a manager may go on, with a reason that is kept. rules: rule ids."""

    rules: tuple[str, ...]


@dataclass(eq=False)
class BedOccupied(RuleBroken):
    """T14: the bed cannot be taken out of use or of service while somebody sleeps in it."""

    bed_code: str
    by: str
    since: datetime


@dataclass(eq=False)
class CodeTaken(RuleBroken):
    """A room, a bed or another thing already has this code. kind: `room`, `bed`, `person`, `stay`, `user`."""

    kind: str
    code: str


@dataclass(eq=False)
class Missing(RuleBroken):
    """A required field is empty. field: its machine key."""

    field: str


@dataclass(eq=False)
class NotInList(RuleBroken):
    """A value that is not in the code list of its field."""

    field: str
    value: str


@dataclass(eq=False)
class NoSuch(RuleBroken):
    """Nothing has this code. kind: `room`, `bed`, `person`, `stay`."""

    kind: str
    code: str


@dataclass(eq=False)
class NoNightAllowed(RuleBroken):
    """A person redirected at the door cannot have slept here."""

    stay_no: str


@dataclass(eq=False)
class NotAParent(RuleBroken):
    """A shared bed needs somebody who sleeps in it."""

    bed_code: str


class LastManager(RuleBroken):
    """Nobody else would be left who may manage the shelter."""


@dataclass(eq=False)
class ChangedSince(RuleBroken):
    """The undo is refused: the rows were touched since."""

    what: str


@dataclass(eq=False)
class OverlapRefused(RuleBroken):
    """The database itself refused rows that overlap. what: `stay_overlaps`, `bed_taken`, `placed_twice`,
    `bed_out_of_use`, `bed_out_of_service`, `absent_twice`, `bed_occupied`, `bed_occupied_later`, `bed_taken_since`."""

    what: str


@dataclass(eq=False)
class CellRefused(RuleBroken):
    """A cell that cannot be read as its column asks. value: as it is seen.

    why: `date`, `moment`, `number`, `whole`, `yes_no`, `error_cell`, `too_long` or `control`.
    """

    value: str
    why: str


# Access --------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class WrongPassword(AccessRefused):
    """Wrong name or password, never said which. wait: seconds before the next try."""

    wait: float = 0


class WrongRecoveryKey(AccessRefused):
    """The recovery key does not open this shelter."""


class DeviceSecretMissing(AccessRefused):
    """The keyring of this computer does not hold the secret of this shelter: the recovery key is needed."""


@dataclass(eq=False)
class NotAllowed(AccessRefused):
    """The role lacks this permission."""

    permission: str


@dataclass(eq=False)
class WeakPassword(RuleBroken):
    """A password too short or too common. why: `short` or `common`."""

    why: str


# Trouble -------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InUse(Trouble):
    """Another program has this data folder open."""

    folder: str


@dataclass(eq=False)
class NoShelter(Unusable):
    """There is no shelter in this folder."""

    folder: str


@dataclass(eq=False)
class ShelterExists(Unusable):
    """There is a shelter in this folder already."""

    folder: str


@dataclass(eq=False)
class Damaged(Trouble):
    """A file of the shelter is missing, cut or altered. part: `database`, `keys`, `journal`, `older`."""

    part: str
    path: str


@dataclass(eq=False)
class BackupDamaged(Trouble):
    """A backup that is cut, altered, or no backup at all."""

    path: str


@dataclass(eq=False)
class TooNew(Trouble):
    """The file was written by a newer version of the program."""

    file_version: str
    program_version: str


@dataclass(eq=False)
class DiskFull(Trouble):
    """No room left on the disk."""

    path: str


@dataclass(eq=False)
class ReadOnly(Trouble):
    """The folder or file cannot be written."""

    path: str


@dataclass(eq=False)
class ClockWrong(Trouble):
    """The computer's clock is earlier than the last entry, or far ahead."""

    now: datetime
    last_entry: datetime


# Files from outside --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotAWorkbook(Unusable):
    """The file is not a workbook that can be read.

    why: `kind`, `password`, `damaged`, `bomb`, `time`, `memory`, `cells`.
    """

    path: str
    why: str


@dataclass(eq=False)
class FileMissing(Unusable):
    """The file is not there or cannot be read."""

    path: str


@dataclass(eq=False)
class NothingRecognised(Unusable):
    """No list of the registers workbook was found in the file. sheets: the names of its sheets."""

    path: str
    sheets: tuple[str, ...]


@dataclass(eq=False)
class BadCall(Unusable):
    """A command called with an argument that cannot be used."""

    argument: str
    value: str


@dataclass(eq=False)
class UnknownDay(Unusable):
    """A day or month that does not exist."""

    typed: str


@dataclass(eq=False)
class PeriodNotOver(Unusable):
    """Kept for figures asked of days to come."""

    last: date
