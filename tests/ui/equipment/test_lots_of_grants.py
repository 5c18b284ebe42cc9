"""A receipt proposes the donor’s last grant, and keeps the one that was chosen, in a draft too."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.ids import GrantId
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import stock
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from tests.operations.shelter import PASSWORD
from tests.ui.stock.stock_scene import Enter, desk_of, enter, folder, item, items_part, page_of
from tests.ui.window.windows import settle

__all__ = ["enter", "folder"]


@pytest.fixture(autouse=True)
def granted(folder: Path) -> None:
    """Two grants of one donor, the second one newer."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        for code, began in (("OIM-1", date(2025, 1, 1)), ("OIM-2", date(2026, 1, 1))):
            equipment.keep_grant(desk, Grant(GrantId(0), code, "oim", started_on=began))


def test_the_last_grant_of_the_donor_is_proposed(enter: Enter) -> None:
    window = enter("Agent M")
    form = ReceiptForm(desk_of(window))
    form.donor.choose("oim")
    form.donor.chosen.emit("oim")
    assert (form.grant.code(), form.grant.isHidden()) == ("OIM-2", False)
    form.donor.choose("ue")
    form.donor.chosen.emit("ue")
    assert (form.grant.code(), form.grant.isHidden()) == ("", True)
    form.deleteLater()


def test_what_came_in_stands_under_the_grant_chosen(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    part = items_part(page_of(window))
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    form.donor.choose("oim")
    form.donor.chosen.emit("oim")
    form.grant.choose("OIM-1")
    line, blanket = form.lines.lines[0], item(desk_of(window), "COUV")
    line.choose(str(blanket))
    line.quantity.setText("5")
    form.go()
    settle(qtbot)
    lots = [lot for lot, _ in stock.card(desk_of(window), blanket).lots]
    assert [(lot.donor, lot.grant) for lot in lots if lot.donor] == [("oim", "OIM-1")]


def test_a_draft_keeps_the_grant_chosen(enter: Enter) -> None:
    window = enter("Agent M")
    form, again = ReceiptForm(desk_of(window)), ReceiptForm(desk_of(window))
    form.donor.choose("oim")
    form.donor.chosen.emit("oim")
    form.grant.choose("OIM-1")
    again.fill(form.values())
    assert (again.grant.code(), again.grant.isHidden()) == ("OIM-1", False)
    for one in (form, again):
        one.deleteLater()
