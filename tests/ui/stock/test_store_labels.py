"""Labels of the store through the window: a reader fills a slip and finds its line in a count; sheets of labels."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.stock import stock, stock_counts
from shelter_desk.ui.stock.counts_part import CountsPart
from shelter_desk.ui.stock.printing import label
from shelter_desk.ui.stock.slip_form import FromLot, SlipForm
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.print import printing
from tests.ui.stock.stock_scene import Enter, desk_of, enter, folder, item, items_part, page_of, slip_of
from tests.ui.window.windows import focused, type_in

__all__ = ["enter", "folder"]
ENTER = Qt.Key.Key_Return


@pytest.fixture
def form(enter: Enter) -> Iterator[SlipForm]:
    """An issue slip of the storekeeper, for the kitchen."""
    window = enter("Agent M")  # as long as the form is looked at
    form = slip_of(items_part(page_of(window)))
    form.purpose.choose("cuisine")
    form._show()
    yield form
    del window


def read(qtbot: QtBot, form: SlipForm, *labels: str) -> None:
    form.label.setFocus()
    for one in labels:
        type_in(qtbot, one)
        qtbot.keyClick(focused(), ENTER)


def lines(form: SlipForm) -> list[tuple[str | None, str]]:
    return [(one.item.value(), one.quantity.text()) for one in form.lines.lines]


def test_a_label_adds_its_line_and_the_same_one_again_one_more(qtbot: QtBot, form: SlipForm) -> None:
    soap, blanket = str(item(form.desk, "SAV")), str(item(form.desk, "COUV"))
    read(qtbot, form, "SAV", "COUV", "SAV")
    assert lines(form) == [(soap, "2"), (blanket, "1")]
    assert form.label.text() == ""


def test_a_label_of_a_lot_chooses_it_and_what_is_weighed_waits_for_its_weight(qtbot: QtBot, form: SlipForm) -> None:
    read(qtbot, form, "RIZ/B")
    beside = form.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    lot = beside.lot.lot()
    assert lot is not None
    assert (lot.lot_no, lines(form)) == ("B", [(str(item(form.desk, "RIZ")), "")])
    assert focused() is form.lines.lines[0].quantity


def test_another_lot_of_the_same_item_is_another_line(qtbot: QtBot, form: SlipForm) -> None:
    read(qtbot, form, "RIZ/B")
    form.lines.lines[0].quantity.setText("1")
    read(qtbot, form, "RIZ/A")
    chosen = [one.extra.lot.lot() for one in form.lines.lines if isinstance(one.extra, FromLot)]
    assert [lot.lot_no for lot in chosen if lot is not None] == ["B", "A"]


def test_a_code_of_no_item_stays_in_the_line_with_a_sentence(qtbot: QtBot, form: SlipForm) -> None:
    read(qtbot, form, "LIT-0001")
    assert form.label.text() == "LIT-0001"
    assert form.label.message() == "Aucun article n’a le code LIT-0001. Vérifiez l’étiquette."
    assert lines(form) == [(None, "")]


def test_in_a_count_a_label_goes_to_its_line(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    stock_counts.begin(desk_of(window), ["AB", "CD"])
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(stock_counts.listed(desk_of(window))[0].id)
    part.set_first()
    assert part.view is not None
    table, sheet = part.view.table, part.view.sheet
    of_soap = next(at for at, one in enumerate(sheet.count.lines) if one.item == item(desk_of(window), "SAV"))
    other = next(at for at in range(len(sheet.count.lines)) if at != of_soap)
    table.go_to(other)
    type_in(qtbot, "S", "AV")  # the first letter opens the cell
    qtbot.keyClick(focused(), ENTER)
    qtbot.waitUntil(lambda: table.currentIndex().row() == of_soap)
    type_in(qtbot, "5", "8")
    qtbot.keyClick(focused(), ENTER)
    qtbot.waitUntil(lambda: part.view is not None and part.view.sheet.count.lines[of_soap].counted == 58_000)
    assert part.view.sheet.count.lines[other].counted is None


def test_labels_of_what_is_shown_are_saved_where_there_is_no_printer(
    qtbot: QtBot, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    window = enter("Agent M")
    part = items_part(page_of(window))
    for at in ("", str(item(part.desk, "RIZ"))):
        path = tmp_path / f"labels{at}.pdf"
        files.answer_with(path)
        if at:
            part.open_at(at)
        part.print_labels()
        assert path.read_bytes().startswith(b"%PDF-")


def test_a_label_says_what_its_bars_say_and_the_rest_below() -> None:
    rice = Item(ItemId(1), "RIZ", "Riz", "aliments_secs", "kg", has_expiry=True)
    made = label(rice, Lot("L-7", date(2027, 6, 30), "oim"), training=False)
    assert (made.read, made.large, made.name) == ("RIZ/L-7", "Riz", "RIZ/L-7")
    assert "30/06/2027" in made.small
    assert "L-7" not in made.small


def test_the_slip_proposes_who_approved_the_last_one(qtbot: QtBot, form: SlipForm) -> None:
    (director, _), *_ = stock.approvers(form.desk)
    assert form.approved_by.value() is None
    form.approved_by.choose(str(director))
    read(qtbot, form, "SAV")
    form.go()
    again = SlipForm(form.desk)
    assert (again.approved_by.value(), again.as_before.isHidden()) == (str(director), False)
    again.approved_by.choose(None)
    again._show()
    assert again.as_before.isHidden()
    again.deleteLater()
