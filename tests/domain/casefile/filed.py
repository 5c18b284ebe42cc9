"""Random shelters as a file can hold them, and their rows put into one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import OverlapRefused
from shelter_desk.domain.residents.residents import ALPHABET, check_character, printed
from shelter_desk.domain.stays.stays import Placement
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Move
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import assistance, referrals
from shelter_desk.storage.beds import beds
from shelter_desk.storage.casefile import interviews, legal, minors
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import bed_sharing
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits, stays
from shelter_desk.storage.stock import stock
from tests.domain.reports.shelters import Shelter

# in the order in which they lean on one another
_EMPTIED = (
    tables.tickets,
    tables.asset_events,
    tables.assets,
    tables.settings,
    tables.partners,
    tables.interviews,
    tables.guardians,
    tables.best_interests,
    tables.tracings,
    tables.follow_ups,
    tables.legal_steps,
    tables.exits,
    tables.attendances,
    tables.services,
    tables.activities,
    tables.referrals,
    tables.victim_statuses,
    tables.specific_needs,
    tables.absences,
    tables.placement_reasons,
    tables.placements,
    tables.situations,
    tables.stays,
    tables.profiles,
    tables.persons,
    tables.bed_states,
    tables.bed_rooms,
    tables.beds,
    tables.rooms,
)


def storable(shelter: Shelter) -> Shelter:
    """The same with what no form leaves out: codes that check, a nationality, a situation."""
    shelter.persons = [
        replace(person, code=_code(at), nationality=person.nationality or "ML")
        for at, person in enumerate(shelter.persons)
    ]
    shelter.stays = [replace(stay, migration_situation=stay.migration_situation or "pdi") for stay in shelter.stays]
    # a register tells the states of a bed apart by when they begin, decisions by their day and what was decided
    shelter.states = list({(state.bed, state.start): state for state in shelter.states}.values())
    shelter.statuses = list({(one.stay, one.decided_on, one.victim_status): one for one in shelter.statuses}.values())
    return shelter


def _code(at: int) -> str:
    six = "QQQQQ" + ALPHABET[at]
    return printed(six + check_character(six))


def file(connection: Connection, shelter: Shelter) -> None:
    """Empty the file and write the shelter into it; what the file or the program refuses is taken out of the shelter
    too: two in one bed, a child beside a stranger.
    """
    for table in _EMPTIED:
        connection.execute(table.delete())
    for name, facts, row_of in _lists(shelter):
        table = tables.metadata.tables[name]
        for fact in list(facts):
            try:
                with connection.begin_nested():
                    row = row_of(fact)
                    connection.execute(insert(table).values(id=fact.id, **row))
                    bed_sharing.check(connection, name, fact.id, None, row)
            except (IntegrityError, OverlapRefused):
                facts.remove(fact)
    for activity in shelter.activities:
        for one in activity.staff:
            connection.execute(insert(tables.attendances).values(**assistance.attendance_row(activity.id, one)))
    _file_settings(connection, shelter)


def _file_settings(connection: Connection, shelter: Shelter) -> None:
    """The directory, the sheets of the exits, the toilets and showers."""
    known = shelter.protected
    for name, kind in known.partners.items():
        connection.execute(insert(tables.partners).values(name=name, partner_type=kind))
    stays_kept = {one.id for one in shelter.stays}
    known.sheets[:] = [one for one in known.sheets if one.stay in stays_kept]
    for one in known.sheets:
        decision, handed = "EIS-1" * one.decided, "mere" * one.handed_over
        row = {"stay_id": one.stay, "child_decision_ref": decision, "handed_relation": handed}
        connection.execute(insert(tables.exits).values(**row))
    house = known.sanitation
    for key in ("toilets", "showers", "resident_staff"):
        number = getattr(house, key)
        if number is not None:
            connection.execute(insert(tables.settings).values(key=key, value=str(number)))


def _reason_row(placement: Placement) -> dict[str, Any]:
    return {"placement_id": placement.id, **stays.PLACEMENTS.write_beside(placement)}


def _lists(shelter: Shelter) -> tuple[tuple[str, list[Any], Callable[[Any], dict[str, Any]]], ...]:
    return (
        ("rooms", shelter.rooms, beds.ROOMS.write),
        ("beds", shelter.beds, beds.BEDS.write),
        ("bed_rooms", [one for bed in shelter.beds for one in bed.former], beds.FORMER_ROOMS.write),
        ("bed_states", shelter.states, beds.BED_STATES.write),
        ("persons", shelter.persons, residents.person_row),
        ("profiles", shelter.persons, lambda one: {"person_id": one.id, **residents.PERSONS.write_beside(one)}),
        ("stays", shelter.stays, stays.STAYS.write),
        ("situations", shelter.stays, lambda stay: {"stay_id": stay.id, **stays.STAYS.write_beside(stay)}),
        ("placements", shelter.placements, stays.PLACEMENTS.write),
        ("placement_reasons", [one for one in shelter.placements if one.override_reason], _reason_row),
        ("absences", shelter.absences, stays.ABSENCES.write),
        ("victim_statuses", shelter.statuses, stays.STATUSES.write),
        (stays.TABLE, shelter.needs, stays.NEEDS.write),
        ("activities", shelter.activities, assistance.activity_row),
        ("services", shelter.services, assistance.SERVICES.write),
        ("referrals", shelter.referrals, referrals.REFERRALS.write),
        ("assets", shelter.assets, equipment.ASSETS.write),
        ("asset_events", shelter.asset_events, equipment.EVENTS.write),
        ("tickets", shelter.tickets, equipment.TICKETS.write),
        ("interviews", shelter.protected.interviews, interviews.INTERVIEWS.write),
        ("guardians", shelter.protected.guardians, minors.GUARDIANS.write),
        ("best_interests", shelter.protected.best_interests, minors.BEST_INTERESTS.write),
        ("tracings", shelter.protected.tracings, minors.TRACINGS.write),
        ("follow_ups", shelter.protected.follow_ups, exits.FOLLOW_UPS.write),
        ("legal_steps", shelter.protected.legal_steps, legal.LEGAL_STEPS.write),
    )


Cards = tuple[tuple[Item, ...], tuple[Move, ...]]


def file_store(desk: Desk, cards: Cards) -> None:
    """Empty the store of the file and write these cards into it."""
    with desk.database.transaction(EVERYTHING) as connection:
        file_cards(connection, cards)


def file_cards(connection: Connection, cards: Cards) -> None:
    """The same over an open connection."""
    for key in sorted((row.id for row in connection.execute(tables.stock_moves.select())), reverse=True):
        connection.execute(tables.stock_moves.delete().where(tables.stock_moves.c.id == key))
    connection.execute(tables.stock_items.delete())
    for item in cards[0]:
        connection.execute(insert(tables.stock_items).values(id=item.id, **stock.ITEMS.write(item)))
    for move in cards[1]:
        connection.execute(insert(tables.stock_moves).values(id=move.id, **stock.move_row(connection, move)))
