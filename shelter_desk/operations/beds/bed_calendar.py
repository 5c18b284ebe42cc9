"""The calendar of the beds: the house over some nights, read at once."""

from dataclasses import replace
from datetime import date

from shelter_desk.domain.beds.calendar import BedCalendar, CalendarFacts, arranged
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds as stored_held_beds
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@needs(Permission.SEE_BEDS)
def calendar(desk: Desk, nights: Period) -> BedCalendar:
    """Rooms and beds over these nights; as many questions to the file whatever the number of beds and nights.

    A role that opens no file sees none before those whose roll is called, and of a stay and a person nothing of the
    file. Raises NotAllowed where it may see none of them.
    """
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, nights.last)
        opens = night_reception.opens_files(desk)
        shown = nights
        if not opens:
            shown = Period(max(nights.first, night_reception.nights_called(desk, connection)[0]), nights.last)
        facts = _facts(connection, shown, desk.today())
    return arranged(facts if opens else _bare(facts), shown, desk.today())


def _facts(connection: Connection, nights: Period, today: date) -> CalendarFacts:
    """Of what was held only what holds still."""
    after = nights.last + ONE_DAY
    stays = stored_stays.between(connection, nights.first, after)
    keys = [stay.id for stay in stays]
    held = [one for one in stored_held_beds.between(connection, nights.first, after) if one.holds(today)]
    return CalendarFacts(
        stored_beds.rooms(connection),
        stored_beds.beds(connection),
        stored_beds.states(connection),
        stays,
        stored_residents.persons(connection, {stay.person for stay in stays}),
        stored_stays.placements(connection, keys),
        stored_stays.absences(connection, keys),
        sorted(held, key=lambda one: (one.first, one.id)),
    )


def _bare(facts: CalendarFacts) -> CalendarFacts:
    """Who is here and where, and nothing of the file."""
    return replace(
        facts,
        stays=[night_reception.bare_stay(stay) for stay in facts.stays],
        persons={key: night_reception.bare_person(one) for key, one in facts.persons.items()},
        placements={
            key: tuple(map(night_reception.bare_placement, several)) for key, several in facts.placements.items()
        },
    )
