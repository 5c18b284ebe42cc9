"""Red flags of the house, of a person and of a month; settling them with a reason; what is beside words being typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import ChangedSince, NotAllowed, NotInList, SealsAltered
from shelter_desk.domain.flags import engine
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.flags.text import TextDoubt, doubts, doubts_of_leaving
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents.duplicates import alike_to
from shelter_desk.operations.residents.residents import names_index
from shelter_desk.storage.casefile import flags as stored_flags
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.casefile.settled_flags import SettledFlag
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays
from shelter_desk.system import collecting

TOPICS = Changes(cases=True)
LONGEST_SNOOZE = 90  # days


@dataclass(frozen=True, slots=True)
class SettledOutcome:
    """A flag that is not shown, why, and who said so.

    flag: None where its facts changed since, so that it would not be shown anyway; code: of the person it was about,
    "" where it was about a night or the house.
    """

    id: int
    rule: str
    flag: Flag | None
    code: str
    person: PersonId | None
    reason: str
    by: str
    at: datetime
    until: date | None


@needs(Permission.SEE_BEDS)
def of_house(desk: Desk) -> list[Flag]:
    """What the rules say now, the most urgent first; settled flags and those of what this role may not see left out."""
    found = _found(desk)
    with desk.reading() as connection:
        return _shown(desk, connection, found)


@needs(Permission.SEE_BEDS)
def are_worked_out(desk: Desk) -> bool:
    """Whether `of_house` has its answer at hand; else it takes some 0.1 s."""
    return desk.flags is not None and desk.flags[0] == _asked(desk)


@needs(Permission.SEE_BEDS)
def of_person(desk: Desk, person: PersonId) -> list[Flag]:
    """The same of one person, the stay that is under way and those that ended in the last twelve months."""
    return [one for one in of_house(desk) if one.person == person]


@needs(Permission.SEE_BEDS)
def said_last(desk: Desk, person: PersonId) -> list[Flag]:
    """The same as the rules said it last, which takes no time: what was written or passed since is not in it."""
    found = () if desk.flags is None else desk.flags[1]
    with desk.reading() as connection:
        return _shown(desk, connection, [one for one in found if one.person == person])


@needs(Permission.REPORT_SEE)
def of_month(desk: Desk, period: Period) -> list[Flag]:
    """What is to be settled before that month is closed; takes a while. Raises PeriodNotBegun."""
    period = period.over_by(desk.today())
    with desk.reading() as connection:
        house = stored_flags.house(connection, desk.now(), desk.protection, period)
        return _shown(desk, connection, engine.of_month(house, period))


def _found(desk: Desk) -> Sequence[Flag]:
    """What the rules say; worked out once for all who ask in the same minute, until something is written."""
    asked, found = _asked(desk), desk.flags
    if found is None or found[0] != asked:
        with desk.reading() as connection, collecting.held_back():
            alike = _alike_of(desk, connection)
            asked = asked[0], *_asked(desk)[1:]  # the names may be opened by now
            house = stored_flags.house(connection, desk.now(), desk.protection, alike=alike)
            found = desk.flags = asked, engine.flags(house)
    return found[1]


def _asked(desk: Desk) -> tuple[object, ...]:
    return desk.database.commits, desk.now(), desk.role, desk.index is None, desk.protection is None


def _alike_of(desk: Desk, connection: Connection) -> stored_flags.Alike | None:
    """Names that sound the same (R-02), once the search has opened the names; not before, since that takes a while.

    Who was admitted at night was compared with nobody: then they are opened, and compared as at an admission.
    """
    if not desk.may(Permission.SEE_NAMES) or desk.sealer is None:
        return None
    at_night = journal.provisional_since(connection, desk.today() - stored_flags.ASKED_IF_KNOWN)
    index = names_index(desk) if at_night else desk.index
    if index is None:
        return None

    def alike(people: Iterable[PersonId]) -> Mapping[PersonId, set[PersonId]]:
        found = {person: index.same_sounds(person) for person in people}
        for person in filter(None, (residents.by_code(connection, code) for code in at_night)):
            if person in found:
                with suppress(SealsAltered):  # whose name opens no more is told where names are opened
                    found[person] |= {one.person.id for one in alike_to(desk, connection, person)}
        return {person: others for person, others in found.items() if others}

    return alike


def _shown(desk: Desk, connection: Connection, found: Sequence[Flag]) -> list[Flag]:
    hidden = {(one.rule, one.subject) for one in settled_flags.hiding(connection, desk.today())}
    seen = [one for one in found if desk.may(Permission(rules()[one.rule].seen_by))]
    if not night_reception.opens_files(desk):
        here = night_reception.here_tonight(desk, connection)
        seen = [one for one in seen if one.person is None or one.person in here]
    return [one for one in seen if (one.rule, one.subject) not in hidden]


def may_accept(desk: Desk, flags: Iterable[Flag]) -> bool:
    """Whether this role may accept these for good: what blocks elsewhere, a manager alone."""
    return desk.may(Permission.OVERRIDE_RULE) or all(one.level != "B" for one in flags)


@needs(Permission.CASE_EDIT)
def settle(desk: Desk, flags: Sequence[Flag], reason: str, until: date | None = None) -> Done:
    """Hide these until that day, or accept them for good where there is none; in one act, with the reason.

    until: the first day on which they are shown again, at most 90 days away. Raises Missing without a reason, NotInList
    for a day, NotAllowed for somebody else than a manager who accepts what blocks.
    """
    check_given("reason", reason.strip())
    if until is not None and not desk.today() < until <= desk.today() + timedelta(days=LONGEST_SNOOZE):
        raise NotInList("until", until.isoformat())
    if until is None and not may_accept(desk, flags):
        raise NotAllowed(Permission.OVERRIDE_RULE.value)
    with desk.writing("settle_flag", TOPICS) as writing:
        for one in flags:
            keep(desk, writing, SettledFlag(0, one.rule, one.subject, desk.now(), reason.strip(), desk.user, until))
        codes = sorted({one.code for one in flags if one.code})
        writing.subject = next(iter(codes), "")
        if len(codes) > 1:
            writing.details["together"] = codes
    return writing.done


@needs(Permission.CASE_EDIT)
def keep(desk: Desk, writing: Writing, settled: SettledFlag) -> None:
    """Write it down inside an act, its reason sealed."""
    protection = desk.key_of_protection(Permission.CASE_EDIT)
    key = writing.trail.add(settled_flags.TABLE, settled_flags.row(settled))
    sealed = settled_flags.sealed(writing.connection, protection, key, settled.subject, settled.reason)
    writing.trail.change(settled_flags.TABLE, key, sealed)


@needs(Permission.CASE_SEE)
def settled(desk: Desk) -> list[SettledOutcome]:
    """The flags that are settled now, latest first."""
    found = _found(desk)
    with desk.reading() as connection:
        kept = settled_flags.hiding(connection, desk.today())
        now = {(one.rule, one.subject): one for one in found}
        users = settings.user_names(connection)
        persons = _persons_of(connection, kept)
        reasons = {one.id: settled_flags.reason(connection, desk.protection, one) for one in kept}
    return [
        SettledOutcome(
            one.id,
            one.rule,
            now.get((one.rule, one.subject)),
            *persons.get(one.subject, ("", None)),
            reasons[one.id],
            users.get(one.by, "") if one.by is not None else "",
            one.settled_at,
            one.until,
        )
        for one in kept
    ]


def _persons_of(connection: Connection, kept: Iterable[SettledFlag]) -> dict[str, tuple[str, PersonId | None]]:
    """The code and the person that each subject speaks of."""
    of_stays = {one.subject: stay for one in kept if (stay := settled_flags.stay_of(one.subject)) is not None}
    whose = stays.persons_of(connection, of_stays.values())
    people = residents.persons(connection, set(whose.values()))
    known = {subject: whose[stay] for subject, stay in of_stays.items() if stay in whose}
    return {subject: (people[person].code, person) for subject, person in known.items()}


@needs(Permission.CASE_EDIT)
def bring_back(desk: Desk, settled: int) -> Done:
    """Show a settled flag again from now on. Raises ChangedSince where it was brought back already."""
    with desk.writing("bring_back_flag", TOPICS) as writing:
        kept = settled_flags.FLAGS.one_or_none(writing.connection, settled)
        if kept is None:
            raise ChangedSince("settled_flags")
        writing.trail.remove("settled_flags", settled)
        code, _ = _persons_of(writing.connection, [kept]).get(kept.subject, ("", None))
        writing.subject = code
    return writing.done


def beside(desk: Desk, typed: str) -> list[TextDoubt]:
    """What may not belong into open words (R-34): a name in the file, a telephone number, what is never recorded.

    The names are those of the search, opened at the first one; a role that may not read names is told of none.
    """
    return doubts(typed, _knows(desk))


def in_leaving(desk: Desk, typed: str, k: int) -> list[TextDoubt]:
    """What may not leave in open words, as of `beside`, with codes, ages and numbers below `k`."""
    return doubts_of_leaving(typed, _knows(desk), k)


def _knows(desk: Desk) -> Callable[[str], bool]:
    index = names_index(desk)
    return index.knows if index is not None else lambda _word: False
