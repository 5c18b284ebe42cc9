"""Held beds in words: who is expected, until when, what became of it, what is refused."""

from collections.abc import Iterable
from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.beds.held_beds import (
    BedHeld,
    HeldBed,
    HeldGone,
    HeldOver,
    HeldState,
    HeldTooLong,
    NotEnoughBeds,
    PlacesHeld,
    RoomHeld,
)
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.words import formats, place_requests
from shelter_desk.words.refusals.errors import Sentences


def actions() -> dict[str, str]:
    """What is done with held beds, as the journal says it."""
    return {
        "hold_bed": words.text("Bed held for an arrival"),
        "change_held_bed": words.text("Held bed changed"),
        "cancel_held_bed": words.text("Held bed given up"),
    }


def columns() -> dict[str, str]:
    """What the columns of a held bed are called, in forms and in the journal."""
    return {
        "held_no": words.text("Number of the held bed"),
        "places": words.text("Places held"),
        "expected_on": words.text("Arrival expected on"),
        "held_from": words.text("Held from the night of"),
        "held_to": words.text("Held no more on"),
        "held_until": words.text("Held until the night of"),
        "end_reason": words.text("Why it is given up"),
        "ended_on": words.text("Given up on"),
    }


def state(one: HeldBed, today: date) -> str:
    """What became of it, in a word or two."""
    told: dict[HeldState, str] = {
        "held": words.text("Bed held"),
        "late": words.text("Arrival late"),
        "arrived": words.text("Arrived"),
        "cancelled": words.text("Given up"),
        "lapsed": words.text("Lapsed"),
    }
    return told[one.state(today)]


def who(groups: Iterable[Group]) -> str:
    """Who is expected, by sex and age: `1 F 18–59 ans, 2 M 0–4 ans`."""
    return place_requests.of_groups(groups)


def until(one: HeldBed) -> str:
    """Until which night it is held, that night too."""
    return words.text("until the night of {day}").format(day=formats.short_day(one.last))


def place(code: str, one: HeldBed) -> str:
    """`Lit 1F`, or `2 places, chambre 4`."""
    if one.bed is not None:
        return words.text("Bed {bed}").format(bed=code)
    places = words.count("{n} place", "{n} places", one.places)
    return words.text("{places}, room {room}").format(places=places, room=code)


def told(one: HeldBed, today: date) -> str:
    """What became of it, with its day: the note that stays when it has lapsed."""
    state_now = one.state(today)
    if state_now == "cancelled" and one.ended_on is not None:
        sentence = words.text("Given up on {day}: {reason}")
        return sentence.format(day=formats.day(one.ended_on), reason=reason(one.end_reason))
    if state_now == "arrived":
        return words.text("Arrived on {day}.").format(day=formats.day(one.arrived[-1].on))
    if state_now == "lapsed":
        sentence = words.text("Lapsed on {day}: nobody came until then.")
        if one.arrived:
            sentence = words.text("Lapsed on {day}: not everybody came until then.")
        return sentence.format(day=formats.day(one.after))
    if state_now == "late":
        return words.text("Expected on {day}, not here yet.").format(day=formats.day(one.expected_on))
    return words.text("Expected on {day}.").format(day=formats.day(one.expected_on))


def reason(typed: str) -> str:
    """Why it was given up, in the words typed, or by the outcome of its request."""
    if not codes.is_code("request_outcome", typed):
        return typed
    return words.text("request {outcome}").format(outcome=words.label("request_outcome", typed).lower())


def blocked_by(told: str, short: int | None) -> str:
    """Who has the bed, by code, or the state that takes it out of use; of a room how many beds are free."""
    if short is not None:
        return words.count("{n} free bed", "{n} free beds", short)
    return words.label("bed_state", told) if codes.is_code("bed_state", told) else told


SENTENCES: Sentences = {
    BedHeld: lambda error: words.text(
        "Bed {bed} is held until {day} ({number}). Choose another bed, or give up what is held first."
    ).format(bed=error.bed_code, day=formats.day(error.after), number=error.held_no),
    NotEnoughBeds: lambda error: words.text(
        "Room {room} has {beds} on these nights, and some may be held there already. Choose fewer places or another "
        "room."
    ).format(room=error.room_code, beds=words.count("{n} free bed", "{n} free beds", error.free)),
    PlacesHeld: lambda error: words.text(
        "The places held in room {room} need this bed until {day} ({number}). Choose a later day, or change or give up "
        "what is held first."
    ).format(room=error.room_code, day=formats.day(error.after), number=error.held_no),
    RoomHeld: lambda error: words.text(
        "All that room {room} has left is held, until {day} for {number}. Change or give up what is held there first."
    ).format(room=error.room_code, day=formats.day(error.after), number=error.held_no),
    HeldTooLong: lambda error: words.text(
        "A bed is held for {n} nights at most. Choose an earlier day; it can be prolonged."
    ).format(n=error.most),
    HeldOver: lambda error: words.text(
        "{number} holds nothing any more: it lapsed, was given up, or everybody came. Look at the list."
    ).format(number=error.held_no),
    HeldGone: lambda _: words.text("This bed is not held any more: that was taken back."),
}
