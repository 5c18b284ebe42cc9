"""Since when beds are in service, and from when capacity is meant, in sentences."""

from collections.abc import Iterable
from datetime import date, datetime

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.first_day import NOT_KNOWN, is_known
from shelter_desk.domain.reports.report import Report
from shelter_desk.words import formats


def bed_since(since: datetime) -> str:
    """For a list of beds: the day, or that it is not known."""
    return formats.moment(since) if is_known(since) else words.text("before the program")


def house_since(day: date) -> str:
    """What was answered at the first run."""
    if day == NOT_KNOWN:
        return words.text("since before the program")
    return words.text("since {day}").format(day=formats.day(day))


def question() -> str:
    """What the first run and `create` ask."""
    return words.text("Since when has the house had its beds? A day, or nothing where that is long ago or not known:")


def answered(day: date | None) -> str:
    """What follows from the answer."""
    if day is None:
        return words.text(
            "Beds have no first day: residents come in with their true day of entry. Capacity counts from this month "
            "on."
        )
    told = words.text("Beds are in service since {day}, and capacity counts from that day on.")
    return told.format(day=formats.day(day))


def effect() -> str:
    """What another first day does."""
    return words.text("The capacity and the occupancy of past months change with it: look at their reports again.")


def given(beds: int, since: date) -> str:
    """What was done to so many beds."""
    told = words.text("{beds}: {since}. The capacity of past months changes.")
    return told.format(beds=words.count("{n} bed", "{n} beds", beds), since=house_since(since))


def counted(meant: date | None) -> str:
    """From when on capacity counts."""
    if meant is None:
        return words.text("Capacity counts from the first day of each bed on.")
    told = words.text("Capacity counts from {day} on: reports of the nights before have none, and no occupancy rate.")
    return told.format(day=formats.day(meant))


def no_capacity(report: Report) -> str:
    """What figures of a period lack that begins before capacity is meant; nothing for any other."""
    meant = report.capacity_from
    if meant is None:
        return ""
    if report.period.last < meant:
        told = words.text("No capacity and no occupancy: capacity counts from {day} on (Settings, Rooms and beds).")
    else:
        told = words.text(
            "Capacity counts from {day} on (Settings, Rooms and beds): the period begins before and has no occupancy "
            "rate."
        )
    return told.format(day=formats.day(meant))


def one_not_yet(since: datetime) -> str:
    """Why a bed cannot be given on a night before its first day."""
    return words.text("in service since {since} only").format(since=formats.moment(since))


def out_of_service(bed: Bed, today: date) -> str:
    """Why a bed is not on the plan of today."""
    if bed.in_service_from.date() > today:
        told = words.text("Bed {bed} comes into service on {day}.")
        return told.format(bed=bed.code, day=formats.day(bed.in_service_from.date()))
    if bed.in_service_to is None:
        return words.text("Bed {bed} is not on the plan.").format(bed=bed.code)
    told = words.text("Bed {bed} was withdrawn on {day}. It is in the settings, under Rooms and beds.")
    return told.format(bed=bed.code, day=formats.day(bed.in_service_to.date()))


def not_yet(days: Iterable[datetime]) -> str:
    """Why these beds cannot be given on a night before, and what to do about it; nothing where there are none."""
    found = sorted(days)
    if not found:
        return ""
    beds = words.count("{n} bed", "{n} beds", len(found))
    told = words.text("In service since {since} only: {beds}.").format(since=formats.moment(found[0]), beds=beds)
    what = words.text("A manager gives an earlier first day in Settings, Rooms and beds.")
    return f"{told} {what}"
