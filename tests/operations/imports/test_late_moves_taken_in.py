"""Movements of a workbook that belong into a closed month: dated today with their real day, and known again as such."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import closed_months, intake_batches, register_export, registers
from shelter_desk.operations.imports.registers import Look
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.storage.file import journal
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.system import clock
from shelter_desk.ui.imports import import_texts
from shelter_desk.words.reports import closing as closing_words
from tests.operations import store_scene as scene
from tests.operations.imports.test_intake import again, nobody, opened
from tests.operations.imports.test_own_registers import book
from tests.operations.imports.test_own_stores import STOCK
from tests.operations.shelter import admit, small_shelter
from tests.operations.stock_rows import counts, looked, told

LATE = "saisie_tardive"
ITEM = "SAV250"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A shelter on a 20 November, whose October is closed."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12))
    with small_shelter(tmp_path / "shelter") as made:
        admit(made, "1A", days=100)
        registers.take_in(made, looked(made, tmp_path, []))
        closing.close(made, last_month(made), lambda _: "sans_objet")
        yield made


def last_month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def row(no: str, kind: str, quantity: float, on: object, **more: Any) -> dict[str, Any]:
    return {"move_no": no, "item_code": ITEM, "moved_on": on, "move_type": kind, "quantity": quantity, **more}


def late_rows(desk: Desk) -> list[dict[str, Any]]:
    """Something in and something out in the closed month, and something of today."""
    month = last_month(desk)
    return [
        row("M-1", "achat", 9, month.first),
        row("M-2", "conso_interne", 4, month.last, voucher_no="BS-7"),
        row("M-3", "conso_interne", 1, desk.today()),
    ]


def stored(desk: Desk) -> dict[str, tuple[object, object]]:
    """By number, the day a movement is dated on and the real one."""
    with desk.reading() as connection:
        rows = stored_registers.read(connection, None)["mouvements"]
    return {one["move_no"]: (one["moved_on"], one.get("actual_on")) for _, one in rows}


def taken(desk: Desk, look: Look) -> None:
    with desk.because_late(LATE):
        registers.take_in(desk, look)


def test_they_are_dated_today_for_a_reason_and_nothing_is_written_without(desk: Desk, tmp_path: Path) -> None:
    month, today = last_month(desk), desk.today()
    look = looked(desk, tmp_path, late_rows(desk))
    assert (told(look), counts(look, "mouvements")) == ([], (3, 0, 0, 0))
    assert closed_months.touched(desk, look.judgement) == (month,)
    assert closed_months.real_days(desk, look.judgement) == [month.first, month.last]
    with pytest.raises(NeedsLateReason) as refused:
        registers.take_in(desk, look)
    assert (refused.value.moved_on, stored(desk)) == (month.first, {})
    taken(desk, look)
    with desk.reading() as connection:
        known = journal.last(connection).known
    assert (known["late_reason"], known["actual_on"]) == (LATE, [f"{month.first}", f"{month.last}"])
    assert "late_months" not in known
    assert stored(desk) == {"M-1": (today, month.first), "M-2": (today, month.last), "M-3": (today, None)}
    assert month_versions.pending(desk, month) == ()


def test_the_same_file_again_is_known_and_concerns_no_closed_month(desk: Desk, tmp_path: Path) -> None:
    taken(desk, looked(desk, tmp_path, late_rows(desk)))
    look = looked(desk, tmp_path, late_rows(desk))
    assert (told(look), counts(look, "mouvements")) == ([], (0, 0, 3, 0))
    assert closed_months.touched(desk, look.judgement) == ()


def test_a_movement_of_before_the_closing_is_not_dated_anew(desk: Desk, tmp_path: Path) -> None:
    month = last_month(desk)
    closing.reopen(desk, month, "un oubli")
    taken(desk, looked(desk, tmp_path, late_rows(desk)))
    closing.close(desk, month, lambda _: "sans_objet")
    assert counts(looked(desk, tmp_path, late_rows(desk)), "mouvements") == (0, 0, 3, 0)
    assert stored(desk)["M-1"] == (month.first, None)


def test_another_real_day_is_another_movement_and_refused(desk: Desk, tmp_path: Path) -> None:
    taken(desk, looked(desk, tmp_path, late_rows(desk)))
    rows = late_rows(desk)
    rows[0]["moved_on"] = last_month(desk).last
    assert told(looked(desk, tmp_path, rows)) == [
        ("mouvements", 3, "moved_on", f"{last_month(desk).last}", "MoveStands")
    ]


@pytest.mark.parametrize("days", [0, -1, -12])
def test_a_real_day_lies_before_the_day_of_the_movement(desk: Desk, tmp_path: Path, days: int) -> None:
    on, actual = scene.ago(3), scene.ago(3 + days)
    look = looked(desk, tmp_path, [row("M-1", "achat", 9, on, actual_on=actual)])
    assert told(look) == [("mouvements", 3, "actual_on", f"{actual}", "RealDayNotBefore")]


def test_a_real_day_of_the_future_is_refused(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, [row("M-1", "achat", 9, scene.ahead(20), actual_on=scene.ahead(9))])
    assert told(look) == [("mouvements", 3, "actual_on", f"{scene.ahead(9)}", "InTheFuture")]


def test_a_real_day_that_is_said_stays_where_the_month_of_its_movement_is_closed(desk: Desk, tmp_path: Path) -> None:
    month = last_month(desk)
    said = month.month_before.last
    taken(desk, looked(desk, tmp_path, [row("M-1", "achat", 9, month.first, actual_on=said)]))
    assert stored(desk) == {"M-1": (desk.today(), said)}


def test_a_lot_that_expired_since_was_good_on_the_real_day(desk: Desk, tmp_path: Path) -> None:
    month = last_month(desk)
    lot = {"lot_no": "L1", "expiry_on": month.last}
    rows = [
        row("M-1", "achat", 9, month.first, **lot, item_code="RIZ"),
        row("M-2", "dist_collective", 4, month.last, **lot, item_code="RIZ"),
    ]
    assert told(looked(desk, tmp_path, rows)) == []
    rows[1]["moved_on"] = desk.today()
    assert [one[-1] for one in told(looked(desk, tmp_path, rows))] == ["LotExpired"]


def test_what_goes_out_is_judged_by_the_day_it_is_dated_on(desk: Desk, tmp_path: Path) -> None:
    rows = [row("M-1", "achat", 9, last_month(desk).last), row("M-2", "conso_interne", 4, desk.today())]
    assert told(looked(desk, tmp_path, rows)) == []
    rows[1]["moved_on"] = scene.ago(1)
    assert [one[-1] for one in told(looked(desk, tmp_path, rows))] == ["NotEnough"]


def test_an_export_carries_the_real_day_into_another_shelter(desk: Desk, tmp_path: Path) -> None:
    taken(desk, looked(desk, tmp_path, late_rows(desk)))
    written = tmp_path / "registres.xlsx"
    register_export.export(desk, written)
    with small_shelter(tmp_path / "other") as other:
        registers.take_in(other, registers.look(other, written))
        assert stored(other) == stored(desk)


def test_a_list_of_what_is_in_store_in_a_closed_month_is_known_again(desk: Desk, tmp_path: Path) -> None:
    day = f"{last_month(desk).last:%d/%m/%Y}"
    headings, line = (*STOCK, "Date d'inventaire"), ("Riz 25 kg", "Sac", 40, None, None, "OIM", day)
    path = book(tmp_path / "s.xlsx", Stock=(headings, line))
    taken(desk, registers.look(desk, path))
    ((_, (on, real)),) = stored(desk).items()
    assert (on, real) == (desk.today(), last_month(desk).last)
    look = registers.look(desk, path)
    assert (told(look), counts(look, "mouvements")) == ([], (0, 0, 1, 0))


def test_the_window_says_it_before_and_the_import_is_undone_whole(desk: Desk, tmp_path: Path) -> None:
    looked(desk, tmp_path, late_rows(desk))
    review = opened(desk, tmp_path / "stock.xlsx")
    assert len(review.real_days) == 2
    assert import_texts.supposed(review) == [closing_words.dated_later(2)]
    with desk.because_late(LATE):
        done = intake_batches.take_in(desk, again(desk, review, review.answers), nobody)
    assert (len(stored(desk)), done.batch is not None) == (3, True)
    intake_batches.undo(desk, done.batch.id if done.batch else 0, nobody)
    assert stored(desk) == {}
