"""Families with their days: who joins whose family, leaves it or answers for it, from a day on.

The days before stay as they were, so that months before are read as they were (field 4.2).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future, check_optional_code
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.families import (
    BASIS,
    LINK,
    FamilyChange,
    FamilyRefused,
    WhyNoFamily,
    in_charge_of,
    is_head_from,
    rejoined,
)
from shelter_desk.domain.stays.regrouping import Regrouping
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

FAMILIES = Changes(stays=True, cases=True)


@dataclass(frozen=True, slots=True)
class Around:
    """Who is here beside somebody on a day, each with their family then, in order of their codes.

    heads: who may answer for a family. family: who is of theirs; before: who was once in the care of the same person,
    by whatever stay, and is not now.
    """

    heads: tuple[tuple[Stay, Person], ...]
    family: tuple[tuple[Stay, Person], ...]
    before: tuple[tuple[Stay, Person], ...]


@needs(Permission.ADMIT)
def around(desk: Desk, stay_id: StayId, day: date) -> Around:
    """Whose family a stay may join on that day, and who may go along with it."""
    with desk.reading() as connection:
        mine = stored_stays.stay(connection, stay_id)
        others = [one for one in stored_stays.on(connection, day) if one.id != stay_id]
        persons = stored_residents.persons(connection, {one.person for one in others})
        own = stored_stays.stays_of(connection, mine.person)
        charges = {one.id for one in stored_stays.families_of(connection, own)}
    here = sorted(((one, persons[one.person]) for one in others), key=lambda pair: pair[1].code)
    family = tuple(pair for pair in here if pair[0].family_on(day) == mine.family_on(day))
    return Around(
        tuple(pair for pair in here if pair[0].head_on(day) is None or pair in family),
        family,
        tuple(pair for pair in here if pair[0].id in charges and pair not in family),
    )


@needs(Permission.ADMIT)
def once_in_care(desk: Desk, person: PersonId, day: date) -> tuple[tuple[Stay, Person], ...]:
    """Who is here on that day and was in the care of that person, by whatever stay, in order of their codes."""
    with desk.reading() as connection:
        own = stored_stays.stays_of(connection, person)
        charges = {one.id for one in stored_stays.families_of(connection, own)}
        found = [one for one in stored_stays.on(connection, day) if one.id in charges and one.person != person]
        persons = stored_residents.persons(connection, {one.person for one in found})
    return tuple(sorted(((one, persons[one.person]) for one in found), key=lambda pair: pair[1].code))


@needs(Permission.ADMIT)
def regroup(desk: Desk, day: date, changes: Sequence[FamilyChange]) -> Done:
    """Let these stays belong to other families from that day on, all or none of them.

    Of a stay that stays in its family only the link is written anew. Raises InTheFuture, NotInList, OutsideStay,
    BadDates for a day before the last change of a stay, FamilyRefused.
    """
    check_not_future(day, desk.today())
    for one in changes:
        check_optional_code(LINK, one.link)
        check_optional_code(BASIS, one.basis)
    with desk.writing("regroup", FAMILIES) as writing:
        write(writing, day, changes)
    return writing.done


@needs(Permission.ADMIT)
def change(desk: Desk, day: date, asked: Regrouping) -> Done:
    """Let a stay and who goes along belong to another family from that day on; raises as `regroup`."""
    with desk.reading() as connection:
        mine = stored_stays.stay(connection, asked.stay)
        family = stored_stays.household(connection, mine.family_on(day), day)
    here = [one for one in family if one.covers(day)]
    return regroup(desk, day, asked.changes(mine, here, day))


def write(writing: Writing, day: date, changes: Sequence[FamilyChange]) -> None:
    """The same inside another act, whose subject stays; raises as `regroup`."""
    if not changes:
        return
    connection, subject = writing.connection, writing.subject
    after: dict[StayId, Stay] = {}
    codes = []
    for one in changes:
        was = person_acts.subject(writing, one.stay)
        codes.append(writing.subject)
        after[one.stay] = rejoined(was, day, one)
    for stay in after.values():
        _check(connection, stay, after, day)
    for stay in after.values():
        stored_stays.change(writing.trail, stay)
    writing.subject = subject or codes[0]
    if len(codes) > 1 and not subject:
        writing.details["together"] = codes


def join_again(writing: Writing, day: date, head: Stay, members: Sequence[StayId]) -> None:
    """Those in the care of a person before belong to their new stay, as what they were; raises as `regroup`."""
    own = set(stored_stays.stays_of(writing.connection, head.person))
    asked = []
    for key in members:
        before = [one for one in stored_stays.stay(writing.connection, key).memberships if one.head in own]
        link, basis = (before[-1].link, before[-1].basis) if before else ("", "")
        asked.append(FamilyChange(key, head.id, link, basis))
    write(writing, day, asked)


def entrust(writing: Writing, day: date, gone: Collection[StayId], carer: StayId) -> None:
    """Those in the care of who leaves on that day go on with the carer, who may be one of them; raises as `regroup`."""
    connection = writing.connection
    every = [one for key in gone for one in stored_stays.household(connection, key, day) if one.id not in gone]
    staying = [one.id for one in every if one.covers(day)]
    to = {key: None if key == carer else carer for key in staying}
    ordered = sorted(to.items(), key=lambda item: item[1] is not None)
    write(writing, day, [FamilyChange(key, head) for key, head in ordered])


def _check(connection: Connection, stay: Stay, after: Mapping[StayId, Stay], day: date) -> None:
    """Raises FamilyRefused."""
    if stay.head is None:
        return
    if stay.head == stay.id:
        raise _refused(connection, stay, "itself", stay)
    head = after.get(stay.head) or stored_stays.stay(connection, stay.head)
    if head.is_void or not head.covers(day):
        raise _refused(connection, stay, "away", head)
    if not is_head_from(head, day):
        raise _refused(connection, stay, "joins", head)
    household = [after.get(one.id, one) for one in stored_stays.families_of(connection, [stay.id])]
    for other in in_charge_of(stay, household, day):
        raise _refused(connection, stay, "heads", other)


def _refused(connection: Connection, stay: Stay, why: WhyNoFamily, other: Stay) -> FamilyRefused:
    return FamilyRefused(_code(connection, stay), why, _code(connection, other))


def _code(connection: Connection, stay: Stay) -> str:
    return stored_residents.code(connection, stay.person)
