"""What is chosen in the window of the system: where to write, with an ending that its content has."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from shelter_desk.ui.widgets import files


@pytest.mark.parametrize(
    ("chosen", "kinds", "made"),
    [
        ("liste", "Excel (*.xlsx)", "liste.xlsx"),
        ("liste.XLSX", "Excel (*.xlsx)", "liste.XLSX"),
        ("liste.xls", "Excel (*.xlsx)", "liste.xls.xlsx"),
        ("liste.v2", "Excel (*.xlsx)", "liste.v2.xlsx"),
        ("liste.csv", "CSV (*.csv);;Excel (*.xlsx *.xlsm)", "liste.csv"),
        ("liste.xlsm", "CSV (*.csv);;Excel (*.xlsx *.xlsm)", "liste.xlsm"),
    ],
)
def test_a_name_without_an_ending_of_its_kinds_is_given_the_suggested_one(chosen: str, kinds: str, made: str) -> None:
    files.answer_with(Path("dossier") / chosen)
    assert files.choose_to_save(None, "", "propose.xlsx", kinds) == Path("dossier") / made


def test_nothing_is_given_to_nobody() -> None:
    files.answer_with(None)
    assert files.choose_to_save(None, "", "propose.xlsx", "Excel (*.xlsx)") is None


def test_a_bare_name_is_saved_among_the_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    assert files.start_of("rapport.xlsx") == tmp_path / "rapport.xlsx"
    assert files.start_of(str(tmp_path / "ailleurs" / "rapport.xlsx")) == tmp_path / "ailleurs" / "rapport.xlsx"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "gone"))
    assert files.start_of("rapport.xlsx") == Path.home() / "rapport.xlsx"
