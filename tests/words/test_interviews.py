"""What is said around an interview."""

import pytest

from shelter_desk import words
from shelter_desk.domain.casefile import identification
from shelter_desk.storage import tables
from shelter_desk.words import journal
from shelter_desk.words.casefile import interviews

SAID_ELSEWHERE = {"id", "stay_id", "interview_id", "victim_status", "reason", "recorded_at"}


@pytest.mark.parametrize("is_child", [True, False])
def test_every_stage_has_words_to_say(is_child: bool) -> None:
    with words.speaking("fr"):
        said = [interviews.aloud(stage, is_child) for stage in identification.stages(is_child)]
    assert (len(set(said)), all(said)) == (len(said), True)


def test_a_child_hears_no_word_for_adults() -> None:
    with words.speaking("fr"):
        adult = {interviews.aloud(stage, False) for stage in identification.ADULT_STAGES}
        child = {interviews.aloud(stage, True) for stage in identification.CHILD_STAGES}
        told = " ".join(interviews.aloud(stage, True) for stage in identification.CHILD_STAGES)
    assert (adult & child, "vous" in told) == (set(), False)


@pytest.mark.parametrize("table", ["interviews", "indicator_answers", "victim_statuses"])
def test_the_journal_names_every_column_of_an_interview_and_of_a_decision(table: str) -> None:
    columns = {column.name for column in tables.metadata.tables[table].columns} - SAID_ELSEWHERE
    assert columns - set(interviews.columns()) == set()


def test_a_key_that_several_tables_have_is_named_by_its_own() -> None:
    with words.speaking("fr"):
        assert journal.field("place", "interviews") != journal.field("place", "placements")


def test_the_journal_says_where_a_session_stands_in_words() -> None:
    with words.speaking("fr"):
        kept: dict[str, object] = {"interview_state": "arrete", "stage": 6, "ready_safe": 1}
        told = [journal.value(key, stored, "interviews") for key, stored in kept.items()]
    assert told == ["Arrêté", "Vie et travail", "Oui"]
