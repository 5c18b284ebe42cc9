"""A workbook that comes from a training shelter is known by its stamp in each language, and never refused for it."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.excel import style
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, register_export, registers
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.imports.review_view import ReviewFace
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Desk]:
    made = unlocking.create(tmp_path / "exercice", "Essais", "Bamako", "Agent A", PASSWORD, training=True, cost=QUICK)
    admit(made.desk, days=3)
    yield made.desk
    made.desk.close()


def review(desk: Desk, path: Path) -> intake.Review:
    return intake.open_file(desk, path, lambda _step, _done, _total: None)


def shown(qtbot: QtBot, desk: Desk, path: Path) -> bool:
    face = ReviewFace(desk)
    qtbot.addWidget(face)
    face.show_review(review(desk, path))
    return not face.invented.isHidden()


def test_a_workbook_of_a_training_shelter_is_told_at_the_head_of_the_review(
    qtbot: QtBot, desk: Desk, training: Desk, tmp_path: Path
) -> None:
    register_export.export(training, tmp_path / "exercice.xlsx")
    assert shown(qtbot, desk, tmp_path / "exercice.xlsx")


def test_one_of_a_real_shelter_or_one_taken_into_a_training_shelter_is_not(
    qtbot: QtBot, desk: Desk, training: Desk, tmp_path: Path
) -> None:
    register_export.export(desk, tmp_path / "real.xlsx")
    register_export.export(training, tmp_path / "exercice.xlsx")
    assert not shown(qtbot, desk, tmp_path / "real.xlsx")
    assert not shown(qtbot, training, tmp_path / "exercice.xlsx")


def test_the_stamp_is_still_known_after_another_program_saved_the_file(
    desk: Desk, training: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "exercice.xlsx"
    register_export.export(training, path)
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert registers.look(desk, path).invented


def test_it_can_be_taken_in_all_the_same(desk: Desk, training: Desk, tmp_path: Path) -> None:
    register_export.export(training, tmp_path / "exercice.xlsx")
    looked = registers.look(desk, tmp_path / "exercice.xlsx")
    assert (looked.invented, looked.judgement.refusals) == (True, [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_stamp_is_known_in_each_language(language: words.Language) -> None:
    with words.speaking(language):
        stamp = style.stamp(training=True)
    assert (style.is_stamp(stamp), style.is_stamp("Registres du centre"), style.is_stamp("")) == (True, False, False)
