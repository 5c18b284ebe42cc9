"""Days written month first: told once for the column, read so where a person says so, never guessed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.imports.intake import LayoutAnswers, Review
from shelter_desk.operations.imports.intake_layouts import SheetAnswer, remember
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_intake import again, opened, states
from tests.operations.imports.test_own_registers import HEADINGS, book
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def register(path: Path, *days: object) -> Path:
    names = ("DIARRA Awa", "MENSAH Kofi", "KEITA Fanta", "TOURE Ali", "SOW Bintou")
    lines = [(n, names[n], "F", 20 + n, "Mali", day, "transit", None) for n, day in enumerate(days)]
    return book(path, Registre=(HEADINGS, *lines))


def seen(review: Review) -> list[tuple[str, str]]:
    return [(one.key, one.order) for one in review.sheets[0].days]


def test_a_column_that_is_month_first_is_told_once_and_guessed_nowhere(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, register(tmp_path / "r.xlsx", "01/25/2026", "03/04/2026", "05/05/2026", "2026-02-03"))
    assert (seen(review), states(review)) == (
        [("admitted_at", "month_first")],
        [(2, "refused"), (3, "refused"), (4, "new"), (5, "new")],
    )
    told = [sentence(line.refusals[0].error) for line in review.of("refused")]
    assert "month/day" in told[0]
    assert "03/04/2026" in told[1]


@pytest.mark.parametrize(("order", "month", "state"), [("mdy", 3, "new"), ("dmy", 4, "refused")])
def test_the_order_that_is_chosen_counts_for_the_column(
    desk: Desk, tmp_path: Path, order: str, month: int, state: str
) -> None:
    review = opened(desk, register(tmp_path / "r.xlsx", "01/25/2026", "03/04/2026"))
    review = again(desk, review, LayoutAnswers({"Registre": SheetAnswer("registre", orders={"admitted_at": order})}))
    assert (states(review)[0], seen(review)) == ((2, state), [("admitted_at", order)])
    parts = {key: new for key, _, new in review.lines[1].parts[1].changes}
    assert parts["admitted_at"].month == month


def test_the_order_is_remembered_for_these_headings(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, register(tmp_path / "r.xlsx", "01/25/2026"))
    review = again(desk, review, LayoutAnswers({"Registre": SheetAnswer("registre", orders={"admitted_at": "mdy"})}))
    remember(desk, review.marks, review.answers)
    later = opened(desk, register(tmp_path / "s.xlsx", "02/03/2026 14:30"))
    (line,) = later.lines
    parts = {key: new for key, _, new in line.parts[1].changes}
    assert (line.state, parts["admitted_at"]) == ("new", datetime(2026, 2, 3, 14, 30))


def test_in_a_column_with_both_orders_what_may_be_both_is_refused(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, register(tmp_path / "r.xlsx", "01/25/2026", "25/01/2026", "03/04/2026"))
    assert (seen(review), states(review)) == (
        [("admitted_at", "mixed")],
        [(2, "refused"), (3, "new"), (4, "refused")],
    )


def test_a_column_in_the_usual_order_is_read_as_always(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, register(tmp_path / "r.xlsx", "25/01/2026", "03/04/2026", "32/13/2026"))
    assert (seen(review), states(review)) == ([], [(2, "new"), (3, "new"), (4, "refused")])


def test_a_slip_among_many_days_in_the_usual_order_makes_none_of_them_unclear(desk: Desk, tmp_path: Path) -> None:
    names = [f"{letter * 4} Awa" for letter in "ABCDEFGHIJKL"]
    days = ["01/25/2026", "03/04/2026", *[f"{day}/01/2026" for day in range(13, 23)]]
    lines = [
        (n, name, "F", 20 + n, "Mali", day, "transit", None)
        for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, *lines)))
    assert (seen(review), [line.number for line in review.of("refused")]) == ([], [2])


def test_the_command_line_refuses_what_may_be_both(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, register(tmp_path / "r.xlsx", "01/25/2026", "03/04/2026"))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(2, "admitted_at"), (3, "admitted_at")]
