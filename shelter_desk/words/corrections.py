"""What a correction changes in reports, in sentences."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.reports.corrected import Shift
from shelter_desk.words import formats

MOST = 5
_LISTS = {"age_group": "age_group", "sex": "sex", "nationality": "country", "category": "report_category"}


def told(shifts: Sequence[Shift]) -> str:
    """A line each, of many the first ones and how many more; "" where nothing changes."""
    if not shifts:
        return ""
    lines = [words.text("Saving this changes months that are over:"), *map(sentence, shifts[:MOST])]
    more = len(shifts) - MOST
    if more > 0:
        lines.append(words.count("And {n} other change.", "And {n} other changes.", more))
    return "\n".join(lines)


def sentence(shift: Shift) -> str:
    """`L’entrée d’octobre 2026 passe de 12–17 ans à 18–59 ans.`"""
    code_list = _LISTS[shift.fact]
    return _event(shift).format(
        of_month=formats.of_month(shift.first),
        last=formats.month(shift.last),
        before=words.label(code_list, shift.before),
        after=words.label(code_list, shift.after),
    )


def _event(shift: Shift) -> str:
    if shift.event == "entry":
        return words.text("The entry {of_month} moves from {before} to {after}.")
    if shift.event == "exit":
        return words.text("The exit {of_month} moves from {before} to {after}.")
    if shift.event == "both":
        return words.text("The entry and the exit {of_month} move from {before} to {after}.")
    if shift.first == shift.last:
        return words.text("The presence {of_month} moves from {before} to {after}.")
    return words.text("The presence {of_month} to {last} moves from {before} to {after}.")
