"""The handover of a shift in sentences: what was done, whose shift it was, what the journal says of it."""

from datetime import datetime

from shelter_desk import words
from shelter_desk.domain.today.handovers import AnotherTakesOver, HandoverGone
from shelter_desk.domain.today.shift_events import ShiftEvent, ShiftGroup
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences


def actions() -> dict[str, str]:
    """What is done with handovers, as the journal says it."""
    return {
        "hand_over": words.text("Shift handed over"),
        "take_over": words.text("Shift taken over"),
        "add_handover_line": words.text("Line added to the handover"),
        "take_out_handover_line": words.text("Line taken out of the handover"),
        "handover_printed": words.text("Handover printed"),
    }


def columns() -> dict[str, str]:
    """What the columns of a handover are called."""
    return {
        "began_at": words.text("Shift begun"),
        "handed_at": words.text("Handed over"),
        "taken_at": words.text("Taken over"),
        "left_open": words.text("Points left to the team"),
        "handover_line": words.text("Line for the next shift"),
        "line_kind": words.text("Kind of line"),
        "is_taken": words.text("Taken by who goes on"),
        "words": words.text("What the line says"),
        "shown_with": words.text("Right to read it"),
    }


def group(name: ShiftGroup) -> str:
    """The heading over acts of one kind."""
    return {
        "moves": words.text("Arrivals, exits, moves"),
        "presence": words.text("Absences and roll call"),
        "alerts": words.text("Alerts and incidents"),
        "beds": words.text("Beds"),
    }[name]


def title(one: ShiftEvent) -> str:
    """Who, and what happened; the code first."""
    who = ", ".join(one.codes)
    return {
        "admit": words.text("{who}: arrival{bed}"),
        "move": words.text("{who}: change of bed{bed}"),
        "leave": words.text("{who}: exit"),
        "void": words.text("{who}: stay cancelled"),
        "resume_stay": words.text("{who}: back after the disappearance"),
        "bring_stay_back": words.text("{who}: stay brought back"),
        "be_away": words.text("{who}: absence"),
        "come_back": words.text("{who}: back"),
        "call_roll": words.text("Roll call done: {here}, {away}"),
        "report_incident": "{kind}",
        "contact_risk": words.text("{who}: somebody to keep apart"),
        "end_contact_risk": words.text("{who}: nobody to keep apart any more"),
        "block": words.text("Bed {place}: out of use"),
        "unblock": words.text("Bed {place}: in use again"),
        "hold_bed": words.text("{place}: held for an arrival"),
        "change_held_bed": words.text("{place}: what is held was changed"),
        "cancel_held_bed": words.text("{place}: held no more"),
    }[one.action].format(
        who=who,
        bed=words.text(", bed {bed}").format(bed=one.bed) if one.bed else "",
        place=_place(one),
        kind=words.label("incident_type", one.kind) if one.action == "report_incident" else "",
        here=words.count("{n} present", "{n} present", one.here),
        away=words.count("{n} absent", "{n} absent", one.away),
    )


def _place(one: ShiftEvent) -> str:
    if one.action in ("block", "unblock"):
        return one.bed
    return words.text("Bed {bed}").format(bed=one.bed) if one.bed else one.room


def detail(one: ShiftEvent) -> str:
    """The rest in a few words, "" for nothing."""
    told: list[str] = []
    if one.action == "admit" and one.is_provisional:
        told.append(words.text("Provisional admission, to be confirmed"))
    if one.action in ("admit", "move", "block", "unblock", "hold_bed", "change_held_bed", "cancel_held_bed"):
        told += [one.room] if one.room and one.room != _place(one) else []
        told += [words.text("on a mat")] if one.place == "appoint" else []
    if one.action == "leave" and one.kind:
        told.append(words.label("exit_reason", one.kind))
    if one.action == "be_away":
        told.append(words.label("absence_type", one.kind))
    if one.action == "block" and one.kind:
        told.append(words.label("bed_state", one.kind))
    if one.action == "report_incident":
        told += [words.text("Incident {number}").format(number=one.number)]
        told += [words.label("incident_severity", one.severity)] if one.severity else []
    told += _days(one)
    return " · ".join(told)


def _days(one: ShiftEvent) -> list[str]:
    if one.action == "call_roll" and one.day is not None:
        return [words.text("Night of {day}").format(day=formats.short_day(one.day))]
    if one.action in ("hold_bed", "change_held_bed") and one.day is not None:
        return [words.text("Arrival expected on {day}").format(day=formats.short_day(one.day))]
    if one.action in ("be_away", "block") and one.until is not None:
        return [words.text("until {day}").format(day=formats.short_day(one.until))]
    if one.action == "come_back" and one.until is not None:
        return [words.text("night of {day} slept here").format(day=formats.short_day(one.until))]
    return []


def span(began: datetime, ended: datetime) -> str:
    """From when to when: both hours, the day of each where they differ."""
    if began.date() == ended.date():
        told = words.text("{day}, {since} to {until}")
        return told.format(day=formats.day(ended.date()), since=formats.clock(began), until=formats.clock(ended))
    told = words.text("from {day} {since} to {next_day} {until}")
    return told.format(
        day=formats.short_day(began.date()),
        since=formats.clock(began),
        next_day=formats.day(ended.date()),
        until=formats.clock(ended),
    )


SENTENCES: Sentences = {
    HandoverGone: lambda _: words.text("This handover was taken over or taken back meanwhile. Look at the page again."),
    AnotherTakesOver: lambda _: words.text(
        "Who handed the shift over does not take it over. Choose somebody else of the team."
    ),
}
