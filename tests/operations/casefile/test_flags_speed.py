"""Red flags ask the file a fixed number of times, and each table by an index."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import stays
from shelter_desk.storage import tables
from shelter_desk.system import clock
from tests.operations.flag_rows import interviewed
from tests.operations.shelter import admit, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def statements_of(desk: Desk) -> int:
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counted.append(statement)

    with desk.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        flags.of_house(desk)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_the_number_of_questions_does_not_grow_with_the_house(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    interviewed(desk, one)
    few = statements_of(desk)
    for n in range(25):
        more = admit(desk, days=n + 1, names=Names(f"Essai{n}", "Nom"))
        interviewed(desk, more)
        left = admit(desk, days=n + 100)
        stays.leave(desk, left.stay, days_ago(n + 40), "depart_volontaire", "inconnue")
    assert statements_of(desk) == few <= 45


def test_what_was_worked_out_serves_until_something_is_written_or_a_minute_passes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = admit(desk, "1A", days=20)
    every = statements_of(desk)
    assert statements_of(desk) < every / 2
    stays.leave(desk, one.stay, days_ago(1), "depart_volontaire", "inconnue")
    assert statements_of(desk) >= every
    assert statements_of(desk) < every / 2
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))
    assert statements_of(desk) >= every
    desk.close()
    assert desk.flags is None


def test_every_table_that_rules_read_has_an_index_on_what_they_ask_by() -> None:
    of_stay = ("interviews", "assessments", "plans", "best_interests", "notifications", "services", "referrals")
    asked = [(name, "stay_id") for name in of_stay]
    asked += [(name, "person_id") for name in ("guardians", "consents", "case_notes", "documents", "stays")]
    kept = tables.metadata.tables
    bare = [key for key in asked if not any(next(iter(one.columns)).name == key[1] for one in kept[key[0]].indexes)]
    assert bare == []
