"""The old Excel report beside the month, by keyboard alone: pointed to once, next month only its file is chosen."""

from pathlib import Path

from shelter_desk.domain.moments import Period
from shelter_desk.operations.reports import old_report
from shelter_desk.ui.reports.old_report.form import OldReportForm
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets import files
from shelter_desk.words import formats
from tests.excel.old_workbook import make
from tests.operations.shelter import admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def opened(hands: Hands, path: Path) -> OldReportForm:
    """From the key of the page to the sheet."""
    hands.press("Ctrl+7")
    assert hands.window.frame is not None
    page = hands.window.frame.pages["reports"]
    assert isinstance(page, ReportsPage)
    hands.until(lambda: page.computed is not None)
    files.answer_with(path)
    hands.tick("Comparer avec l’ancien rapport")
    form = page.forms.form
    assert isinstance(form, OldReportForm)
    hands.tick("Choisir le fichier Excel")
    hands.until(lambda: form.book is not None)
    hands.settle()
    return form


def lines(form: OldReportForm) -> list[tuple[str, ...]]:
    return [form.rows.cells(place) for place in range(form.rows.rowCount())]


def house(hands: Hands) -> Period:
    """Two came in the month that is over, one of them on its first day."""
    month = Period(hands.desk.today(), hands.desk.today()).month_before
    since = (hands.desk.today() - month.first).days
    admit(hands.desk, "1A", days=since)
    admit(hands.desk, "1B", days=since - 5)
    return month


def test_a_cell_is_pointed_to_and_the_rows_that_explain_it_are_read(hands: Hands, tmp_path: Path) -> None:
    month = house(hands)
    form = opened(hands, make(tmp_path / "a.xlsx", entries=1, sheets=(formats.month_title(month.first),)))
    assert hands.at() is form.grid
    hands.press("Down", "Down", "Right", "Right", "Right", "Down", "Return")  # A1 to D4, beyond the empty row 2
    assert fold_free(form.cell_label.text()) == "Case D4 : 1"
    assert form.figure.value() == "t2.entries"
    hands.go_to("Comparer cette case")
    hands.press("Space")
    hands.until(lambda: form.rows.rowCount() == 1)
    assert lines(form)[0] == ("D4", "Admissions, Total", "Entrées", "1", "2", "+1")
    assert "premier jour : 1 ligne" in fold_free(form.opened_card.note.text())
    assert hands.at() is form.grid
    hands.go_to("Cases comparées")
    hands.go_to("Lignes : Entrées")
    hands.tick("Ouvrir")
    frame = hands.window.frame
    assert frame is not None
    assert isinstance(frame.stack.currentWidget(), ResidentsPage)


def test_another_figure_is_found_by_its_words_and_a_cell_forgotten(hands: Hands, tmp_path: Path) -> None:
    house(hands)
    form = opened(hands, make(tmp_path / "a.xlsx"))
    hands.press("Down", "Down", "Down", "Right", "Return")  # B4, women
    hands.enter(("Notre chiffre", "T2 Personnes distinctes"))
    hands.go_to("Comparer cette case")
    hands.press("Space")
    hands.until(lambda: form.rows.rowCount() == 1)
    assert lines(form)[0][2:5] == ("Personnes distinctes", "3", "2")
    hands.go_to("Oublier la case")
    hands.press("Space")
    hands.until(lambda: form.rows.rowCount() == 0)
    assert old_report.remembered(hands.desk) == ()


def test_the_month_after_only_the_file_is_chosen(hands: Hands, tmp_path: Path) -> None:
    house(hands)
    kept = (("Bilan", "D4", "t2.entries"), ("Bilan", "B7", "t1.occupancy_rate"))
    old_report.remember(hands.desk, kept)
    form = opened(hands, make(tmp_path / "b.xlsx", entries=2, sheets=("Bilan", "Notes")))
    hands.until(lambda: form.rows.rowCount() == 2)
    assert [one[5] for one in lines(form)][:1] == ["égal"]
    assert form.sheet.value() == "Bilan"
    hands.press("Escape")
    hands.settle()
    assert old_report.remembered(hands.desk) == kept


def test_a_file_that_is_no_workbook_is_said_on_the_page(hands: Hands, tmp_path: Path) -> None:
    house(hands)
    hands.press("Ctrl+7")
    (tmp_path / "faux.xlsx").write_bytes(b"bonjour")
    files.answer_with(tmp_path / "faux.xlsx")
    hands.tick("Comparer avec l’ancien rapport", "Choisir le fichier Excel")
    hands.settle()
    assert hands.window.frame is not None
    page = hands.window.frame.pages["reports"]
    assert isinstance(page, ReportsPage)
    assert isinstance(page.forms.form, OldReportForm)
    assert page.forms.form.problem.isVisible()


def fold_free(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
