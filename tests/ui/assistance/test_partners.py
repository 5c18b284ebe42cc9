"""The directory of providers: empty at first, typed by keyboard, searched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations import desk as desks
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.assistance.partners_part import PartnersPart
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.widgets import ask
from tests.operations.referral_scene import CLINIC, KINDS
from tests.operations.shelter import small_shelter
from tests.ui.assistance.referrals_scene import assistance, choose, told_by
from tests.ui.assistance.referrals_scene import desk as with_directory
from tests.ui.window.windows import type_in

__all__ = ["assistance", "with_directory"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def part(page: AssistancePage) -> PartnersPart:
    page.open("partners")
    face = page.face
    assert isinstance(face, PartnersPart)
    return face


def add(page: AssistancePage, qtbot: QtBot, name: str, kind: str = "structure de sante") -> None:
    """Type a structure with keys alone."""
    face = part(page)
    face.begin()
    type_in(qtbot, name)
    assert face.form is not None
    choose(qtbot, face.form.kind, kind)
    qtbot.keyClick(face.form.town.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def names(desk: Desk) -> list[str]:
    return [one.name for one in partners.partners(desk)]


def test_the_empty_directory_offers_its_first_step(assistance: AssistancePage, qtbot: QtBot) -> None:
    face = part(assistance)
    assistance.setFocus()
    face.set_first()
    type_in(qtbot, Qt.Key.Key_Return)
    assert face.form is not None


def test_a_structure_is_added_by_keyboard(assistance: AssistancePage, desk: Desk, qtbot: QtBot) -> None:
    add(assistance, qtbot, "Centre Kapok")
    assert [(one.name, one.partner_type) for one in partners.partners(desk)] == [("Centre Kapok", "sante")]


def test_an_added_structure_is_undone(assistance: AssistancePage, desk: Desk, qtbot: QtBot) -> None:
    said = told_by(assistance)
    add(assistance, qtbot, "Centre Kapok")
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert (names(desk), part(assistance).empty.isVisible()) == ([], True)


def test_a_name_twice_is_refused_beside_the_name(assistance: AssistancePage, desk: Desk, qtbot: QtBot) -> None:
    add(assistance, qtbot, "Centre Kapok")
    add(assistance, qtbot, "centre kapok")
    form = part(assistance).form
    assert form is not None
    assert (form.name.message(), names(desk)) == (
        "«\u00a0Centre Kapok\u00a0» est déjà dans l’annuaire.",
        ["Centre Kapok"],
    )


def test_a_structure_without_type_is_refused_beside_it(assistance: AssistancePage, desk: Desk) -> None:
    face = part(assistance)
    face.begin()
    assert face.form is not None
    face.form.name.set_text("Centre Kapok")
    face.form.go()
    assert (face.form.kind.state(), names(desk)) == ("blocked", [])


def test_a_structure_is_changed_from_the_list(assistance: AssistancePage, desk: Desk, qtbot: QtBot) -> None:
    add(assistance, qtbot, "Centre Kapok")
    face = part(assistance)
    face.table.setFocus()
    face.table.go_to(0)
    type_in(qtbot, Qt.Key.Key_Return)
    assert face.form is not None
    face.form.active.click()
    face.form.verb.click()
    assert (partners.partners(desk)[0].is_active, face.rows.cells(0)[-1]) == (False, "N’est plus utilisée")


def test_how_a_structure_is_reached_is_kept_and_shown_again(
    assistance: AssistancePage, desk: Desk, qtbot: QtBot
) -> None:
    add(assistance, qtbot, "Centre Kapok")
    face = part(assistance)
    face.edit(partners.partners(desk)[0])
    assert face.form is not None
    face.form.phone.set_text("20 42 00 00")
    face.form.hours.set_text("8h–16h")
    face.form.conditions.set_text("Gratuit")
    face.form.go()
    (one,) = partners.partners(desk)
    assert (one.phone, one.opening_hours, one.conditions) == ("20 42 00 00", "8h–16h", "Gratuit")
    face.edit(one)
    assert (face.form.phone.text(), face.form.conditions.text()) == ("20 42 00 00", "Gratuit")


def test_escape_leaves_the_directory_as_it_was(assistance: AssistancePage, desk: Desk, qtbot: QtBot) -> None:
    face = part(assistance)
    face.begin()
    type_in(qtbot, "Centre", Qt.Key.Key_Escape)
    assert (face.form, names(desk)) == (None, [])


def test_what_was_typed_of_a_structure_is_kept_at_escape_and_offered_again(
    assistance: AssistancePage, qtbot: QtBot
) -> None:
    found: list[Draft] = []
    face, said = part(assistance), told_by(assistance)
    assistance.draft_found.connect(found.append)
    face.begin()
    type_in(qtbot, "Centre", Qt.Key.Key_Escape)
    assert said[-1].state == "held"
    face.begin()
    assistance.resume(found[-1])
    assert face.form is not None
    assert (face.form.name.text(), drafting.sentence(found[-1]).rpartition(" ")[2]) == ("Centre", "l’annuaire")
    ask.answer_with(lambda _: "")
    face.form.close_button.click()
    face.begin()
    assert len(found) == 1


class TestFilled:
    """With four structures in the directory."""

    @pytest.fixture
    def desk(self, with_directory: Desk) -> Desk:
        return with_directory

    def test_all_are_listed(self, assistance: AssistancePage) -> None:
        assert part(assistance).rows.rowCount() == len(KINDS)

    def test_typing_leaves_those_that_fit(self, assistance: AssistancePage, qtbot: QtBot) -> None:
        face = part(assistance)
        qtbot.keyClicks(face.search.line, "baobab")
        assert [one.name for one in face.rows.rows()] == [CLINIC]

    def test_a_type_is_searched_by_its_name(self, assistance: AssistancePage, qtbot: QtBot) -> None:
        face = part(assistance)
        qtbot.keyClicks(face.search.line, "police")
        assert face.rows.rowCount() == 1
