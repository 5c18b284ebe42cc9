"""Which of the stays of one person is the first entry."""

from datetime import datetime

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.stays.stays import REDIRECTED, VOID, Stay, came_again


def stay(key: int, day: int, kind: str = "premiere", reason: str = "autonomie") -> Stay:
    admitted_at = datetime(2026, 3, day)
    return Stay(StayId(key), f"2026-{key:04d}", PersonId(1), admitted_at, kind, "transit", admitted_at, reason)


def test_of_several_first_entries_the_earliest_is_the_first() -> None:
    found = came_again([stay(1, 20), stay(2, 5), stay(3, 12)])
    assert [(one.id, one.entry_kind) for one in found] == [(3, "readmission"), (1, "readmission")]


def test_what_counts_nowhere_is_neither_first_nor_again() -> None:
    apart = [stay(1, 1, reason=VOID), stay(2, 2, reason=REDIRECTED), stay(3, 20, reason=REDIRECTED)]
    assert came_again([*apart, stay(4, 5)]) == []


def test_another_kind_of_entry_stays_as_it_was_said() -> None:
    assert came_again([stay(1, 1), stay(2, 5, "transfert"), stay(3, 9, "readmission")]) == []
