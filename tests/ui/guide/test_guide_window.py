"""The guide in the window: F1 anywhere, the contents, the search, and the way back, all by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import preferences
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.calendar.calendar_view import CalendarView
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.guide.guide_window import PICTURE, GuideWindow
from shelter_desk.ui.guide.here import chapter_at, open_guide
from shelter_desk.ui.widgets.ask import Question
from shelter_desk.ui.window import Window
from shelter_desk.words import guide
from shelter_desk.words import help as cards
from tests.operations.shelter import PASSWORD
from tests.ui.residents.record_walk import window
from tests.ui.window.windows import focused, keep_preferences_in, settle, show

__all__ = ["window"]
F1, ESCAPE, SHIFT, CONTROL = (
    Qt.Key.Key_F1,
    Qt.Key.Key_Escape,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PLACES = {
    "today": "aujourdhui",
    "beds": "lits",
    "residents": "dossier",
    "assistance/sheet": "services",
    "assistance/incidents": "referencements",
    "equipment": "equipement",
    "stock/items": "stock",
    "stock/counts": "inventaire",
    "reports": "mois",
    "intake": "import",
    "settings/people": "comptes",
    "settings/backups": "sauvegarde",
    "settings/rooms": "reglages",
    "settings/account": "ouvrir",
}


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def shown(window: QWidget) -> GuideWindow | None:
    return next((one for one in window.findChildren(GuideWindow) if one.isVisible()), None)


def opened(qtbot: QtBot, window: Window, path: str = "") -> GuideWindow:
    made = open_guide(window, path, Role.DIRECTOR)
    assert isinstance(made, GuideWindow)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def lines(made: GuideWindow) -> list[str]:
    return [made.rows.row(place).line.code for place in range(made.rows.rowCount())]


@pytest.mark.parametrize(("place", "chapter"), PLACES.items())
def test_f1_opens_the_chapter_of_the_page_at_hand(qtbot: QtBot, window: Window, place: str, chapter: str) -> None:
    frame_of(window).open_part(place)
    settle(qtbot)
    qtbot.keyClick(window, F1)
    made = shown(window)
    assert made is not None
    assert made.path == f"{chapter}.md"
    assert made.text.toPlainText().startswith(guide.chapter(chapter).title.replace("\u00a0", " "))
    qtbot.keyClick(made.text, ESCAPE)
    assert shown(window) is None


def test_f1_in_a_form_opens_the_chapter_of_the_form(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open_admission(None)
    settle(qtbot)
    qtbot.keyClick(focused(), F1)
    made = shown(window)
    assert made is not None
    assert made.path == "admission.md"


def test_a_question_with_a_card_opens_the_card_and_maj_f1_the_guide(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open_part("beds/calendar")
    settle(qtbot)
    view = window.findChild(CalendarView)
    assert view is not None
    qtbot.keyClick(view, F1)
    mark = view.help
    assert mark.card is not None
    assert mark.card.isVisible()
    assert shown(window) is None
    qtbot.keyClick(view, F1, SHIFT)
    made = shown(window)
    assert made is not None
    assert made.path == "lits.md"
    assert mark.card.isVisible()


def test_the_button_of_the_top_bar_opens_it_too(qtbot: QtBot, window: Window) -> None:
    button = frame_of(window).top_bar.guide_button
    assert button.accessibleName() == "Guide"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert shown(window) is not None


@pytest.mark.parametrize("key", ["Ctrl+L", "F9"])
def test_the_keys_that_cover_the_screen_are_heard_in_the_guide_too(qtbot: QtBot, window: Window, key: str) -> None:
    made = opened(qtbot, window)
    modifier = CONTROL if key == "Ctrl+L" else Qt.KeyboardModifier.NoModifier
    # pressed alone: the window is gone before the key is let go
    qtbot.keyPress(made.windowHandle(), Qt.Key.Key_L if key == "Ctrl+L" else Qt.Key.Key_F9, modifier)
    settle(qtbot)
    assert (window.desk is None, window.neutral is not None) == (key == "Ctrl+L", key == "F9")


def test_f1_in_a_question_opens_the_chapter_of_what_is_below(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open_part("stock/items")
    settle(qtbot)
    question = Question(window, "Une question ?", "Rien ne change.", "Faire")
    question.show()
    qtbot.keyClick(question, F1)
    made = shown(question)
    assert made is not None
    assert made.path == "stock.md"
    made.reject()
    question.reject()


def test_own_chapters_come_first_and_terms_last(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window)
    told = lines(made)
    assert told[0] == guide.chapter("premier_demarrage").title
    assert told.index(guide.chapter("nuit").title) > told.index(guide.chapter("problemes").title)
    assert told.index("Nuitée") > told.index(guide.chapter("nuit").title)


def test_a_search_by_keys_finds_shows_and_gives_way_to_the_contents(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window, "lits.md")
    qtbot.keyClick(made.text, Qt.Key.Key_F, CONTROL)
    assert made.search.hasFocus()
    qtbot.keyClicks(made.search, "cle USB")
    qtbot.keyClick(made.search, Qt.Key.Key_Down)
    assert made.list.hasFocus()
    assert lines(made)
    assert lines(made)[0] == "La clé USB"
    assert made.path == "sauvegarde.md"
    qtbot.keyClick(made.list, Qt.Key.Key_Return)
    assert made.text.hasFocus()
    qtbot.keyClick(made.text, ESCAPE)
    assert made.search.text() == ""
    assert lines(made)[0] == guide.chapter("premier_demarrage").title


def test_a_search_that_finds_nothing_says_so(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window)
    made.search.setText("xylophone")
    qtbot.waitUntil(made.none.isVisible)
    assert lines(made) == []
    made.search.clear()
    qtbot.waitUntil(made.list.isVisible)
    assert not made.none.isVisible()


def test_a_link_leads_to_a_term_and_escape_back_and_out(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window, "absence_sortie.md")
    made.text.anchorClicked.emit("../../help/fr/sortie_mineur.md")
    assert "Sortie d’un mineur seul" in made.text.toPlainText()
    qtbot.keyClick(made.text, ESCAPE)
    assert made.path == "absence_sortie.md"
    assert made.isVisible()
    qtbot.keyClick(made.text, ESCAPE)
    assert shown(window) is None


def test_a_card_with_a_table_is_a_table_with_its_heads(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window, "../../help/fr/traite_trafic.md")
    tables = [one for one in made.text.document().rootFrame().childFrames() if isinstance(one, QTextTable)]
    (table,) = tables
    assert (table.rows(), table.columns()) == (6, 3)
    first = [table.cellAt(row, 0).firstCursorPosition().block().text() for row in range(6)]
    assert first == ["", "Accord", "But", "Frontière", "Après l’arrivée", "Ici"]
    assert table.cellAt(0, 1).firstCursorPosition().block().text() == "Traite"
    assert table.cellAt(1, 0).firstCursorPosition().charFormat().fontWeight() > QFont.Weight.Normal
    assert "|" not in made.text.toPlainText()
    assert "|" not in guide.plain(cards.explanation("traite_trafic").text)


def test_pictures_are_as_wide_as_the_text_lets_them_be(qtbot: QtBot, window: Window) -> None:
    made = opened(qtbot, window, "lits.md")
    made.resize(1100, 560)
    qtbot.waitUntil(lambda: made.text.picture_width() == tokens.wide(PICTURE))
    made.resize(700, 560)
    qtbot.waitUntil(lambda: made.text.picture_width() < tokens.wide(PICTURE))
    assert made.text.document().size().width() <= made.text.viewport().width()
    assert made.text.horizontalScrollBar().maximum() == 0
    kind = QTextDocument.ResourceType.ImageResource
    at = QUrl.fromLocalFile(str(guide.place() / "pictures" / "lits.png")).toString()
    picture = made.text.loadResource(kind.value, at)
    assert picture.width() == made.text.picture_width() < made.text.viewport().width()


def test_the_guide_goes_with_the_lock(qtbot: QtBot, window: Window) -> None:
    opened(qtbot, window)
    window.lock()
    settle(qtbot)
    assert shown(window) is None


def test_a_locked_window_tells_how_to_open_and_nothing_else(qtbot: QtBot, window: Window) -> None:
    window.lock()
    settle(qtbot)
    assert window.unlock is not None
    qtbot.keyClick(window.unlock.sign_in.password.line, F1)
    made = shown(window)
    assert made is not None
    told = made.text.toPlainText()
    assert (made.path, "Tapez votre Mot de passe." in told) == ("ouvrir.md", True)
    assert [one for one in ("F9", "Masquer les noms", "Changer votre mot de passe") if one in told] == []
    assert [made.search.isVisible(), made.list.isVisible(), made.print_button.isVisible()] == [False] * 3
    assert "href" not in made.text.toHtml()
    qtbot.keyClick(made, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not made.search.hasFocus()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert shown(window) is None
    qtbot.keyClick(window.unlock.sign_in.password.line, F1)
    assert shown(window) is not None
    window.open(unlocking.unlock(window._folder, "Agent A", PASSWORD))
    qtbot.waitUntil(lambda: shown(window) is None)


def test_another_language_closes_the_guide(qtbot: QtBot, window: Window) -> None:
    opened(qtbot, window)
    preferences.write(preferences.read()._replace(language="en"))
    frame_of(window).preferences_changed.emit()
    qtbot.waitUntil(lambda: shown(window) is None)


def test_the_first_start_has_its_chapter(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_preferences_in(monkeypatch, tmp_path)
    first = show(qtbot, tmp_path / "new")
    assert chapter_at(first) == "premier_demarrage"
    qtbot.keyClick(first, F1)
    made = shown(first)
    assert made is not None
    made.reject()
    assert QApplication.activeModalWidget() is None
