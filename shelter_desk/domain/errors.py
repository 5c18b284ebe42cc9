"""Everything that can be refused or go wrong, by name; `words.refusals` says each in a sentence."""

from datetime import date, datetime
from typing import Any, dataclass_transform


@dataclass_transform(eq_default=False)
class ShelterDeskError(Exception):
    """Any refusal or trouble that has a sentence of its own; the annotated fields are given in order or by name.

    Not dataclasses: making forty of them takes 5 ms of every start.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, *named.values())
        names = [name for kind in reversed(type(self).__mro__) for name in vars(kind).get("__annotations__", {})]
        given = {**dict(zip(names, values, strict=False)), **named}
        missing = [name for name in names if name not in given and not hasattr(type(self), name)]
        if missing or len(values) > len(names) or any(name not in names for name in named):
            raise TypeError(f"{type(self).__name__} takes {names}")
        for name, value in given.items():
            setattr(self, name, value)


class RuleBroken(ShelterDeskError):
    """What was typed contradicts a rule; shown beside the field."""


class Trouble(ShelterDeskError):
    """Disk, file, another program; shown in the message bar, exit code 5."""


class AccessRefused(ShelterDeskError):
    """Wrong name, password or recovery key, or the right is missing; exit code 4."""


class Unusable(ShelterDeskError):
    """A call or a file that cannot be used; exit code 2."""


# Rules ---------------------------------------------------------------------------------------------------------------


class BadCode(RuleBroken):
    """A code with a wrong or missing character."""

    typed: str


class BadDates(RuleBroken):
    """R-01: an end before its beginning."""

    start: datetime
    end: datetime


class InTheFuture(RuleBroken):
    """R-01: an entry or exit later than now."""

    moment: datetime


class AlreadyHere(RuleBroken):
    """R-01: the person has another stay over these days."""

    stay_no: str
    since: datetime
    until: datetime | None


class BedTaken(RuleBroken):
    """R-03: somebody sleeps in the bed over these nights."""

    bed_code: str
    by: str
    since: datetime
    until: datetime | None


class BedNotUsable(RuleBroken):
    """R-03: the bed is out of use or not in service over these nights. state: a `bed_state` code, or `retire`."""

    bed_code: str
    state: str
    since: datetime | None
    until: datetime | None


class PlacedTwice(RuleBroken):
    """A stay would sleep in two places on one night."""

    stay_no: str
    since: datetime


class OutsideStay(RuleBroken):
    """A placement or an absence that leaves the days of its stay."""

    stay_no: str
    start: datetime
    end: datetime | None


class AbsentTwice(RuleBroken):
    """Two absences over one night."""

    stay_no: str
    since: datetime


class NeedsReason(RuleBroken):
    """R-04 or R-06 and the like: only a manager may go on, with a reason that is kept. rules: rule ids."""

    rules: tuple[str, ...]


class BedOccupied(RuleBroken):
    """The bed cannot be taken out of use or of service while somebody sleeps in it."""

    bed_code: str
    by: str
    since: datetime


class CodeTaken(RuleBroken):
    """A room, a bed or another thing already has this code. kind: `room`, `bed`, `person`, `stay`, `asset`, `user`."""

    kind: str
    code: str


class Missing(RuleBroken):
    """A required field is empty. field: its machine key."""

    field: str


class NotInList(RuleBroken):
    """A value that is not in the code list of its field."""

    field: str
    value: str


class MayBeSeveral(NotInList):
    """A value that may be several of its list. code_list: which list; codes: those that it may be."""

    code_list: str
    codes: tuple[str, ...]


class NoSuch(RuleBroken):
    """Nothing has this code. kind: `room`, `bed`, `person`, `stay`."""

    kind: str
    code: str


class NoNightAllowed(RuleBroken):
    """A person redirected at the door cannot have slept here."""

    stay_no: str


class NotAParent(RuleBroken):
    """A shared bed needs somebody who sleeps in it."""

    bed_code: str


class LastManager(RuleBroken):
    """Nobody else would be left who may manage the shelter."""


class NotErasable(RuleBroken):
    """The identity of this person cannot be erased now.

    why: `here` while a stay is open, `held`, `open` where nothing says when the case was closed, `nameless` where no
    name is stored.
    """

    code: str
    why: str


class KeptUntil(RuleBroken):
    """The identity of this person is due to be erased on a later day."""

    code: str
    day: date


class SecondPersonNeeded(RuleBroken):
    """Two persons do this together. why: `missing`, `same` for the one at the desk, `role` for one who may not."""

    why: str


class ApprovalNeeded(RuleBroken):
    """A password has to be typed for this act. why: `missing`, `over` for a late one, `other` for one that is none."""

    why: str


class ChildDecisionNeeded(RuleBroken):
    """R-10: a child alone does not leave so without a decision and an adult who receives it.

    why: `decision`, `unknown`, `not_validated`, `not_recommended`, `bid_awaited` or `replaced` for the decision;
    `receiver`, `relation` or `identity` for the adult.
    """

    code: str
    why: str


class HandedBack(RuleBroken):
    """What was deposited under that receipt was handed back already."""

    receipt_no: str


class LodgingDerived(RuleBroken):
    """Nights are counted from the stays, nobody types them."""


class BadNumber(RuleBroken):
    """A number that cannot be: a quantity that is not above zero, a score over 100. field: its machine key."""

    field: str
    value: str


class ChangedSince(RuleBroken):
    """The undo is refused: the rows were touched since."""

    what: str


class LookedBefore(ChangedSince):
    """A file was looked at before something else was written: what its lines would do is not known any more."""


class OverlapRefused(RuleBroken):
    """The database itself refused rows that overlap. what: `stay_overlaps`, `bed_taken`, `placed_twice`,
    `bed_out_of_use`, `bed_out_of_service`, `absent_twice`, `bed_occupied`, `bed_occupied_later`, `bed_taken_since`."""

    what: str


# Access --------------------------------------------------------------------------------------------------------------


class WrongPassword(AccessRefused):
    """Wrong name or password, never said which.

    wait: seconds before the next try. others_elsewhere: some accounts open with the secret of another computer, or of
    this one before it was installed anew.
    """

    wait: float = 0
    others_elsewhere: bool = False


class WrongRecoveryKey(AccessRefused):
    """The recovery key does not open this shelter."""


class AccountClosed(AccessRefused):
    """The password is right, but the account is suspended, or its role needs keys that its slot does not hold."""


class SlotOutdated(AccessRefused):
    """The password or recovery key is right, but its slot is of before managers signed who has one: it could be of
    anybody's making, and another one is given in its place.
    """


class DeviceSecretMissing(AccessRefused):
    """The keyring of this computer does not hold the secret of this shelter: the recovery key is needed."""


class KeysOutdated(AccessRefused):
    """The keys are those of an older version until a manager opens the shelter with this one."""


class CaseFileOutdated(AccessRefused):
    """The case file is that of an older version until somebody who reads it opens the shelter with this one."""


class NotAllowed(AccessRefused):
    """The role lacks this permission."""

    permission: str


class WeakPassword(RuleBroken):
    """A password too short or too common. why: `short` or `common`."""

    why: str


# Trouble -------------------------------------------------------------------------------------------------------------


class InUse(Trouble):
    """Another program has this data folder open."""

    folder: str


class NoShelter(Unusable):
    """There is no shelter in this folder."""

    folder: str


class ShelterExists(Unusable):
    """There is a shelter in this folder already."""

    folder: str


class SyncedFolder(Unusable):
    """A service of the internet copies this folder. service: its name."""

    folder: str
    service: str


class Damaged(Trouble):
    """A file of the shelter is missing, cut or altered. part: `database`, `keys`, `journal`, `older`, `older_keys`.

    why: of a database, `missing`, `empty`, `cut`, `not_ours`, `unreadable` (altered at its beginning, or under another
    key), `altered` (further on), `foreign` (holds triggers or tables beside those of the program), `tables` (are not
    those of the program), `cell` (one cell of it is not as the program writes it, and `path` says which), "" where
    nobody looked closer.
    """

    part: str
    path: str
    why: str = ""


class SlotsAltered(Trouble):
    """Keys in `keys.json` open nothing any more. names: whose; recovery: that of the paper, or it is gone.

    unknown: how many are of accounts that no manager made.
    """

    names: tuple[str, ...]
    recovery: bool
    unknown: int = 0


class SealsAltered(Trouble):
    """The keys that open the names or narratives of these persons were altered. codes: theirs."""

    codes: tuple[str, ...]


class ReportsAltered(Trouble):
    """Closed months, or what was sent of them, are not as they were written. months: as 2026-10."""

    months: tuple[str, ...]


class RowsAltered(Trouble):
    """Rows are not as the journal made them. count: of rows and settings; codes: of some of them."""

    count: int
    codes: tuple[str, ...]


class LinesForged(Trouble):
    """A line of the journal that was not written with the program by whom it names. name: "" where it names nobody."""

    line: int
    name: str


class BackupDamaged(Trouble):
    """A backup that is cut, altered, or no backup at all."""

    path: str


class TooNew(Trouble):
    """The file was written by a newer version of the program."""

    file_version: str
    program_version: str


class DiskFull(Trouble):
    """No room left on the disk."""

    path: str


class ReadOnly(Trouble):
    """The folder or file cannot be written."""

    path: str


class DriveGone(Trouble):
    """The disk or stick went away, or does not answer any more."""

    path: str


class ClockWrong(Trouble):
    """The computer's clock is earlier than the last entry, or long after it."""

    now: datetime
    last_entry: datetime


# Files from outside --------------------------------------------------------------------------------------------------


class NotABackup(Unusable):
    """A file that is something else than a backup."""

    path: str


class FileMissing(Unusable):
    """The file is not there or cannot be read."""

    path: str


class WouldOverwrite(Unusable):
    """A file of the shelter, or the file being read, stands where the new one should be written."""

    path: str


class RealShelter(Unusable):
    """The folder holds a real shelter: the training shelter is never made in it."""

    folder: str


class BadCall(Unusable):
    """A command called with an argument that cannot be used."""

    argument: str
    value: str


class UnknownDay(Unusable):
    """A day or month that does not exist."""

    typed: str


class PeriodNotBegun(Unusable):
    """Figures asked of days that are all still to come."""

    first: date
