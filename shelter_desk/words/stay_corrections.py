"""What the correction of a stay changes besides, in sentences, before it is saved."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from shelter_desk import words
from shelter_desk.domain.beds.held_beds import BedHeld
from shelter_desk.domain.errors import BedTaken
from shelter_desk.domain.stays.corrections import CorrectionEffects, MonthMoved, NotFree, Refit
from shelter_desk.domain.stays.stays import Absence, Placement
from shelter_desk.words import formats, timeline


def describe(effects: CorrectionEffects, place: Callable[[Placement], str]) -> list[str]:
    """A sentence each. place: what a place is called."""
    lines = months(effects)
    lines += [_moves(place(one.was), one) for one in effects.placements]
    lines += [_moves(words.label("absence_type", one.was.absence_type), one) for one in effects.absences]
    if effects.again:
        lines.append(words.text("Becomes a readmission: stay {numbers}.").format(numbers=", ".join(effects.again)))
    return [*lines, *_dated(effects), *_of_exit(effects), *map(not_free, effects.taken)]


def months(effects: CorrectionEffects) -> list[str]:
    """What each month counts otherwise."""
    return [_month(one, one.first in effects.closed) for one in effects.months]


def not_free(error: NotFree) -> str:
    """Why a bed is not theirs on all nights, and what can be done."""
    if isinstance(error, BedTaken):
        told = words.text("Bed {bed} is taken by {who} ({span}): leave these nights without a place, or move {who}.")
        return told.format(bed=error.bed_code, who=error.by, span=_span(error.since, error.until))
    if isinstance(error, BedHeld):
        told = words.text(
            "Bed {bed} is held until {day} ({number}): leave the nights from today on without a place, or give up what "
            "is held first."
        )
        return told.format(bed=error.bed_code, day=formats.day(error.after), number=error.held_no)
    told = words.text("Bed {bed} is out of use ({span}): leave these nights without a place.")
    if error.state == "retire":
        told = words.text("Bed {bed} is in service only {span}: leave the other nights without a place.")
    return told.format(bed=error.bed_code, span=_span(error.since, error.until))


def _month(one: MonthMoved, is_closed: bool) -> str:
    """`Octobre 2026 (mois clos) : 1 entrée de moins, 3 nuitées de plus.`"""
    told = words.text("{month} (closed month): {changes}.") if is_closed else words.text("{month}: {changes}.")
    return told.format(month=formats.month_title(one.first), changes=", ".join(_counted(one)))


def _counted(one: MonthMoved) -> Iterator[str]:
    if one.entries > 0:
        yield words.count("{n} entry more", "{n} entries more", one.entries)
    elif one.entries:
        yield words.count("{n} entry fewer", "{n} entries fewer", -one.entries)
    if one.exits > 0:
        yield words.count("{n} exit more", "{n} exits more", one.exits)
    elif one.exits:
        yield words.count("{n} exit fewer", "{n} exits fewer", -one.exits)
    if one.nights > 0:
        yield words.count("{n} person-night more", "{n} person-nights more", one.nights)
    elif one.nights:
        yield words.count("{n} person-night fewer", "{n} person-nights fewer", -one.nights)
    if one.bed_nights == one.nights:
        return
    if one.bed_nights > 0:
        yield words.count("{n} bed-night more", "{n} bed-nights more", one.bed_nights)
    elif one.bed_nights:
        yield words.count("{n} bed-night fewer", "{n} bed-nights fewer", -one.bed_nights)
    else:
        yield words.text("no bed-night more or fewer")


def _moves(what: str, one: Refit[Placement] | Refit[Absence]) -> str:
    """`Lit 1A, Dortoir femmes : du 03/11/2026 au 12/11/2026, au lieu de depuis le …`"""
    was = _span(one.was.start, one.was.end)
    if not one.becomes:
        return words.text("{what}, {was}: taken out.").format(what=what, was=was)
    now = ", ".join(_span(part.start, part.end) for part in one.becomes)
    return words.text("{what}: {now} (it was: {was}).").format(what=what, now=now, was=was)


def _span(start: datetime | None, end: datetime | None) -> str:
    if start is None:
        return "" if end is None else words.text("until {day}").format(day=formats.moment(end))
    if end is None:
        return words.text("since {day}").format(day=formats.moment(start))
    return words.text("{start} to {end}").format(start=formats.moment(start), end=formats.moment(end))


def _dated(effects: CorrectionEffects) -> Iterator[str]:
    if effects.outside:
        each = words.text("{topic} {n}")
        told = ", ".join(each.format(topic=timeline.topic(topic), n=n) for topic, n in effects.outside)
        yield words.text("Dated outside the stay then, and kept as they are: {facts}.").format(facts=told)
    if effects.seen:
        nights = _nights(effects)
        yield words.text("Seen at the roll call of a night outside the stay then: {nights}.").format(nights=nights)
    if effects.family:
        told = words.text("Came or left at the same moment, and stays as it is: {codes}.")
        yield told.format(codes=", ".join(effects.family))


def _nights(effects: CorrectionEffects) -> str:
    days: Sequence[str] = [formats.day(one) for one in effects.seen]
    if len(days) <= 3:
        return ", ".join(days)
    return words.text("{first} to {last} ({n})").format(first=days[0], last=days[-1], n=len(days))


def _of_exit(effects: CorrectionEffects) -> Iterator[str]:
    if effects.loses_exit:
        yield words.text("What is written of the exit goes, with the follow-ups that are planned.")
    if effects.reopens_case:
        yield words.text("The case was closed before that exit: it is open again.")
    if effects.loses_approval:
        yield words.text("The direction approves this exit anew.")
