"""The text of a month on the page of reports: its sentences are kept, changed, taken away and renewed by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.moments import Period
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, narrative_files, narratives
from shelter_desk.operations.sending import sendings
from shelter_desk.ui import tasks
from shelter_desk.ui.reports.narrative.form import NarrativeForm
from shelter_desk.ui.reports.narrative.sentence_row import SentenceRow
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.widgets import files
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.reports.test_reports import opened_page, told_by
from tests.ui.sending.gates import to_somebody

ENTER, F2, DELETE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Down
WRITTEN = Changes(reports=True)
RENEW = "3 à renouveler\N{NO-BREAK SPACE}: des chiffres ont changé"
STAY = "6 personnes poursuivent leur séjour."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Four women and two men have been here for a hundred days."""
    made = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B", "1C", "1D", "2C", "2D"):
        admit(made, code, sex="f" if code[0] == "1" else "m", days=100)
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, month: Period) -> ReportsPage:
    return opened_page(qtbot, desk, month)


def opened(page: ReportsPage) -> NarrativeForm:
    page.side.narrative_card.open.click()
    form = page.forms.form
    assert isinstance(form, NarrativeForm)
    return form


def press(qtbot: QtBot, form: NarrativeForm, *keys: Qt.Key) -> None:
    for key in keys:
        at = form.focusWidget()
        assert at is not None
        qtbot.keyClick(at, key)


def row(form: NarrativeForm, key: str) -> SentenceRow:
    return next(one for one in form.rows if one.shown.key == key)


def said(desk: Desk, month: Period) -> list[str]:
    page = narrative_files.page(desk, month_versions.month(desk, month), "interne")
    return [one for _, passages in page.parts for one in passages]


