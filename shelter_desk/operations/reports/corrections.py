"""What a correction, or a decision, would change in reports, before it is saved."""

from shelter_desk.domain.reports import corrected
from shelter_desk.domain.reports.corrected import Shift
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay, VictimStatus
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@needs(Permission.ADMIT)
def shifts(desk: Desk, person: Person, stay: Stay | None = None) -> list[Shift]:
    """What saving this person, and this stay of the person, moves in months that are over."""
    with desk.reading() as connection:
        before = stored_residents.person(connection, person.id)
        stays = stored_stays.of_person(connection, person.id)
        statuses = stored_stays.statuses(connection, [one.id for one in stays])
    pairs = [(one, stay if stay is not None and stay.id == one.id else one) for one in stays]
    return corrected.shifts((before, person), pairs, statuses, desk.today())


@needs(Permission.DECIDE_STATUS)
def shifts_of_decision(desk: Desk, decision: VictimStatus) -> list[Shift]:
    """What this decision moves in months that are over."""
    with desk.reading() as connection:
        person = stored_residents.person(connection, stored_stays.stay(connection, decision.stay).person)
        stays = stored_stays.of_person(connection, person.id)
        statuses = stored_stays.statuses(connection, [one.id for one in stays])
    decided = {**statuses, decision.stay: (*statuses.get(decision.stay, ()), decision)}
    return corrected.shifts((person, person), [(one, one) for one in stays], statuses, desk.today(), decided)
