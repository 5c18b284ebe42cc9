"""An age assessed anew counts from the day of the assessment on; what was held before stands for the days before.

So the months before are read as they were: nothing of a closed month is rewritten (field 2.2).
"""

from dataclasses import replace
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future, check_required_code
from shelter_desk.domain.errors import BadDates, Missing
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Birth, FormerBirth, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.residents import residents
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

BASIS = "age_basis"


def assessed(person: Person, birth: Birth, on: date, basis: str) -> Person:
    """The person as known after the assessment."""
    held = FormerBirth(on, replace(person.birth, former=()), basis)
    return replace(person, birth=replace(birth, former=(*person.birth.former, held.text)))


@needs(Permission.ADMIT)
def assess(
    desk: Desk,
    person_id: PersonId,
    birth: Birth,
    on: date,
    basis: str,
    stay: Stay | None = None,
    reason: str = "",
) -> Done:
    """Write what is held of the birth from that day on. stay: with the situation of the child as it is from now on.

    reason: why a child alone is one no more, which the manager alone says (R-10). Raises Missing, NotInList,
    InTheFuture, BadDates before the assessment of before, SituationRefused.
    """
    check_required_code(BASIS, basis)
    check_not_future(on, desk.today())
    if birth.taken is None:
        raise Missing("birth_date")
    with desk.writing("assess_age", Changes(stays=True, cases=True)) as writing:
        was = stored_residents.person(writing.connection, person_id)
        writing.subject = was.code
        last = max((one.until for one in was.birth.formers), default=None)
        if last is not None and on <= last:
            raise BadDates(plain(last), plain(on))
        new = assessed(was, birth, on, basis)
        if residents.check_situations(desk, writing.connection, new, stay, reason):
            writing.details["reason"] = reason.strip()
        stored_residents.change(writing.trail, new)
        if stay is not None:
            old = stored_stays.stay(writing.connection, stay.id)
            stored_stays.change(writing.trail, replace(old, child_status=stay.child_status))
    return writing.done
