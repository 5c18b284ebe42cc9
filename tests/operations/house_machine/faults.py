"""Twenty mistakes that somebody could make in the program, each put into it for a while: the machine must find them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shelter_desk.domain.reports import late_facts, month
from shelter_desk.operations.beds import free_beds, held_beds, occupancy
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.residents import merging
from shelter_desk.operations.stays import absences, bed_moves, placing, stay_corrections, stays
from shelter_desk.storage.file.trail import Trail, TrailRow
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.reports import reports as stored_reports

Patch = pytest.MonkeyPatch
ONE_DAY = timedelta(days=1)


def nothing(*_: Any, **__: Any) -> None:
    """A call that was forgotten."""


def none_of_them(*_: Any, **__: Any) -> list[Any]:
    """A list that was not read."""
    return []


def the_board_counts_the_night_of_the_exit(patch: Patch) -> None:
    def covers(start: datetime, end: datetime | None, night: date) -> bool:
        return start.date() <= night and (end is None or night <= end.date())

    patch.setattr(occupancy, "covers", covers)


def the_month_forgets_absences(patch: Patch) -> None:
    really = vars(month)["slept"]
    patch.setattr(month, "slept", lambda facts, stay, extra: really(replace(facts, absences={}), stay, extra))


def the_month_ends_a_day_early(patch: Patch) -> None:
    patch.setattr(stored_reports, "ONE_DAY", timedelta(0))


def a_swap_leaves_one_side_without_a_bed(patch: Patch) -> None:
    swap, give, given = stays.swap, placing.give_place, [0]

    def swapped(*said: Any, **more: Any) -> Any:
        given[0] = 2
        try:
            return swap(*said, **more)
        finally:
            given[0] = 0

    def give_place(*said: Any, **more: Any) -> Any:
        given[0] -= 1
        return () if given[0] == 0 else give(*said, **more)

    patch.setattr(stays, "swap", swapped)
    patch.setattr(placing, "give_place", give_place)


def a_move_leaves_the_baby_behind(patch: Patch) -> None:
    patch.setattr(bed_moves, "sharing_with", none_of_them)


def a_return_is_written_a_day_late(patch: Patch) -> None:
    really = vars(absences)["to_text"]
    patch.setattr(absences, "to_text", lambda at: really(at + ONE_DAY))


def an_exit_leaves_the_absence_open(patch: Patch) -> None:
    patch.setattr(bed_moves, "release_absences", nothing)


def an_exit_keeps_the_bed(patch: Patch) -> None:
    patch.setattr(bed_moves, "release_placements", nothing)


def an_undo_forgets_the_absences(patch: Patch) -> None:
    really = Trail.revert

    def revert(self: Trail, done: Iterable[TrailRow]) -> None:
        really(self, [one for one in done if one.table != "absences"])

    patch.setattr(Trail, "revert", revert)


def a_readmission_counts_as_the_first_entry(patch: Patch) -> None:
    patch.setattr(stays, "entry_kind", lambda kind, _former: kind)


def a_back_dated_move_loses_a_night(patch: Patch) -> None:
    """Before the place that is known after it."""
    lay = vars(bed_moves)["lay"]

    def laid(places: Any, at: datetime, left: datetime | None) -> Any:
        found = lay(places, at, left)
        shorter = None if found.until is None or found.until == left else found.until - ONE_DAY
        return found if shorter is None or shorter <= at else replace(found, until=shorter)

    patch.setattr(bed_moves, "lay", laid)


def a_correction_takes_a_held_bed(patch: Patch) -> None:
    patch.setattr(stay_corrections, "_held", nothing)


def a_merge_leaves_two_first_entries(patch: Patch) -> None:
    patch.setattr(merging, "came_again", none_of_them)


def a_parted_file_stays_closed(patch: Patch) -> None:
    kept = vars(merging)["_kept_for_undo"]
    patch.setattr(merging, "_kept_for_undo", lambda *given: replace(kept(*given), former=()))


def an_arrival_does_not_end_what_is_held(patch: Patch) -> None:
    patch.setattr(held_beds, "arrive", nothing)


def a_held_bed_is_given_to_anybody(patch: Patch) -> None:
    patch.setattr(free_beds, "against", none_of_them)


def a_held_bed_is_taken_out_of_use(patch: Patch) -> None:
    patch.setattr(free_beds, "check_not_held", nothing)


def a_closed_month_lets_absences_pass(patch: Patch) -> None:
    patch.delitem(late_facts.COUNTED, "absences")


def a_cancelled_stay_counts_as_an_exit(patch: Patch) -> None:
    patch.setattr(stays, "VOID", "autonomie")


def an_import_undone_leaves_its_stays(patch: Patch) -> None:
    really = stored_intake.rows
    patch.setattr(
        vars(intake_batches)["stored_intake"],
        "rows",
        lambda connection, batch: [one for one in really(connection, batch) if one.table != "stays"],
    )


FAULTS: tuple[Callable[[Patch], None], ...] = (
    the_board_counts_the_night_of_the_exit,
    the_month_forgets_absences,
    the_month_ends_a_day_early,
    a_swap_leaves_one_side_without_a_bed,
    a_move_leaves_the_baby_behind,
    a_return_is_written_a_day_late,
    an_exit_leaves_the_absence_open,
    an_exit_keeps_the_bed,
    an_undo_forgets_the_absences,
    a_readmission_counts_as_the_first_entry,
    a_back_dated_move_loses_a_night,
    a_correction_takes_a_held_bed,
    a_merge_leaves_two_first_entries,
    a_parted_file_stays_closed,
    an_arrival_does_not_end_what_is_held,
    a_held_bed_is_given_to_anybody,
    a_held_bed_is_taken_out_of_use,
    a_closed_month_lets_absences_pass,
    a_cancelled_stay_counts_as_an_exit,
    an_import_undone_leaves_its_stays,
)
