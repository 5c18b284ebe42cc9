"""A bed that the search leads to and that is not on the plan of tonight: the page says why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import plain
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.page import Told
from shelter_desk.words import formats
from tests.operations import shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("days", "told"), [(-2, "Le lit 2C est retiré depuis le"), (2, "Le lit 2C sera en service le")]
)
def test_the_page_says_why_a_bed_is_not_on_the_plan(desk: Desk, qtbot: QtBot, days: int, told: str) -> None:
    bed, day = shelter.bed(desk, "2C"), desk.today() + timedelta(days=days)
    gone = replace(bed, in_service_to=plain(day)) if days < 0 else replace(bed, in_service_from=plain(day))
    beds.change_bed(desk, gone)
    page, said = BedsPage(desk), list[Told]()
    qtbot.addWidget(page)
    page.told.connect(said.append)
    page.show_bed(bed.id)
    assert said[-1].sentence.startswith(f"{told} {formats.day(day)}")
    page.show_bed(shelter.bed(desk, "1A").id)
    assert len(said) == 1
