"""Moves and exits typed after later ones, through the forms: what is said of the nights after, in the message bar."""

from datetime import datetime

from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.acts.presence_forms import MoveForm
from shelter_desk.ui.today.catch_up.person_lines import ExitLine, MoveLine
from shelter_desk.words import formats
from tests.operations.shelter import admit, bed, days_ago
from tests.ui.today.today_scene import catching_up, desk, open_page, told_by

__all__ = ["desk"]


def move(desk: Desk, one: Admitted, code: str, at: datetime) -> None:
    stays.move(desk, one.stay, Spot("lit", bed(desk, code).id), at)


def begins(desk: Desk, one: Admitted) -> list[tuple[str, datetime]]:
    record = residents.record(desk, one.person)
    found = record.stays[0].placements
    return [(record.beds[place.bed].code, place.start) for place in found if place.bed is not None]


def test_catching_up_takes_moves_in_any_order_and_says_until_when(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1C", days_ago(2))
    page = open_page(qtbot, desk)
    said = told_by(page)
    line = catching_up(page).add("move")
    assert isinstance(line, MoveLine)
    line.person.choose(str(one.stay))
    line.at.day.set_day(days_ago(5).date())
    line.at.hour.set_clock(days_ago(5).time())
    line._propose()
    line.bed.choose(str(bed(desk, "1B").id))
    line.go()
    assert [code for code, _ in begins(desk, one)] == ["1A", "1B", "1C"]
    assert said[-1].sentence.endswith(
        f"Jusqu’au {formats.day(days_ago(2).date())}\u00a0: les nuits suivantes restent comme elles sont."
    )


def test_the_bed_of_tonight_can_be_given_for_a_night_of_the_past(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1C", days_ago(2))
    line = catching_up(open_page(qtbot, desk)).add("move")
    assert isinstance(line, MoveLine)
    line.person.choose(str(one.stay))
    line.at.day.set_day(days_ago(5).date())
    line._propose()
    offered = [line.bed.combo.itemText(n).split(" · ")[0] for n in range(line.bed.combo.count())]
    assert ("1C" in offered, "1A" in offered) == (True, False)


def test_the_record_says_until_when_a_move_dated_back_holds(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1C", days_ago(2))
    record = residents.record(desk, one.person)
    form = MoveForm(desk, record, record.stays[0])
    qtbot.addWidget(form)
    form.day.set_day(days_ago(4).date())
    form.choice.pick(f"bed{bed(desk, '1D').id}")
    told = form.act()
    assert told.sentence.startswith(f"{one.code} a un autre lit\u00a0: 1D, Dortoir femmes.")
    assert f"Jusqu’au {formats.day(days_ago(2).date())}" in told.sentence


def test_an_exit_dated_before_a_move_says_that_the_move_is_taken_out(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1C", days_ago(2))
    page = open_page(qtbot, desk)
    said = told_by(page)
    line = catching_up(page).add("exit")
    assert isinstance(line, ExitLine)
    line.take(one.stay, days_ago(4).date())
    line.why.choose("fin_sejour")
    line.go()
    assert (said[-1].state, f"à partir du {formats.day(days_ago(2).date())}" in said[-1].sentence) == (
        "attention",
        True,
    )
