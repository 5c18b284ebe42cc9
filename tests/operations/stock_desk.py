"""A desk over an empty store, and what is asked of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from shelter_desk.domain.ids import ItemId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock
from tests.operations import store_scene as scene
from tests.operations.shelter import small_shelter

EARLY, LATE = Lot("A", scene.ahead(20), "oim"), Lot("B", scene.ahead(200), "ue")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def number_of(desk: Desk, voucher: object) -> str:
    period = Period(scene.ago(400), scene.ago(0))
    return next(one.voucher_no for one in stock.papers(desk, period) if one.id == voucher)


def left(desk: Desk, item: ItemId) -> dict[Lot, int]:
    return dict(stock.card(desk, item).lots)


def director(desk: Desk) -> UserId:
    return stock.approvers(desk)[0][0]


def services(desk: Desk, stay: StayId) -> list[str]:
    return [one.service_type for one in assistance.of_stays(desk, [stay]).get(stay, ())]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the file meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def given(desk: Desk, stay: StayId, *lines: AskedLine) -> str:
    return issuing.issue(desk, Slip(scene.ago(0), "individuel", lines, stay, approved_by=director(desk))).subject
