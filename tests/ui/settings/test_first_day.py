"""A house that opens the program and has residents already: the first run, the forms that look for a bed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH
from shelter_desk.operations.beds import bed_board, beds, first_day
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.ui.beds.find_view import FindFace
from shelter_desk.ui.residents.admission.bed_choice import BedChoice
from shelter_desk.ui.today.catch_up.arrival_line import ArrivalLine
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft, RoomsLine
from shelter_desk.ui.widgets.label import Label
from tests.operations.shelter import born, days_ago, open_small_shelter
from tests.ui.window.windows import settle, show_active

PASSWORD = "trois pirogues au soleil"


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstRun]:
    drafted = FirstRunDraft(shelter="Maison des Essais", town="Gao", user="Agent A", password=PASSWORD)
    drafted.lines = [RoomsLine(1, "dortoir_f", 4)]
    made = FirstRun(tmp_path / "new", drafted)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    yield made
    made.forget()


def created(qtbot: QtBot, run: FirstRun) -> Desk:
    """As far as the account, with what was typed so far."""
    while run.here() is not run.account:
        run.go_on()
    run.go_on()
    settle(qtbot)
    assert run.desk is not None
    return run.desk


def resident_of_long_ago(desk: Desk, days: int) -> str:
    bed = next(bed for _, of_room in beds.rooms(desk) for bed in of_room)
    asked = Admission(days_ago(days), "premiere", "transit", "f", born(27), "GN", spot=Spot("lit", bed.id))
    return stays.admit(desk, asked).code


def test_a_resident_of_months_ago_comes_in_by_hand_on_day_one(qtbot: QtBot, run: FirstRun) -> None:
    assert resident_of_long_ago(created(qtbot, run), 400)


def test_the_first_run_asks_since_when_the_beds_are_there(qtbot: QtBot, run: FirstRun) -> None:
    while run.here() is not run.rooms:
        run.go_on()
    assert run.rooms.since.day() == NOT_KNOWN
    assert "vraie date d’entrée" in run.rooms._follows.text()
    since = run.rooms.since._today - timedelta(days=100)
    run.rooms.since.set_day(since)
    desk = created(qtbot, run)
    assert first_day.read(desk).beds_since == since
    assert {bed.in_service_from.date() for _, of_room in beds.rooms(desk) for bed in of_room} == {since}


def test_a_first_day_to_come_goes_no_further(run: FirstRun) -> None:
    while run.here() is not run.rooms:
        run.go_on()
    run.rooms.since.set_day(run.rooms.since._today + timedelta(days=1))
    run.go_on()
    assert (run.here(), run.rooms.since.at.state()) == (run.rooms, "blocked")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A house whose beds are there since five days only."""
    with open_small_shelter(tmp_path / "shelter") as made:
        every = [bed for _, of_room in beds.rooms(made) for bed in of_room]
        first_day.begin_beds(made, every, made.today() - timedelta(days=5))
        yield made


def since(desk: Desk) -> str:
    return f"{desk.today() - timedelta(days=5):%d/%m/%Y}"


def test_find_a_bed_says_since_when_beds_are_in_service(qtbot: QtBot, desk: Desk) -> None:
    face = FindFace(desk, bed_board.board(desk, desk.today() - timedelta(days=20)))
    qtbot.addWidget(face)
    said = " ".join(label.text() for label in face.list.findChildren(Label))
    assert f"En service seulement depuis le {since(desk)} : 12 lits." in said.replace("\u00a0", " ")
    assert "Réglages, Chambres et lits" in said


def test_an_admission_dated_before_the_beds_says_since_when_they_are_there(qtbot: QtBot, desk: Desk) -> None:
    choice = BedChoice(desk)
    qtbot.addWidget(choice)
    choice.propose("f", born(27), desk.today() - timedelta(days=20))
    assert since(desk) in choice.not_yet.text()
    assert ("1A", f"en service seulement depuis le {since(desk)}") in choice.why_not.reasons()


def test_an_admission_of_today_says_nothing_of_first_days(qtbot: QtBot, desk: Desk) -> None:
    choice = BedChoice(desk)
    qtbot.addWidget(choice)
    choice.propose("f", born(27), desk.today())
    assert choice.not_yet.isHidden()


def test_a_line_of_catching_up_says_since_when_beds_are_in_service(qtbot: QtBot, desk: Desk) -> None:
    day = desk.today() - timedelta(days=20)
    line = ArrivalLine(desk, (plain(day), desk.now()))
    qtbot.addWidget(line)
    line.at.day.set_day(day)
    line.sex.choose("f")
    line._propose()
    assert since(desk) in line.bed.message()


def test_a_mat_is_offered_by_the_rules_of_rooms_where_no_bed_is_in_service_yet(desk: Desk) -> None:
    found = beds.beds_for(desk, "f", UNKNOWN_BIRTH, desk.today() - timedelta(days=20))
    of_men = [one for one in found if one.room.room_type == "dortoir_h"]
    assert [one.is_possible for one in found] == [False] * 12
    assert all(one.against for one in of_men)