def seen_in(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_sentences_are_kept_changed_and_taken_away_by_keys_and_taken_back(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    told = told_by(page)
    assert page.side.narrative_card.badge.text() == "rien d’enregistré"
    form = opened(page)
    assert [one.shown.key for one in form.rows if one.shown.heading == "highlights"] == [
        "moved",
        "before",
        "hosted",
        "services",
    ]
    press(qtbot, form, ENTER, DELETE)
    assert said(desk, month) == [row(form, "moved").shown.text]
    assert [one.shown.key for one in form.rows if one.shown.heading == "highlights"] == ["moved", "hosted", "services"]
    assert form.again["highlights"].isVisible()
    press(qtbot, form, F2)
    assert form.editor is not None
    form.editor.field.set_text("Six personnes ont dormi ici.")
    qtbot.keyClick(form.editor.field.area, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert said(desk, month)[1:] == ["Six personnes ont dormi ici."]
    at = form.focusWidget()
    assert isinstance(at, SentenceRow)
    assert at.shown.key == "hosted"
    assert told[-1].done is not None
    desks.undo(desk, told[-1].done)
    page.changed(WRITTEN)
    assert row(form, "hosted").shown.state == "proposed"
    form.again["highlights"].click()
    assert row(form, "before").shown.state == "proposed"


def test_all_that_is_proposed_is_kept_at_once_and_the_card_counts_it(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    form = opened(page)
    n = len(form.rows)
    form.keep_all.click()
    assert (form.keep_all.isVisible(), len(said(desk, month))) == (False, n)
    page.changed(WRITTEN)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.side.narrative_card.badge.text() == f"{n} phrases")
    assert page.forms.form is None


def test_a_sentence_of_ones_own_is_written_under_its_heading_and_too_long_a_one_is_refused(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    form = opened(page)
    qtbot.keyClick(form.add["coordination"], Qt.Key.Key_Space)
    editor = form.editor
    assert editor is not None
    editor.field.set_text("x" * 401)
    assert editor.room.text() == "401 caractères sur 400"
    editor.keep.click()
    assert editor.field.message() == "Texte trop long\N{NO-BREAK SPACE}: 400 caractères au plus."
    editor.field.set_text("Deux visites.")
    editor.keep.click()
    assert said(desk, month) == ["Deux visites."]
    form.add["lessons"].click()
    assert form.editor is not None
    qtbot.keyClick(form.editor.field.area, Qt.Key.Key_Escape)
    assert form.focusWidget() is form.add["lessons"]


def test_a_sentence_whose_figures_changed_is_marked_until_it_is_renewed(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    found = narratives.terms(desk, month_versions.month(desk, month))
    narratives.keep(desk, found, ["staying", "hosted"])
    narratives.say(desk, found, "highlights", "Six personnes du début à la fin.", "moved")
    admit(desk, "2A", sex="m", days=100)
    page.refresh()
    qtbot.waitUntil(lambda: page.side.narrative_card.badge.text() == RENEW)
    form = opened(page)
    assert row(form, "staying").shown.state == "moved"
    assert "Maintenant : 7 personnes poursuivent leur séjour." in seen_in(row(form, "staying")).replace("\xa0", " ")
    at = form.focusWidget()
    assert isinstance(at, SentenceRow)
    assert at.shown.key == "moved"  # what waits comes first
    press(qtbot, form, ENTER)
    assert form.editor is not None  # words of one's own are read again
    assert form.editor.field.text() == "Six personnes du début à la fin."
    form.editor.field.set_text("Sept personnes du début à la fin.")
    form.editor.keep.click()
    form.renew_all.click()
    assert not form.renew_all.isVisible()
    assert said(desk, month)[0] == "Sept personnes du début à la fin."
    assert said(desk, month)[-1] == "7 personnes poursuivent leur séjour."


def test_a_closed_month_is_read_and_printed(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period, tmp_path: Path
) -> None:
    narratives.keep(desk, narratives.terms(desk, month_versions.month(desk, month)), ["staying"])
    closing.close(desk, month, lambda _: "sans_objet")
    page.refresh()
    qtbot.waitUntil(lambda: page.side.narrative_card.open.text() == "Lire…")
    form = opened(page)
    assert not any(one.isVisible() for one in (form.keep_all, form.renew_all, *form.add.values()))
    kept = row(form, "staying")
    assert not any(one.isVisible() for one in (kept.keep, kept.change, kept.drop))
    qtbot.keyClick(kept, DELETE)
    qtbot.keyClick(kept, F2)
    assert (form.editor, said(desk, month)) == (None, [STAY])
    told = told_by(page)
    files.answer_with(tmp_path / "n.pdf")
    form.print.click()
    assert (tmp_path / "n.pdf").read_bytes()[:4] == b"%PDF"
    assert told[-1].sentence == "Le texte du mois est dans n.pdf."
    with desk.reading() as connection:
        assert (
            connection.exec_driver_sql("SELECT action FROM journal ORDER BY seq DESC").scalar() == "narrative_printed"
        )


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_it_leaves_through_the_gate_with_what_its_reader_is_told(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period, tmp_path: Path, ending: str
) -> None:
    narratives.keep(desk, narratives.terms(desk, month_versions.month(desk, month)), ["staying", "moved"])
    page.refresh()
    qtbot.waitUntil(lambda: page.side.narrative_card.badge.text() == "2 phrases")
    form = opened(page)
    files.answer_with(tmp_path / "texte")
    (form.word if ending == ".docx" else form.pdf).click()
    dialog = page.narrating.dialog
    assert dialog is not None
    assert dialog.preview is not None
    preview = dialog.preview
    qtbot.waitUntil(lambda: STAY in preview.lines.text())
    assert preview.hidden.text() == "Aucune phrase n’est retirée."
    to_somebody(dialog, "OIM Mali")
    dialog.go()
    qtbot.waitUntil(lambda: bool(sendings.sent_files(desk)))
    [one] = sendings.sent_files(desk)
    assert (one.sending.kind, one.sending.file_name) == ("narratif", f"texte{ending}")
    assert one.sending.recipient == "OIM Mali"
    qtbot.waitUntil((tmp_path / f"texte{ending}").exists)
