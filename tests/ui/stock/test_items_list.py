"""The list of items says as bars how long each lasts, and as verbs what is to be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import StockStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.row_painter import BAR_WIDTH
from shelter_desk.ui.stock import item_columns
from shelter_desk.ui.stock.counts_part import CountsPart
from shelter_desk.ui.stock.items_part import ItemsPart
from tests.operations import store_scene as scene
from tests.ui.stock.stock_scene import Enter, desk_of, enter, folder, item, items_part, page_of

__all__ = ["enter", "folder"]


def _said(part: ItemsPart, name: str, heading: str) -> str:
    headings = [one.heading for one in part.rows.columns]
    cells = next(part.rows.cells(at) for at in range(part.rows.rowCount()) if part.rows.cells(at)[0] == name)
    return cells[headings.index(heading)]


def _standing(**more: object) -> StockStanding:
    plain = Item(ItemId(1), "SAV", "Savon", "hygiene", "piece", 50_000)
    known = {"item": plain, "physical": 90_000, "usable": 90_000, "use": 90_000, "near": 0, "expires_on": None}
    return StockStanding(**known | {"counted_on": None} | more)  # type: ignore[arg-type]


def test_what_has_expired_goes_before_what_lacks_and_what_goes_first() -> None:
    with words.speaking("fr"):
        ones = (
            _standing(usable=40_000, near=6_000),
            _standing(usable=40_000, physical=40_000, near=6_000),
            _standing(near=6_000),
            _standing(item=Item(ItemId(2), "GAS", "Gazole", "carburant", "litre", restricted=True)),
            _standing(),
        )
        told = [(item_columns.to_do(one), item_columns.badge(one)) for one in ones]
    assert told == [
        ("Retirer 50", "blocked"),
        ("Commander", "attention"),
        ("Donner 6 d’abord", "held"),
        ("Accès restreint", "neutral"),
        ("Suffisant", None),
    ]


def test_the_bar_is_as_full_as_the_cover_is_long(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.went(desk, item(desk, "SAV"), 30_000, scene.ago(2))  # 30 pieces are left, one a day is used
    part = items_part(page_of(window))
    part.look_again()
    assert (_said(part, "Savon", "Usage par jour"), _said(part, "Savon", "Couverture")) == ("1,0", "30 jours")
    column = [one.heading for one in part.rows.columns].index("Couverture")
    bars = {part.rows.cells(at)[0]: part.rows.look(at, column).bar for at in range(3)}
    assert bars == {"Couverture": None, "Riz": None, "Savon": (0.5, "attention")}


def test_the_bar_is_painted_as_far_as_it_is_full(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.went(desk, item(desk, "SAV"), 30_000, scene.ago(2))
    part = items_part(page_of(window))
    part.look_again()
    column = [one.heading for one in part.rows.columns].index("Couverture")
    at = next(at for at in range(3) if part.rows.cells(at)[0] == "Savon")
    box = part.table.visualRect(part.rows.index(at, column))
    seen = part.table.viewport().grab().toImage()
    middle, full = box.center().y(), tokens.color("attention")

    def shade(share: float) -> QColor:
        return seen.pixelColor(box.left() + 8 + int(tokens.wide(BAR_WIDTH) * share), middle)

    assert (shade(0.4), shade(0.6)) == (full, tokens.color("sunken"))


def test_the_chip_lists_what_was_not_counted_for_long_and_the_verb_leads_to_the_counts(enter: Enter) -> None:
    window = enter("Agent M")
    page = page_of(window)
    part = items_part(page)
    due = {one.item.code for one in stock.standing(desk_of(window)) if one.to_count}
    part.chips.chip("count").click()
    assert {one.item.code for one in part.rows.rows()} == due == {"SAV", "RIZ", "COUV"}
    part.count_button.click()
    assert isinstance(page.face, CountsPart)


def test_who_only_looks_at_the_stock_has_no_verb_that_writes(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent V")))
    hidden = [one.isHidden() for one in (part.receipt_button, part.count_button, part.new_button)]
    assert hidden == [True, True, True]


def test_what_expired_is_taken_out_by_its_verb(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.came(desk, item(desk, "RIZ"), 3_000, scene.ago(9), Lot("P", scene.ago(1), "oim"))
    part = items_part(page_of(window))
    part.look_again()
    assert _said(part, "Riz", "À faire") == "Retirer 3"
    part.rows.sort([one.heading for one in part.rows.columns].index("À faire"), Qt.SortOrder.AscendingOrder)
    assert part.rows.cells(0)[0] == "Riz"
