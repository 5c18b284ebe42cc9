"""The desk: what only an unlocked program has. Locked means that no `Desk` exists."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from shelter_desk.domain.approvals import Approval
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ClockWrong, Damaged, NotAllowed, ShelterDeskError, Trouble
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.domain.reports.refusals import NeedsLateReason, StockOfClosedMonth
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.domain.shelter_copies import OlderCopy
from shelter_desk.storage.beds import held_places
from shelter_desk.storage.file import cells, journal, named_rows
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail, TrailRow
from shelter_desk.storage.keys.keys import Keys
from shelter_desk.storage.keys.signed_lines import Signatures
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.residents import tonight_names, tonight_rows
from shelter_desk.storage.residents.search import NameIndex
from shelter_desk.storage.retention import summed_rows
from shelter_desk.storage.stays import present_stays, stays
from shelter_desk.storage.stays.present_stays import PresentStays
from shelter_desk.system import clock, last_seen
from shelter_desk.system.last_seen import Seen
from shelter_desk.system.only_one import OnlyOne

UNDO = "undo"  # the journal action of what takes back another one
FAR_AHEAD = timedelta(days=14)  # after so long without an entry it is asked whether the clock is right
Given = ParamSpec("Given")
Result = TypeVar("Result")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done, so that it can be undone: its journal line and the rows it wrote.

    late_reason: why something of closed months was written.
    """

    seq: int
    action: str
    subject: str
    changes: Changes
    written: tuple[TrailRow, ...] = field(repr=False)
    late_reason: str = ""


@dataclass(slots=True)
class SessionAct:
    """An act of the person at the desk since it opened. done: what takes it back, None where that was never offered."""

    seq: int
    at: datetime
    action: str
    subject: str
    done: Done | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NumberedRow(Generic[Key]):
    """A new row with the number that papers name it by, which is not that of the file, and what was done."""

    id: Key
    number: str
    done: Done


@dataclass(slots=True)
class Writing:
    """A transaction under way; `done` is there once committed. details: what the journal keeps beside the rows."""

    connection: Connection
    trail: Trail
    details: dict[str, Any] = field(default_factory=dict)
    subject: str = ""
    _done: Done | None = None

    def seal(self, own: Sealer, table: str, column: str, key: int, words: str) -> None:
        """Write words into a row, sealed."""
        self.trail.change(table, key, {column: own.seal(table, column, key, words)})

    @property
    def done(self) -> Done:
        """What was committed."""
        if self._done is None:
            raise RuntimeError("asked for what is not committed yet")
        return self._done


