"""Lines that tell of a row as the program never does: taken out in silence, changed where nobody had made it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.today import handovers
from shelter_desk.storage.file import journal
from tests.operations.shelter import small_shelter
from tests.operations.vault.planted.scene import line, wrong

GONE, CHANGED = "take_out_handover_line", "take_over"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Its shift has one line, which is row 1."""
    with small_shelter(tmp_path / "shelter") as opened:
        handovers.add_line(opened, "Douche bouchée")
        yield opened


def write(desk: Desk, sql: str) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(sql)).rowcount == 1


def tell(desk: Desk, action: str, table: str = "handover_lines", **sides: Any) -> None:
    line(desk, action, "", {"rows": [{"table": table, **sides}]})


def told(desk: Desk) -> dict[str, Any]:
    """All that the line which made it tells of row 1."""
    done = handovers.take_out_line(desk, handovers.lines(desk)[0].line.id)
    undo(desk, done)
    with desk.reading() as connection:
        (row,) = journal.last(connection).known["rows"]
    return dict(row["after"])


def test_who_takes_a_row_out_says_all_that_stood_in_it(desk: Desk) -> None:
    whole = told(desk)
    write(desk, "DELETE FROM handover_lines")
    tell(desk, GONE, id=1, before=whole)
    assert wrong(desk) == 0


@pytest.mark.parametrize("kept", [(), ("line_kind",), ("line_kind", "written_by")])
def test_a_row_taken_out_of_which_a_line_says_less_is_told(desk: Desk, kept: tuple[str, ...]) -> None:
    whole = told(desk)
    write(desk, "DELETE FROM handover_lines")
    tell(desk, GONE, id=1, before={name: whole[name] for name in kept})
    assert wrong(desk) == 1


def test_a_row_that_was_put_in_and_only_changed_by_a_line_is_told(desk: Desk) -> None:
    write(
        desk,
        "INSERT INTO postponed_tasks (matter, subject, postponed_at, postponed_by, until, reason)"
        " VALUES ('stock_low', 'KIT-HYG', '2026-03-04T10:00:00Z', 1, '2026-03-09', '')",
    )
    tell(desk, "postpone_task", "postponed_tasks", id=1, before={"reason": None}, after={"reason": ""})
    assert wrong(desk) == 1


def test_a_row_that_a_line_took_out_is_changed_by_none_after_it(desk: Desk) -> None:
    handovers.take_out_line(desk, handovers.lines(desk)[0].line.id)
    tell(desk, CHANGED, id=1, before={"is_taken": None}, after={"is_taken": 1})
    tell(desk, GONE, id=1, before={"is_taken": 1})
    assert wrong(desk) == 1
