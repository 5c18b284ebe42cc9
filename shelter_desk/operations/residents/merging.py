"""One person, one file: two files compared side by side, made one, parted again while nobody wrote in it since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.checks import check_code
from shelter_desk.domain.consent import consents as consent_rules
from shelter_desk.domain.errors import Damaged, NoSuch, RuleBroken, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.categories import nights
from shelter_desk.domain.residents import merging as rules
from shelter_desk.domain.residents.merging import ComparedValue, Side, Stricter
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import FIRST, Stay, came_again
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import TrailRow
from shelter_desk.storage.merging import merging as stored_merging
from shelter_desk.storage.merging.merging import KeptForUndo, Merge, PersonKeys
from shelter_desk.storage.reports import late_facts as stored_late_facts
from shelter_desk.storage.residents import contact_risks as stored_contact_risks
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.residents import search
from shelter_desk.storage.stays import stays as stored_stays

TOPICS = replace(EVERYTHING, settings=False, rooms=False)
DOUBLE = "doublon"  # why facts of closed months move, where nothing else is said
NO_NAMES = Names()
AS_PROPOSED: Mapping[str, Side] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FileOf:
    """One of the two files. stays: those that are not void, in order; rows: how many of each table hang on it."""

    person: Person
    has_name: bool
    stays: tuple[Stay, ...]
    nights: int
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side. values: what is chosen, names apart.

    letters: how many letters the names are apart, None where one is not known; names_proposed: whose are fuller, None
    where they are the same. sound_alike: they are heard as the same words. age_differs: years, None where one is not
    known; is_near: within those of R-02. said_apart: somebody said that these are two persons.
    refused: what keeps them apart for now; None where they can be one. asks_reason: a child alone is one no more by it,
    and who compares may say why (R-10). months: closed months that it concerns.
    """

    kept: FileOf
    other: FileOf
    values: tuple[ComparedValue, ...]
    letters: int | None
    names_proposed: Side | None
    sound_alike: bool
    age_differs: int | None
    is_near: bool
    said_apart: bool
    consents: tuple[Stricter, ...]
    refused: RuleBroken | None
    months: tuple[Period, ...]
    asks_reason: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether the stays of both files were compared and do not touch."""
        return self.refused is None or isinstance(self.refused, SituationRefused)


@dataclass(frozen=True, slots=True)
class Merged:
    """Two files that became one. to_tell: recipients of a consent that is taken back by it, who got data under it."""

    code: str
    former: str
    done: Done
    to_tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeStanding:
    """A code that answers for a file since two became one. may_undo: the last one, and nothing was written since."""

    merge: Merge
    code: str
    by: str
    may_undo: bool


@needs(Permission.ADMIT)
def compare(desk: Desk, kept: PersonId, other: PersonId, sides: Mapping[str, Side] = AS_PROPOSED) -> Comparison:
    """What differs; no name is shown, how far they are apart is. sides: as `merge`, of which refusal and months hang.

    Raises OneFileAlready, NotAllowed, SealsAltered.
    """
    sealer = _key_of_names(desk)
    with desk.reading() as connection:
        mine, theirs = _file(desk, connection, kept), _file(desk, connection, other)
        if kept == other:
            raise rules.OneFileAlready(mine.person.code)
        called, also = (stored_residents.name(connection, sealer, key) for key in (kept, other))
        near = setting_rules.whole(stored_settings.read(connection), "alike_age_years")
        said_apart = (min(kept, other), max(kept, other)) in stored_residents.are_not_same(connection)
        consents = _stricter(desk, connection, kept, other)
        person = rules.chosen(mine.person, theirs.person, sides)
        refused = _refusal(desk, connection, mine.person, theirs.person, person)
        months = _months(connection, mine.person, theirs.person, person)
    ages = [one.person.birth.age(desk.today()) for one in (mine, theirs)]
    apart = None if None in ages else abs((ages[0] or 0) - (ages[1] or 0))
    asks_reason = (
        desk.may(Permission.OVERRIDE_RULE) and isinstance(refused, SituationRefused) and refused.why == "alone"
    )
    return Comparison(
        mine,
        theirs,
        tuple(rules.compared(mine.person, theirs.person)),
        rules.apart_by(called, also, search.letters_apart),
        None if called == also else rules.proposed(called, also),
        rules.sound_alike(called, also),
        apart,
        apart is None or apart <= near,
        said_apart,
        consents,
        None if asks_reason else refused,
        months,
        asks_reason,
    )


def _key_of_names(desk: Desk) -> Sealer:
    """What opens names, for a role that may see any of them. Raises NotAllowed."""
    desk.check(Permission.SEE_NAMES)
    return desk.key_of_names()


def _stricter(desk: Desk, connection: Connection, kept: PersonId, other: PersonId) -> tuple[Stricter, ...]:
    mine, theirs = (stored_referrals.consents(connection, key) for key in (kept, other))
    return tuple(rules.stricter(mine, theirs, desk.today()))


def _file(desk: Desk, connection: Connection, key: PersonId) -> FileOf:
    stays = tuple(one for one in stored_stays.of_person(connection, key) if not one.is_void)
    slept = sum(nights(one, one.exited_at.date() if one.exited_at else desk.today()) for one in stays)
    has_name = stored_residents.has_name(connection, key)
    person = stored_residents.person(connection, key)
    return FileOf(person, has_name, stays, slept, stored_merging.counted(connection, key))


def _months(connection: Connection, kept: Person, other: Person, made: Person) -> tuple[Period, ...]:
    """The closed months of which the merge moves something, from the rows that it will write. made: who goes on."""
    moved = stored_merging.named_rows(connection, other.id, kept.id)
    written = list(stored_merging.foreseen(connection, moved, kept.id))
    rows_of = {"persons": stored_residents.person_row, "profiles": stored_residents.PERSONS.write_beside}
    for table, row_of in rows_of.items():  # of the stays of both
        written += [TrailRow(table, one.id, row_of(kept), row_of(made)) for one in (kept, other)]
    every = [stay for one in (kept, other) for stay in stored_stays.of_person(connection, one.id)]
    for again in came_again(replace(stay, person=kept.id) for stay in every):
        row = stored_stays.STAYS.write(again)
        written.append(TrailRow("stays", again.id, {**row, "entry_kind": FIRST}, row))
    return stored_late_facts.concerned(connection, written).months


def _refusal(desk: Desk, connection: Connection, kept: Person, other: Person, made: Person) -> RuleBroken | None:
    try:
        _check(desk, connection, kept, other, made)
    except RuleBroken as refused:
        return refused
    return None


def _check(desk: Desk, connection: Connection, kept: Person, other: Person, made: Person, reason: str = "") -> bool:
    """Whether a child alone is one no more once two files are one, which they may become now. made: who goes on.

    Raises NamesGone, MustNotMeet, OfOneFamily, StaysOverlap, SituationRefused.
    """
    erased = stored_residents.erased_codes(connection)
    gone = [one.code for one in (kept, other) if one.code in erased]
    if gone:
        raise rules.NamesGone(gone[0])
    for risk in stored_contact_risks.of_person(connection, kept.id):
        if {risk.person, risk.other} == {kept.id, other.id} and risk.holds(desk.today()):
            raise rules.MustNotMeet(kept.code, other.code)
    mine, theirs = (stored_stays.of_person(connection, one.id) for one in (kept, other))
    rules.check_stays(kept, mine, other, theirs)
    return residents.check_situations(desk, connection, made, None, reason, merged=other.id)


@needs(Permission.ADMIT)
def merge(
    desk: Desk, kept: PersonId, other: PersonId, sides: Mapping[str, Side], cause: str, reason: str = ""
) -> Merged:
    """Make one file of two: all that hangs on the other goes on under the code kept, and both codes answer.

    sides: whose value is kept, by what it is chosen of (`CHOSEN`, `NAMES`), as proposed where nothing is said. The
    stricter of two consents is kept. Closed months keep their figures and wait for a correction; the reason is
    `doublon` unless another one is given. reason: why a child alone is one no more, which the manager alone says
    (R-10); kept in the journal. Raises NotInList for a cause, NoSuch for a code that is no file of its own,
    OneFileAlready, NamesGone, MustNotMeet, OfOneFamily, StaysOverlap, SituationRefused, SealsAltered, NotAllowed.
    """
    check_code(rules.CAUSES, cause)
    sealer = _key_of_names(desk)
    desk.check(Permission.CASE_EDIT)
    late = desk.late_reason or DOUBLE
    with desk.because_late(late), desk.writing("merge_persons", TOPICS) as writing:
        connection = writing.connection
        mine, theirs = (stored_residents.person(connection, key) for key in (kept, other))
        if kept == other:
            raise rules.OneFileAlready(mine.code)
        for person in (mine, theirs):
            if stored_residents.by_code(connection, person.code) != person.id:
                raise NoSuch("person", person.code)
        own = _taker(desk, connection, kept, "words")
        made = rules.chosen(mine, theirs, sides)
        if _check(desk, connection, mine, theirs, made, reason):
            writing.details["reason"] = reason.strip()
        changed = [one for each in _stricter(desk, connection, kept, other) for one in each.changed]
        names = _write_person(writing, sealer, made, theirs, sides)
        for one in changed:
            writing.trail.change("consents", one.id, stored_referrals.CONSENTS.write(one))
        moved = stored_merging.named_rows(connection, other, kept)
        giver = _keys(desk, connection, other)
        stored_merging.hand_over(writing.trail, moved, kept, giver, lambda kind: _taker(desk, connection, kept, kind))
        writing.trail.change("persons", other, {"merged_into": kept})
        for stay in came_again(stored_stays.of_person(connection, kept)):
            writing.trail.change("stays", stay.id, {"entry_kind": stay.entry_kind})
        done = Merge(0, kept, other, desk.now(), cause, desk.user, late, stored_merging.digest(connection, kept))
        stored_merging.keep(writing.trail, done, moved, own)
        writing.subject = mine.code
        writing.details |= {"merged": theirs.code, "duplicate_cause": cause}
        to_tell = _to_tell(connection, changed, kept)
    if desk.index is not None:
        desk.index.put(other, NO_NAMES)
        desk.index.put(kept, names)
    return Merged(mine.code, theirs.code, writing.done, to_tell)


def _write_person(writing: Writing, sealer: Sealer, made: Person, theirs: Person, sides: Mapping[str, Side]) -> Names:
    """The values of who goes on, and the names; they are given back."""
    connection = writing.connection
    known, others = (stored_residents.name(connection, sealer, one.id) for one in (made, theirs))
    side = sides.get(rules.NAMES, rules.proposed(known, others))
    names = rules.joined_names(known, others, side)
    stored_residents.change(writing.trail, made)
    if names != known:
        seal = stored_residents.seal_of(connection, made.id)
        writing.trail.change("persons", made.id, stored_residents.sealed_names(sealer, made.id, names, seal))
    return names


def _keys(desk: Desk, connection: Connection, person: PersonId) -> PersonKeys:
    seal = stored_residents.seal_of(connection, person)
    names = None if seal is None else desk.key_of_names().of_row("persons", person, seal)
    protection = desk.key_of_protection(Permission.CASE_EDIT)
    return PersonKeys(names, stored_residents.opener_of(connection, protection, person))


def _taker(desk: Desk, connection: Connection, person: PersonId, kind: str) -> Sealer:
    """What seals the names around a person, or the words; made at the first of them."""
    if kind == "names":
        return stored_residents.identity_of(connection, desk.key_of_names(), person)
    return stored_residents.protection_of(connection, desk.key_of_protection(Permission.CASE_EDIT), person)


def _to_tell(connection: Connection, changed: Iterable[Consent], person: PersonId) -> tuple[str, ...]:
    referred = stored_referrals.of_person(connection, person)
    taken_back = [one for one in changed if one.status == "retire"]
    return tuple(dict.fromkeys(name for one in taken_back for name in consent_rules.to_be_told(one, referred)))


# Parted again ---------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def merges_of(desk: Desk, person: PersonId) -> list[MergeStanding]:
    """The codes that answer for that file beside its own, the last first."""
    with desk.reading() as connection:
        found = stored_merging.of_person(connection, person)
        users = stored_settings.user_names(connection)
        return [
            MergeStanding(
                one,
                stored_residents.code(connection, one.other),
                users.get(one.merged_by, "") if one.merged_by is not None else "",
                place == 0 and stored_merging.is_untouched(connection, one),
            )
            for place, one in enumerate(found)
        ]


@needs(Permission.ADMIT)
def undo_merge(desk: Desk, person: PersonId) -> Done:
    """Part the two files that became one last, as they were.

    Raises EditedSince, NoSuch where nothing was merged, SealsAltered where somebody wrote into what was kept of it.
    """
    _key_of_names(desk)
    desk.check(Permission.CASE_EDIT)
    with desk.reading() as connection:
        found = stored_merging.of_person(connection, person)
        code = stored_residents.code(connection, person)
    if not found:
        raise NoSuch("person", code)
    one = found[0]
    with desk.because_late(desk.late_reason or one.late_reason), desk.writing("undo_merge", TOPICS, code) as writing:
        connection = writing.connection
        if not stored_merging.is_untouched(connection, one):
            raise rules.EditedSince(code)
        kept = _kept_for_undo(desk, connection, one, code)
        stored_merging.hand_over(
            writing.trail,
            kept.moved,
            one.other,
            _keys(desk, connection, person),
            lambda kind: _taker(desk, connection, one.other, kind),
        )
        for table, key, former in kept.former:
            writing.trail.change(table, key, former)
        parted = stored_merging.ROWS.write(replace(one, undone_at=desk.now(), undone_by=desk.user))
        writing.trail.change(stored_merging.MERGES, one.id, parted)
        writing.details["parted"] = stored_residents.code(connection, one.other)
    desk.index = None
    return writing.done


def _kept_for_undo(desk: Desk, connection: Connection, one: Merge, code: str) -> KeptForUndo:
    try:
        kept = stored_merging.kept_for_undo(connection, one.id, _taker(desk, connection, one.person, "words"))
    except Damaged as error:
        raise SealsAltered((code,)) from error
    if kept.merge != stored_merging.ROWS.write(one):
        raise SealsAltered((code,))
    return kept


# Who may be the same --------------------------------------------------------------------------------------------------


@needs(Permission.ADMIT)
def likely(desk: Desk, person: PersonId) -> list[duplicates.Likeness]:
    """Who may be the same as somebody (R-02), nearest first; the name is compared and not shown."""
    _key_of_names(desk)
    with desk.reading() as connection:
        return duplicates.alike_to(desk, connection, person)


@needs(Permission.ADMIT)
def say_apart(desk: Desk, one: PersonId, other: PersonId) -> None:
    """These are two persons: nobody asks again; no undo takes it back, a merge may. Raises OneFileAlready."""
    with desk.writing("not_same", Changes(stays=True, cases=True)) as writing:
        codes = [stored_residents.code(writing.connection, key) for key in (one, other)]
        if one == other:
            raise rules.OneFileAlready(codes[0])
        stored_residents.say_not_same(writing.connection, one, other)
        writing.subject = codes[0]
        writing.details["not_same"] = [other]
        writing.details["other"] = codes[1]
