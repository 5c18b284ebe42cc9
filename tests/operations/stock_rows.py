"""Rows of items and movements, the golden ones among them, and a desk that reads them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.imports.registers import Look
from tests.commands.workbooks import Rows, day, golden, write
from tests.operations.shelter import small_shelter

NOVEMBER = Period.month(2026, 11)
SOAP = {
    "item_code": "SAV250",
    "designation": "Savon 250 g",
    "stock_category": "hygiene",
    "unit": "piece",
    "min_level": 50,
    "has_expiry": "Non",
}
RICE = {
    **SOAP,
    "item_code": "RIZ",
    "designation": "Riz",
    "stock_category": "aliments_secs",
    "unit": "kg",
    "has_expiry": "oui",
}


def move(no: str, kind: str, quantity: Any, on: str = "2026-11-02", **more: Any) -> dict[str, Any]:
    return {
        "move_no": no,
        "item_code": "SAV250",
        "moved_on": day(on),
        "move_type": kind,
        "quantity": quantity,
        **dict.fromkeys(("voucher_no", "lot_no", "expiry_on", "donor", "third_party", "reverses_move_no")),
        **more,
    }


GOLDEN = [
    move("M1", "stock_initial", 120, "2026-10-31"),
    move("M2", "achat", 200, "2026-11-03", donor="oim"),
    move("M3", "don", 50, "2026-11-05", donor="don_prive"),
    move("M4", "dist_individuelle", 38, "2026-11-10", third_party="S01"),
    move("M5", "retour", 2, "2026-11-12"),
    move("M6", "dist_collective", 60, "2026-11-15"),
    move("M7", "conso_interne", 25, "2026-11-20"),
    move("M8", "casse_avarie", 1, "2026-11-21"),
    move("M9", "ecart_moins", 3, "2026-11-30"),
]
LOT: dict[str, Any] = {"item_code": "RIZ", "lot_no": "L1", "expiry_on": day("2026-12-15")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(tmp_path / "golden.xlsx", golden())))
        yield opened


def looked(desk: Desk, path: Path, moves: Rows, items: Rows = [SOAP, RICE]) -> Look:  # noqa: B006
    lists: Mapping[str, Any] = {"articles": items, "mouvements": moves}
    return registers.look(desk, write(path / "stock.xlsx", {name: rows for name, rows in lists.items() if rows}))


def told(look: Look) -> list[tuple[str, int, str, str, str]]:
    return [(one.list, one.row, one.column, one.value, type(one.error).__name__) for one in look.judgement.refusals]


def counts(look: Look, name: str) -> tuple[int, int, int, int]:
    one = look.judgement.counts[name]
    return one.new, one.changed, one.same, one.refused
