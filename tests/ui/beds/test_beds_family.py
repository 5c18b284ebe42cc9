"""A whole family moved on the plan in one act, by mouse and by keys, with one undo; refused where beds are too few."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import placing, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.beds.bed_views import ReasonFace
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.page import Told
from tests.operations import shelter
from tests.ui.beds.beds_scene import code_in, face_of, key, press, tile

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def mother(desk: Desk) -> Admitted:
    """A mother in 1A with a girl in 1B and a baby in her bed."""
    one = shelter.admit(desk, "1A")
    shelter.admit(desk, "1B", age=9, head=one.stay)
    shelter.admit(desk, "1A", age=1, head=one.stay, shares=True)
    return one


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, mother: Admitted) -> BedsPage:
    assert mother.stay
    made = BedsPage(desk)
    made.resize(1270, 696)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def heard(page: BedsPage) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def board(desk: Desk) -> dict[str, list[str]]:
    """Who is in each bed, infants after the sleeper."""
    found = (one for room in bed_board.board(desk, desk.today()).rooms for one in room.beds)
    return {
        one.bed.code: [p.person.code for p in (one.sleeper, *one.sharing) if p]
        for one in found
        if one.sleeper or one.sharing
    }


def ask_for_family(page: BedsPage, desk: Desk, bed: str = "1A") -> None:
    page.plan.go_to(key(desk, bed))
    press(page, Qt.Key.Key_F)


def test_a_family_is_moved_by_keys_in_one_act_and_taken_back_in_one(page: BedsPage, desk: Desk) -> None:
    before = board(desk)
    mother, baby = before["1A"]
    (girl,) = before["1B"]
    said = heard(page)
    ask_for_family(page, desk)
    page.plan.go_to(key(desk, "4B"))
    press(page, Qt.Key.Key_Return)
    assert board(desk) == {"4B": [mother, baby], "4A": [girl]}
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert board(desk) == before


def test_a_family_is_moved_by_mouse(page: BedsPage, desk: Desk) -> None:
    mother = code_in(desk, "1A")
    QTest.mouseClick(tile(page, "1B"), LEFT)
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    QTest.mouseClick(face.buttons["family"], LEFT)
    QTest.mouseClick(tile(page, "4A"), LEFT)
    assert (code_in(desk, "4A"), page.mover.moving) == (mother, None)
    assert code_in(desk, "1A") == code_in(desk, "1B") == ""


def test_a_room_with_too_few_beds_says_so_and_nobody_moves(page: BedsPage, desk: Desk) -> None:
    shelter.admit(desk, "4A", age=40)
    page.refresh()
    before, said = board(desk), heard(page)
    ask_for_family(page, desk)
    verdict = page.mover.verdicts[key(desk, "4B")]
    page.mover.choose(key(desk, "4B"))
    short = words.text("{free} of {wanted} beds").format(free=1, wanted=2)
    assert (verdict.kind, verdict.short) == ("no", short)
    assert ("4" in said[-1].sentence, said[-1].state, board(desk)) == (True, "attention", before)


def test_no_room_with_enough_beds_is_said_at_once(page: BedsPage, desk: Desk) -> None:
    for code in ("2B", "2C", "2D"):
        shelter.admit(desk, code, sex="m")
    for code in ("3A", "4A", "1C", "1D"):
        shelter.admit(desk, code, age=12 if code == "3A" else 30)
    page.refresh()
    ask_for_family(page, desk)
    told = words.text("No room has the {n} free beds for the family of {code}. Escape gives up.")
    assert page.mover.sentence() == told.format(n=2, code=code_in(desk, "1A"))


def test_who_sleeps_in_the_room_already_stays_there(page: BedsPage, desk: Desk, mother: Admitted) -> None:
    girl = code_in(desk, "1B")
    stays.move(desk, mother.stay, placing.Spot("lit", shelter.bed(desk, "4A").id), desk.now())
    page.refresh()
    ask_for_family(page, desk, "1B")
    page.mover.choose(key(desk, "4B"))
    assert board(desk)["4B"] == [girl]
    assert len(board(desk)["4A"]) == 2


def test_a_rule_asks_for_one_reason_for_all(page: BedsPage, desk: Desk) -> None:
    mother = code_in(desk, "1A")
    ask_for_family(page, desk)
    page.mover.choose(key(desk, "2A"))
    face = face_of(page, ReasonFace)
    assert isinstance(face, ReasonFace)
    face.reason.set_text("chambre des femmes en travaux")
    face.verb.click()
    assert code_in(desk, "2A") == mother


def test_somebody_alone_is_offered_no_family(page: BedsPage, desk: Desk) -> None:
    shelter.admit(desk, "1C")
    page.refresh()
    ask_for_family(page, desk, "1C")
    QTest.mouseClick(tile(page, "1C"), LEFT)
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    assert ("family" in face.buttons, page.mover.moving) == (False, None)


def test_a_mother_with_a_baby_in_her_bed_is_moved_as_one(page: BedsPage, desk: Desk) -> None:
    one = shelter.admit(desk, "1C")
    shelter.admit(desk, "1C", age=1, head=one.stay, shares=True)
    page.refresh()
    ask_for_family(page, desk, "1C")
    assert page.mover.moving is None


def test_a_role_that_may_not_move_is_offered_nothing(page: BedsPage, desk: Desk) -> None:
    desk.role = Role.RECEPTION
    ask_for_family(page, desk)
    assert page.mover.moving is None
