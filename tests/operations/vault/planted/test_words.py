"""Words on a month that somebody put back, emptied or wrote over past the program: told, and never read as words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing, month_versions, narratives, reports
from shelter_desk.operations.vault import key_change, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import sealed_bytes
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import PASSWORD, admit, small_shelter
from tests.operations.vault.planted.scene import wrong

FIGURE = ("t2.present_end", ())
FIRST, LAST = "Deux fugues signalées avec les noms", "Chiffre vérifié avec la police"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=100)
        yield opened


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def said(desk: Desk) -> str:
    return annotations.of(desk, month(desk))[0].comment.text


def put(desk: Desk, statement: str, **bound: object) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(statement), bound).rowcount == 1


def former(desk: Desk, action: str = "report_comment", column: str = "text") -> bytes:
    """What the first line of that action sealed, as everybody with the key of the file finds it in the journal."""
    with desk.reading() as connection:
        lines = [one for one in journal.lines(connection) if one.action == action]
        told = [row["after"][column] for one in lines for row in one.rows if column in row.get("after", {})]
    return sealed_bytes(told[0])


def test_words_put_back_within_their_minute_are_told(desk: Desk) -> None:
    annotations.comment(desk, month(desk), FIGURE, FIRST)
    annotations.comment(desk, month(desk), FIGURE, LAST)
    assert (wrong(desk), said(desk)) == (0, LAST)
    put(desk, "UPDATE report_comments SET text = :former", former=former(desk))
    assert wrong(desk) == 1
    with pytest.raises(Damaged) as refused:
        closing.close(desk, month(desk), lambda _: "sans_objet")
    assert refused.value.path == "report_comments.text.1"
    with pytest.raises(Damaged):
        reports.check_words(desk, month_versions.month(desk, month(desk)), "interne", GateAnswers("OIM", "rapport"))
    annotations.comment(desk, month(desk), FIGURE, f"{LAST}.")
    assert wrong(desk) == 1  # the next act found other words than the last had left
    closed = closing.close(desk, month(desk), lambda _: "sans_objet")
    assert [one.text for one in month_versions.month(desk, closed.period).report.comments] == [f"{LAST}."]


def test_a_passage_put_back_within_its_minute_is_told(desk: Desk) -> None:
    terms = narratives.terms(desk, month_versions.month(desk, month(desk)))
    narratives.say(desk, terms, "security", FIRST)
    (one,) = narratives.look_again(desk, terms).stored
    narratives.say(desk, narratives.look_again(desk, terms), "security", LAST, one)
    assert wrong(desk) == 0
    put(desk, "UPDATE report_passages SET content = :former", former=former(desk, "report_passages", "content"))
    assert wrong(desk) == 1
    with pytest.raises(Damaged):
        closing.close(desk, month(desk), lambda _: "sans_objet")


def test_words_of_another_month_that_were_put_in_keep_no_month_from_closing(desk: Desk) -> None:
    annotations.comment(desk, month(desk), FIGURE, FIRST)
    annotations.comment(desk, month(desk).month_before, FIGURE, FIRST)
    put(desk, "UPDATE report_comments SET text = x'00' WHERE id = 2")
    assert closing.close(desk, month(desk), lambda _: "sans_objet").version == 1


def test_a_change_of_all_keys_is_no_alarm_and_hides_nothing_of_later(desk: Desk) -> None:
    annotations.comment(desk, month(desk), FIGURE, FIRST)
    narratives.say(desk, narratives.terms(desk, month_versions.month(desk, month(desk))), "security", FIRST)
    folder = desk.folder
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert (wrong(again), said(again)) == (0, FIRST)
        with again.reading() as connection:
            sealed_anew = connection.execute(text("SELECT text FROM report_comments")).scalar_one()
        annotations.comment(again, month(again), FIGURE, LAST)
        assert wrong(again) == 0
        put(again, "UPDATE report_comments SET text = :former", former=sealed_anew)
        assert wrong(again) == 1
        put(again, "UPDATE report_passages SET content = x'00'")
        assert wrong(again) == 2  # no line holds what it was sealed as, but it opens no more


EMPTIED = {
    "report_comments": ("text", "UPDATE report_comments SET text = x''"),
    "report_passages": ("content", "UPDATE report_passages SET content = x''"),
}


@pytest.mark.parametrize("table", EMPTIED)
@pytest.mark.parametrize("value", ["x''", "NULL", "x'00'", "'x'", "7"])
def test_words_that_open_no_more_leave_the_month_open_and_keep_it_from_closing(
    desk: Desk, table: str, value: str
) -> None:
    column = EMPTIED[table][0]
    annotations.comment(desk, month(desk), FIGURE, FIRST)
    narratives.say(desk, narratives.terms(desk, month_versions.month(desk, month(desk))), "security", LAST)
    put(desk, f"UPDATE {table} SET {column} = {value}")
    found = month_versions.month(desk, month(desk))
    assert [one.path for one in found.unread] == [f"{table}.{column}.1"]
    words = {one.text for one in found.report.comments} | {one.text for one in found.report.narrative}
    assert words == {FIRST, LAST} - {FIRST if table == "report_comments" else LAST}
    assert len(narratives.terms(desk, found).stored) == 1
    with pytest.raises(Damaged) as refused:
        closing.close(desk, month(desk), lambda _: "sans_objet")
    assert refused.value.path == f"{table}.{column}.1"
    assert f"{table}.{column}" in sentence(refused.value)
    assert wrong(desk) == 1


def test_words_that_open_no_more_are_written_anew_or_dropped(desk: Desk) -> None:
    annotations.comment(desk, month(desk), FIGURE, FIRST)
    narratives.say(desk, narratives.terms(desk, month_versions.month(desk, month(desk))), "security", LAST)
    for _, statement in EMPTIED.values():
        put(desk, statement)
    annotations.comment(desk, month(desk), FIGURE, LAST)
    terms = narratives.terms(desk, month_versions.month(desk, month(desk)))
    narratives.propose_again(desk, terms, "security")
    assert month_versions.month(desk, month(desk)).unread == ()
    assert closing.close(desk, month(desk), lambda _: "sans_objet").version == 1