@dataclass(slots=True)
class Desk:
    """An open shelter with somebody at the desk.

    sealer: opens names; protection: opens protection notes; None for a role that may not read them.
    keys: those of the role, to give others theirs.
    device_bound: False where this computer has no keyring, so that a copied folder has only the password.
    clock_accepted: the person at the desk said that a surprising clock is right.
    index: the names unsealed for the search, made at the first one; gone with the desk.
    flags: what the rules said last, and of what it holds (`casefile.flags`).
    register_salt: of the numbers of lines without one, for all looks of this desk until the first is taken in.
    read_for: why the sealed fields of a record are opened, by its code, as the journal keeps it (`reading`).
    own: seals what is typed by somebody who holds no other key; nobody else opens it. night: what the night reception
    reads.
    approvals: that were given here and not used yet.
    shelter: its random number. older: what this computer saw of the shelter that is not in this file, until somebody
    goes on with it all the same; is_remembered: this computer keeps how far its journal goes. moved: when the files
    were packed for another computer, "" where they were not. managers: who they are, as what opened says; empty in a
    file of an older program. signatures: which count on lines of the journal. box: the public key of the box as they
    signed it, None in a file of an older program: everybody can write another one into the settings while the desk is
    open. turns: of the slots and of their list, as they were when this desk read them last.
    late_reason: why what is written now about closed months was not written before (`because_late`).
    opened: whose records the journal says were looked at. acts: what was written here and not taken back, the first
    first; gone with the desk.
    """

    folder: Path
    database: Database
    only_one: OnlyOne = field(repr=False)
    user: UserId
    user_name: str
    role: Role
    is_training: bool
    sealer: Sealer | None
    keys: Keys = field(repr=False)
    device_bound: bool = True
    clock_accepted: bool = False
    index: NameIndex | None = None
    flags: tuple[object, Sequence[Flag]] | None = field(default=None, repr=False)
    protection: Sealer | None = None
    own: Sealer | None = None
    night: Sealer | None = None
    register_salt: str = field(default="", repr=False)
    read_for: dict[str, Reason] = field(default_factory=dict, repr=False)
    approvals: list[Approval] = field(default_factory=list, repr=False)
    shelter: str = ""
    older: OlderCopy | None = None
    is_remembered: bool = False
    moved: str = ""
    managers: bytes = b""
    signatures: Signatures = field(default_factory=Signatures)
    box: bytes | None = None
    turns: Mapping[int, int] = field(default_factory=dict)
    late_reason: str = field(default="", repr=False)
    opened: set[PersonId] = field(default_factory=set, repr=False)
    acts: list[SessionAct] = field(default_factory=list, repr=False)

    def may(self, permission: Permission) -> bool:
        """True when the role of the person at the desk holds it."""
        return permission in PERMISSIONS[self.role]

    def check(self, permission: Permission) -> None:
        """Raises NotAllowed where the role of the person at the desk does not hold it."""
        if not self.may(permission):
            raise NotAllowed(permission.value)

    def key_of_names(self) -> Sealer:
        """What opens names. Raises NotAllowed for a role that does not hold it."""
        if self.sealer is None:
            raise NotAllowed(Permission.SEE_NAMES.value)
        return self.sealer

    def key_of_night(self) -> Sealer:
        """What opens the names of those here tonight, and lines for the next shift. Raises NotAllowed."""
        if self.night is None:
            raise NotAllowed(Permission.SEE_NAMES_TONIGHT.value)
        return self.night

    def key_of_protection(self, permission: Permission) -> Sealer:
        """What opens narratives. permission: what is refused to a role that does not hold it. Raises NotAllowed."""
        if self.protection is None:
            raise NotAllowed(permission.value)
        return self.protection

    def now(self) -> datetime:
        """This minute in the shelter's own time zone."""
        return clock.now()

    def believed_now(self) -> datetime:
        """This minute, or that of the last entry while the clock cannot be right."""
        with self.reading() as connection:
            try:
                self._check_clock(connection)
            except ClockWrong as wrong:
                return wrong.last_entry
        return self.now()

    def today(self) -> date:
        """This day in the shelter's own time zone."""
        return clock.today()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read transaction: everything asked inside belongs together."""
        with self.database.reading() as connection:
            yield connection

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except ShelterDeskError:
            raise
        except Exception as error:  # whatever it is, a cell may be why
            found = self.explained(error)
            if found is None:
                raise
            raise found from error

    def explained(self, error: BaseException) -> Damaged | None:
        """The cell that somebody wrote past the program, where there is one: why nobody foresaw this error."""
        return cells.explaining(error, self.database.reading)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self, action: str, changes: Changes, subject: str = "") -> Iterator[Writing]:
        """One transaction with its journal line; all of it is stored, or nothing.

        Whatever door it comes through, a fact about a person in a closed month needs a reason, which the journal keeps,
        and so does a movement of the stock that is dated later because its real day lies in one. Raises ClockWrong
        before anything is written when the clock cannot be right; NeedsLateReason, and StockOfClosedMonth where the
        ledger of a closed month would change.
        """
        with self.database.transaction(changes) as connection:
            self._check_clock(connection)
            writing = Writing(connection, Trail(connection), subject=subject)
            yield writing
            late = self._late(writing)
            self._follow_tonight(writing)
            rows = {**writing.trail.told(), **summed_rows.told(writing.trail)}
            details = {**writing.details, **late, **rows}
            at = self.now()
            seq = journal.add(connection, at, self.user, action, writing.subject, details)
        written = tuple(writing.trail.written)
        writing._done = Done(seq, action, writing.subject, changes, written, self.late_reason if late else "")
        if written and action != UNDO:
            self.acts.append(SessionAct(seq, at, action, writing.subject))

    def _follow_tonight(self, writing: Writing) -> None:
        """The night reception opens what it reads of those who are here from now on, and of nobody else."""
        changed = set(_whose(writing.trail.written))
        are_rows_others = not tonight_rows.FOLLOWED.isdisjoint(one.table for one in writing.trail.written)
        if self.night is None or not (changed or are_rows_others):
            return
        here = stays.on(writing.connection, self.today())
        if self.sealer is not None:
            here = self._present(writing, self.sealer).of(here)
        if changed:
            persons = {stay.person for stay in here}
            tonight_names.follow(writing.connection, self.sealer, self.night, persons, changed)
        if are_rows_others and self.database.case_key is not None:
            tonight_rows.follow(writing.connection, self.night, here, self.today())

    def _present(self, writing: Writing, identity: Sealer) -> PresentStays:
        """Which stays go on, as lines and acts told it, once this act is over."""
        today = self.today()
        former, is_new = present_stays.read(writing.connection, identity, today, self.signatures)
        line = journal.head(writing.connection)[0] + 1
        present = former.after(writing.trail.written, today, line)
        if is_new or present.known != former.known:
            present_stays.keep(writing.connection, identity, present)
        return present

    def _late(self, writing: Writing) -> dict[str, Any]:
        """What comes late, and why: {} for nothing. Raises NeedsLateReason, StockOfClosedMonth."""
        month = late_facts.of_stock(writing.connection, writing.trail.written)
        if month is not None:
            raise StockOfClosedMonth(month.first)
        found = late_facts.concerned(writing.connection, writing.trail.written)
        if not found.late:
            return {}
        if not self.late_reason:
            raise NeedsLateReason(found.late, next(iter(found.moved_on), None))
        told: dict[str, Any] = {"late_reason": self.late_reason}
        if found.moved_on:
            told["actual_on"] = [day.isoformat() for day in found.moved_on]
        if found.months:  # a movement that is dated later moves no figure of a closed month
            told |= {"late_months": [f"{one.first:%Y-%m}" for one in found.months], "late_stays": found.stays}
        return told

    @contextmanager
    def because_late(self, reason: str) -> Iterator[None]:
        """What is written inside about closed months comes late for that reason: a code of `LATE_REASONS`, or words."""
        former, self.late_reason = self.late_reason, reason.strip() or self.late_reason
        try:
            yield
        finally:
            self.late_reason = former

    def note(self, action: str, subject: str = "", **details: Any) -> None:
        """Write a journal line alone: a name that was read, a file that left."""
        with self.writing(action, Changes(), subject) as writing:
            writing.details.update(details)

    def tell(self, action: str, subject: str = "", **details: Any) -> bool:
        """A line about what was before this opening, or meanwhile; nobody is kept out because it cannot be written.

        Whether it was written. It is of the minute of the last entry while nobody said that a surprising clock is
        right.
        """
        with suppress(Trouble):
            at = self.believed_now()
            with self.database.transaction(Changes()) as connection:
                journal.add(connection, at, self.user, action, subject, details)
            return True
        return False

    def _check_clock(self, connection: Connection) -> None:
        last = journal.last_at(connection)
        now = self.now()
        if last and not self.clock_accepted and (now < last.replace(second=0) or now > last + FAR_AHEAD):
            raise ClockWrong(now, last)

    def go_on_with_older(self) -> None:
        """The person at the desk knows that entries are missing: these files are what is here from now on.

        The journal says who, since whoever comes next is not asked any more.
        """
        self.older = None
        self.tell("older_accepted")
        with self.reading() as connection:
            self.remember(connection)

    def remember(self, connection: Connection) -> None:
        """This computer keeps how far the journal goes, and in which folder."""
        found = self.seen_in(connection)
        if found is not None:
            self.see(found)

    def seen_in(self, connection: Connection) -> Seen | None:
        """What this computer is to keep of the shelter, None where it keeps nothing."""
        return seen(connection, self.folder) if self.is_remembered and self.older is None else None

    def see(self, one: Seen) -> None:
        """This computer keeps that the shelter is so."""
        if self.is_remembered:
            last_seen.write(self.shelter, replace(one, moved=self.moved))

    def close(self) -> None:
        """Forget the names and close the file; this computer remembers how far its journal went."""
        if self.database.is_open:
            with suppress(Trouble), self.reading() as connection:
                self.remember(connection)
        self.index = self.flags = None
        self.approvals.clear()
        self.acts.clear()
        self.sealer = self.protection = self.own = self.night = None
        self.database.close()
        self.only_one.release()


def seen(connection: Connection, folder: Path) -> Seen:
    """How far the journal goes. folder: where the file is, or will be."""
    last = journal.last(connection)
    return Seen(last.seq, last.hash.hex(), last.at, str(folder.resolve()))


def _whose(written: Iterable[TrailRow]) -> Iterator[PersonId]:
    """Who may have another name, or be here or gone, by these rows."""
    for one in written:
        for row in (one.before, one.after):
            if row is not None and one.table in ("persons", "stays"):
                yield PersonId(row["person_id"] if one.table == "stays" else one.id)


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Desk, Given], Result]], Callable[Concatenate[Desk, Given], Result]]:
    """Declare what the role must hold for this operation; it is checked here and nowhere else.

    The operation then raises NotAllowed, and Damaged where a cell that somebody wrote past the program broke it.
    """

    def declare(operation: Callable[Concatenate[Desk, Given], Result]) -> Callable[Concatenate[Desk, Given], Result]:
        @wraps(operation)
        def checked(desk: Desk, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            desk.check(permission)
            with desk._explaining():
                return operation(desk, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return declare


def undo(desk: Desk, done: Done) -> None:
    """Take back what was just done, with a line of its own in the journal.

    What came late is taken back for the reason it came with, anything else for the one that is given. Raises
    ChangedSince when the rows were touched since, OverlapRefused when their place is taken, BedHeld or PlacesHeld where
    it is held for an arrival since, NeedsLateReason where a month was closed meanwhile. Where nothing was written
    since, what is held is as it was before.
    """
    late, today = done.late_reason or desk.late_reason, desk.today()
    with desk.because_late(late), desk.writing(UNDO, done.changes, done.subject) as writing:
        writing.details["of"] = done.seq
        held = held_places.read(writing.connection, today)
        is_newest = journal.head(writing.connection)[0] == done.seq
        writing.trail.revert(list(done.written))
        made = ((one.table, one.id) for one in done.written if one.before is None and not one.name)
        named_rows.check_not_named(writing.connection, made)
        if not is_newest:
            held_places.check_not_worse(writing.connection, held, today)
    desk.index = None
    desk.acts[:] = [one for one in desk.acts if one.seq != done.seq]
