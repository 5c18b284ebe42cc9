"""Who may change a note and until when; which corrections belong together."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.errors import InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import NoteId, PersonId, UserId
from shelter_desk.domain.residents.notes import (
    Note,
    NoteLocked,
    check_change,
    check_note,
    locked_at,
    threads,
    why_locked,
)

WRITTEN = datetime(2026, 11, 3, 16, 35)
AUTHOR, OTHER = UserId(1), UserId(2)
NOTE = Note(NoteId(1), PersonId(1), "suivi", WRITTEN, WRITTEN, AUTHOR)


def correction(key: int, corrects: int) -> Note:
    return replace(NOTE, id=NoteId(key), written_at=WRITTEN + timedelta(days=key), corrects=NoteId(corrects))


@given(st.integers(1, 168), st.integers(0, 168 * 60 * 2))
def test_a_note_is_open_to_its_author_until_its_hours_have_run_out(hours: int, minutes: int) -> None:
    now = WRITTEN + timedelta(minutes=minutes)
    assert (why_locked(NOTE, [NOTE], AUTHOR, now, hours) is None) == (minutes < hours * 60)


def test_a_note_locks_at_the_minute_its_hours_are_over() -> None:
    assert locked_at(NOTE, 24) == datetime(2026, 11, 4, 16, 35)


def test_a_note_of_somebody_else_is_never_changed() -> None:
    with pytest.raises(NoteLocked) as refused:
        check_change(NOTE, [NOTE], OTHER, WRITTEN, 24)
    assert refused.value.why == "author"


def test_a_note_that_was_corrected_is_changed_no_more() -> None:
    with pytest.raises(NoteLocked) as refused:
        check_change(NOTE, [NOTE, correction(2, 1)], AUTHOR, WRITTEN, 24)
    assert refused.value.why == "corrected"


@pytest.mark.parametrize("body", ["", "   ", "\n"])
def test_a_note_without_words_is_refused(body: str) -> None:
    with pytest.raises(Missing):
        check_note("suivi", WRITTEN, body, WRITTEN)


def test_a_note_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotInList):
        check_note("rumeur", WRITTEN, "Elle dort bien", WRITTEN)


def test_a_note_about_a_moment_to_come_is_refused() -> None:
    with pytest.raises(InTheFuture):
        check_note("suivi", WRITTEN + timedelta(minutes=1), "Elle dort bien", WRITTEN)


def test_a_note_about_today_needs_no_hour() -> None:
    check_note("suivi", datetime(2026, 11, 3), "Elle dort bien", WRITTEN)


def test_corrections_stand_with_the_note_they_correct_in_order() -> None:
    found = threads([correction(3, 2), NOTE, correction(2, 1)])
    assert {key: [one.id for one in ones] for key, ones in found.items()} == {1: [1, 2, 3]}
