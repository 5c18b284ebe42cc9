"""What a correction changes in reports, in sentences."""

from collections.abc import Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain.reports.corrected import Shift
from shelter_desk.words import formats

MOST = 5
_LISTS = {
    "age_group": "age_group",
    "sex": "sex",
    "nationality": "country",
    "category": "report_category",
    "status": "victim_status",
}


def describe(shifts: Sequence[Shift]) -> str:
    """A line each, of many the first ones and how many more; "" where nothing changes."""
    if not shifts:
        return ""
    lines = [words.text("Saving this changes months that are over:"), *map(sentence, shifts[:MOST])]
    more = len(shifts) - MOST
    if more > 0:
        lines.append(words.count("And {n} other change.", "And {n} other changes.", more))
    return "\n".join(lines)


def counted(moving: int, expired: int) -> list[str]:
    """How many lines of a file change months that are over, and how many bring in what had expired."""
    past = words.count("{n} line changes months that are over.", "{n} lines change months that are over.", moving)
    late = words.count("{n} line brings in what had expired.", "{n} lines bring in what had expired.", expired)
    return [told for told, n in ((past, moving), (late, expired)) if n]


def sentence(shift: Shift) -> str:
    """`L’entrée d’octobre 2026 passe de 12–17 ans à 18–59 ans.`"""
    if shift.event == "decision":
        told = words.text("First decision “{status}” {of_month}: one more.")
        if shift.before:
            told = words.text("First decision “{status}” {of_month}: one less.")
        status = words.label("victim_status", shift.before or shift.after)
        return told.format(status=status, of_month=formats.of_month(shift.first))
    before, after = (_said(shift, code) for code in (shift.before, shift.after))
    return _event(shift).format(
        of_month=formats.of_month(shift.first), last=formats.month(shift.last), before=before, after=after
    )


def _said(shift: Shift, code: str) -> str:
    if shift.fact == "day":
        return formats.day(date.fromisoformat(code)) if code else ""
    if shift.fact == "status" and not code:
        return words.text("no decision")
    return words.label(_LISTS[shift.fact], code)


def _event(shift: Shift) -> str:
    if shift.fact == "day":
        if shift.event == "entry":
            return words.text("The entry of {before} moves to {after}.")
        if not shift.before:
            return words.text("An exit of {after} is added.")
        return (
            words.text("The exit of {before} moves to {after}.")
            if shift.after
            else words.text("The exit of {before} goes.")
        )
    if shift.event == "entry":
        return words.text("The entry {of_month} moves from {before} to {after}.")
    if shift.event == "exit":
        return words.text("The exit {of_month} moves from {before} to {after}.")
    if shift.event == "both":
        return words.text("The entry and the exit {of_month} move from {before} to {after}.")
    if shift.first == shift.last:
        return words.text("The presence {of_month} moves from {before} to {after}.")
    return words.text("The presence {of_month} to {last} moves from {before} to {after}.")
