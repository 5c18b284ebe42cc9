"""The exit form asks what becomes of each loan of the store; nothing is recorded before each has its answer."""

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.stock.vouchers import AskedLine
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import stock
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.shelter import admit
from tests.operations.stock_desk import given
from tests.ui.residents.case_scene import chosen, desk_of, done, form_of, pressed, record_page, ticked, typed, window

__all__ = ["window"]


@pytest.fixture
def she(window: Window) -> Admitted:
    """A resident with a blanket and a net of the store."""
    desk = desk_of(window)
    made, blanket = admit(desk, "1A", days=60), scene.blanket(desk)
    scene.came(desk, blanket, 4_000, scene.ago(9))
    for amount in (1_000, 2_000):
        given(desk, made.stay, AskedLine(blanket, amount, lent=True))
    return made


@pytest.fixture
def page(window: Window, she: Admitted) -> ResidentsPage:
    return record_page(window, she.person)


def leaving(qtbot: QtBot, page: ResidentsPage) -> ExitForm:
    pressed(qtbot, page.record.head.exit_button)
    form = form_of(page, ExitForm)
    chosen(qtbot, form.reason, "autonomie")
    chosen(qtbot, form.destination, "mali_autre")
    return form


def test_each_loan_is_named_with_what_is_out_of_it(qtbot: QtBot, page: ResidentsPage) -> None:
    form = leaving(qtbot, page)
    assert [row.end.label.text().split(",")[:2] for row in form.back.lent.rows] == [
        ["Couverture", " 1 pièce"],
        ["Couverture", " 2 pièces"],
    ]


def test_the_exit_waits_until_each_loan_has_its_answer(
    qtbot: QtBot, window: Window, page: ResidentsPage, she: Admitted
) -> None:
    form = leaving(qtbot, page)
    done(qtbot)
    assert form.back.lent.rows[0].end.message()
    assert residents.record(desk_of(window), she.person).stays[0].stay.exited_at is None


def test_one_comes_back_and_one_stays_out_with_its_reason(
    qtbot: QtBot, window: Window, page: ResidentsPage, she: Admitted
) -> None:
    form = leaving(qtbot, page)
    first, second = form.back.lent.rows
    chosen(qtbot, first.end, "back")
    assert first.why.isHidden()
    chosen(qtbot, second.end, "out")
    done(qtbot)
    assert second.why.message()
    typed(qtbot, second.why, "Les rapporte lundi")
    done(qtbot)
    assert [(one.out, one.note) for one in stock.loans(desk_of(window))] == [(2_000, "Les rapporte lundi")]


def test_nothing_is_asked_of_who_has_nothing(qtbot: QtBot, window: Window) -> None:
    other = admit(desk_of(window), "1B", days=3)
    form = leaving(qtbot, record_page(window, other.person))
    assert form.back.lent.isHidden()
    done(qtbot)
    assert residents.record(desk_of(window), other.person).stays[0].stay.exited_at is not None


def test_the_loans_of_a_child_who_leaves_with_her_are_asked_too(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    mother = admit(desk, "4A", days=9)
    child = admit(desk, "4B", age=6, head=mother.stay, days=9)
    scene.came(desk, scene.blanket(desk), 4_000, scene.ago(9))
    given(desk, child.stay, AskedLine(stock.standing(desk)[0].item.id, 1_000, lent=True))
    form = leaving(qtbot, record_page(window, mother.person))
    (row,) = form.back.lent.rows
    assert row.end.label.text().startswith(f"{child.code}\u00a0: Couverture")
    (_, _, tick) = form.family[0]
    ticked(qtbot, tick)
    assert form.back.lent.isHidden()
    ticked(qtbot, tick)
    chosen(qtbot, row.end, "back")
    done(qtbot)
    assert (stock.loans(desk), scene.balance(desk, stock.standing(desk)[0].item.id)) == ((), 4_000)
