"""The store of the invented shelters: nothing below zero, something of each kind, services with what was given."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import Any

import pytest

from shelter_desk import training
from shelter_desk.domain.stock.moves import ISSUES, sign
from shelter_desk.training.stock import GOODS, KITS

TODAY = date(2026, 11, 25)
Lists = dict[str, list[Any]]


@cache
def lists(profile: Any) -> Lists:
    found: Lists = defaultdict(list)
    for row in training.rows(profile, 12, TODAY, 7):
        found[row.list].append(row.values)
    return found


both = pytest.mark.parametrize("profile", ["bamako", "gao"])


@both
def test_no_item_and_no_lot_is_ever_below_zero(profile: str) -> None:
    left: Counter[Any] = Counter()
    for move in lists(profile)["mouvements"]:
        change = sign(move["move_type"]) * round(move["quantity"] * 1000)
        for place in ((move["item_code"],), (move["item_code"], move.get("lot_no"), move.get("donor"))):
            left[place] += change
            assert left[place] >= 0


@both
def test_a_year_of_movements_of_the_usual_kinds(profile: str) -> None:
    moves = lists(profile)["mouvements"]
    kinds = {move["move_type"] for move in moves}
    assert {"stock_initial", "achat", "don", "dist_individuelle", "conso_interne", "peremption", "ecart_moins"} <= kinds
    assert len({move["moved_on"].strftime("%Y-%m") for move in moves}) == 13
    assert {move["item_code"] for move in moves} == {good.code for good in GOODS}


@both
def test_nothing_expired_is_given_out(profile: str) -> None:
    given = [move for move in lists(profile)["mouvements"] if move["move_type"] in ISSUES and move.get("expiry_on")]
    assert given
    assert [move for move in given if move["expiry_on"] < move["moved_on"]] == []


@both
def test_what_is_given_to_a_resident_stands_behind_a_service_of_that_day(profile: str) -> None:
    services = {one["service_no"]: one for one in lists(profile)["services"]}
    given = [move for move in lists(profile)["mouvements"] if move["move_type"] == "dist_individuelle"]
    assert given
    for move in given:
        service = services[move["service_no"]]
        assert (service["service_on"], service["service_type"] in KITS) == (move["moved_on"], True)
