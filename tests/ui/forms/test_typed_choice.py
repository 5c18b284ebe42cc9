"""What is typed into a searched list counts at once: it is taken, or refused in a sentence, never silently lost."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.assistance import appointments
from shelter_desk.system import clock
from shelter_desk.ui.assistance.agenda_part import AgendaPart, AppointmentForm
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceBox, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from tests.operations.shelter import admit
from tests.ui.assistance.assistance_scene import CTRL_ENTER, Enter, enter, folder, part_of, tab_to
from tests.ui.window.windows import focused, settle, show_active, type_in

__all__ = ["enter", "folder"]
COUNTRIES = ("Bénin", "Burkina Faso", "Cameroun", "Côte d’Ivoire", "Ghana", "Guinée", "Guinée-Bissau", "Mali", "Niger")


def do_at_once(qtbot: QtBot) -> None:
    """Ctrl+Enter into whatever has the keys, a list that just opened as well."""
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL_ENTER)


def form_of(enter: Enter, qtbot: QtBot) -> tuple[AgendaPart, AppointmentForm]:
    """The form of a new appointment, of somebody who is here."""
    window = enter("Agent A")
    assert window.desk is not None
    admit(window.desk, "1A", days=3)
    face = part_of(window, "agenda").face
    assert isinstance(face, AgendaPart)
    face.begin()
    assert face.form is not None
    type_in(qtbot, "1A")
    tab_to(qtbot, face.form.what)
    return face, face.form


def test_what_is_typed_is_taken_by_ctrl_enter_at_once(enter: Enter, qtbot: QtBot) -> None:
    face, form = form_of(enter, qtbot)
    qtbot.keyClicks(focused(), "consultation medicale")
    do_at_once(qtbot)
    (line,) = appointments.on(form.desk, clock.today())
    assert (line.appointment.service_type, face.form) == ("san_consult", None)


def test_what_is_in_no_list_is_refused_in_a_sentence(enter: Enter, qtbot: QtBot) -> None:
    face, form = form_of(enter, qtbot)
    qtbot.keyClicks(focused(), "xyz")
    do_at_once(qtbot)
    assert face.form is form
    assert form.what.message() == "«\u00a0xyz\u00a0» n’est pas dans la liste. Choisissez une ligne."
    assert form.what.combo.currentText() == "xyz"


def test_what_may_be_several_is_refused_even_where_nothing_is_required(enter: Enter, qtbot: QtBot) -> None:
    face, form = form_of(enter, qtbot)
    qtbot.keyClicks(focused(), "co")
    do_at_once(qtbot)
    assert face.form is form
    assert form.what.message().startswith("Plusieurs lignes contiennent «\u00a0co\u00a0»")


@pytest.fixture
def field(qtbot: QtBot) -> ChoiceField:
    made = ChoiceField("Pays", [(name.lower(), name) for name in COUNTRIES], "mali")
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.setFocus()
    return made


def typed(qtbot: QtBot, field: ChoiceField, text: str) -> None:
    line = field.combo.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, text)
    completer = field.combo.completer()
    popup = completer.popup() if completer is not None else None
    if popup is not None:
        popup.hide()


def test_the_whole_label_wins_over_one_that_only_holds_it(qtbot: QtBot, field: ChoiceField) -> None:
    typed(qtbot, field, "guinee")
    assert (field.take_typed(), field.value()) == (True, "guinée")


def test_the_code_itself_may_be_typed(qtbot: QtBot, field: ChoiceField) -> None:
    field.set_choices([(f"x{n:02}", name) for n, name in enumerate(COUNTRIES)])
    typed(qtbot, field, "X03")
    assert (field.take_typed(), field.value()) == (True, "x03")


def test_what_is_refused_stays_to_be_corrected(qtbot: QtBot, field: ChoiceField) -> None:
    typed(qtbot, field, "Sahel")
    assert (field.take_typed(), field.state(), field.combo.currentText()) == (False, "blocked", "Sahel")


def test_what_no_row_holds_is_said_while_it_is_typed(qtbot: QtBot, field: ChoiceField) -> None:
    said = []
    for so_far in ("Sah", "S", "", "Niger"):
        typed(qtbot, field, so_far)
        said.append((field.state(), "Sah" in field.message()))
    assert said == [("blocked", True), ("normal", False), ("normal", False), ("normal", False)]


def test_what_a_row_may_be_known_as_is_not_refused_half_typed(qtbot: QtBot, field: ChoiceField) -> None:
    field.combo.known_as = {"1A": ["niger"]}.get  # type: ignore[assignment]
    typed(qtbot, field, "1")
    assert field.state() == "normal"
    typed(qtbot, field, "1A")
    assert (field.take_typed(), field.value()) == (True, "niger")


def test_leaving_the_field_says_what_was_not_understood(qtbot: QtBot, field: ChoiceField) -> None:
    typed(qtbot, field, "Sahel")
    qtbot.keyClick(field.combo, Qt.Key.Key_Return)
    assert (field.state(), field.value()) == ("blocked", "mali")


def test_another_choice_takes_the_sentence_away(qtbot: QtBot, field: ChoiceField) -> None:
    typed(qtbot, field, "Sahel")
    field.take_typed()
    typed(qtbot, field, "Niger")
    qtbot.keyClick(field.combo, Qt.Key.Key_Return)
    assert (field.state(), field.value()) == ("normal", "niger")


def test_an_emptied_line_is_no_choice(qtbot: QtBot, field: ChoiceField) -> None:
    line = field.combo.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert (field.take_typed(), field.value()) == (True, None)


LANDS = ("Mali (Malienne)", "Somalie (Somalienne)", "Guinée (Guinéenne)", "Guinée-Bissau (Bissau-Guinéenne)")


@pytest.fixture
def lands(qtbot: QtBot) -> ChoiceField:
    """As the nationalities are told."""
    made = ChoiceField("Nationalité", [(f"x{n}", name) for n, name in enumerate((*LANDS, *COUNTRIES[:4], "Togo"))])
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.setFocus()
    return made


@pytest.mark.parametrize(("text", "taken"), [("mali", "x0"), ("MALI", "x0"), ("guinee", "x2"), ("som", "x1")])
def test_enter_takes_the_one_line_that_begins_so(qtbot: QtBot, lands: ChoiceField, text: str, taken: str) -> None:
    qtbot.keyClicks(focused(), text)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert (lands.value(), lands.message()) == (taken, "")


@pytest.fixture
def reason(qtbot: QtBot) -> CodeField:
    made = CodeField("Motif", "exit_reason")
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.setFocus()
    return made


def found_in(field: ChoiceField) -> QAbstractItemView:
    """The list of what holds what is typed."""
    completer = field.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


def offered(box: ChoiceBox) -> list[str]:
    completer = box.completer()
    assert completer is not None
    found = completer.completionModel()
    return [str(found.index(place, 0).data()) for place in range(found.rowCount())]


def test_a_row_is_found_by_what_else_it_is_called(qtbot: QtBot, reason: CodeField) -> None:
    qtbot.keyClicks(focused(), "famil")
    assert offered(reason.combo) == ["Réunification familiale", "Placement en famille d’accueil"]
    qtbot.keyClicks(focused(), "le")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert (reason.code(), reason.combo.currentText()) == ("reunification", "Réunification familiale")


def test_what_is_typed_into_the_open_list_is_searched(qtbot: QtBot, reason: CodeField) -> None:
    reason.choose("deces")
    reason.combo.showPopup()
    popup = reason.combo.view()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_R)
    line = reason.combo.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "epat")
    qtbot.waitUntil(lambda: not popup.isVisible())
    assert (line.text(), offered(reason.combo)) == ("repat", ["Rapatriement par l’État d’origine"])
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert reason.code() == "rapatriement_consulaire"


def test_the_keys_of_the_open_list_still_choose(qtbot: QtBot, reason: CodeField) -> None:
    reason.combo.showPopup()
    popup = reason.combo.view()
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(popup.model().index(1, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert reason.code() == "retour_autonome"


def test_what_opens_is_as_wide_as_its_longest_row(qtbot: QtBot, reason: CodeField) -> None:
    reason.setFixedWidth(160)
    longest = max(map(reason.fontMetrics().horizontalAdvance, (label for _, label in code_lists.of("exit_reason"))))
    reason.combo.showPopup()
    whole = reason.combo.view()
    qtbot.waitUntil(whole.isVisible)
    assert whole.viewport().width() > longest > reason.width()
    reason.combo.hidePopup()
    qtbot.keyClicks(focused(), "a")
    completer = reason.combo.completer()
    assert completer is not None
    found = completer.popup()
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    assert found.width() > longest
    qtbot.keyClicks(focused(), "u")
    assert found.width() > longest


def test_enter_at_several_lines_leaves_the_list_open_without_an_error(qtbot: QtBot, lands: ChoiceField) -> None:
    qtbot.keyClicks(focused(), "b")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    completer = lands.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert (lands.value(), lands.state(), lands.combo.currentText()) == (None, "normal", "b")


@pytest.mark.parametrize(
    ("text", "taken"), [("b", "Bénin"), ("guin", "Guinée (Guinéenne)"), ("bissau", "Guinée-Bissau (Bissau-Guinéenne)")]
)
def test_enter_in_the_list_takes_the_line_that_is_marked(
    qtbot: QtBot, lands: ChoiceField, text: str, taken: str
) -> None:
    qtbot.keyClicks(focused(), text)
    popup = found_in(lands)
    qtbot.waitUntil(lambda: popup.currentIndex().isValid())
    assert (popup.currentIndex().data(), lands.combo.currentText()) == (taken, text)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (lands.combo.currentText(), popup.isVisible(), lands.message()) == (taken, False, "")
    settle(qtbot)
    assert not popup.isVisible()


def test_a_name_is_not_looked_for_at_each_letter(qtbot: QtBot, lands: ChoiceField) -> None:
    asked: list[str] = []
    lands.combo.known_as = lambda typed: asked.append(typed) or ["x1"]  # type: ignore[func-returns-value]
    qtbot.keyClicks(focused(), "zzz")
    settle(qtbot)
    assert asked == []
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert (asked[:1], lands.value()) == (["zzz"], "x1")


def test_escape_closes_the_list_and_takes_nothing(qtbot: QtBot, lands: ChoiceField) -> None:
    qtbot.keyClicks(focused(), "guin")
    popup = found_in(lands)
    qtbot.waitUntil(lambda: popup.currentIndex().isValid())
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    settle(qtbot)
    assert (popup.isVisible(), lands.value(), lands.combo.currentText()) == (False, None, "guin")


def test_a_refusal_goes_as_soon_as_something_is_chosen_or_typed(qtbot: QtBot, lands: ChoiceField) -> None:
    lands.set_error("Ce champ est vide.")
    lands.combo._take(0)
    assert lands.message() == ""


def test_the_wheel_changes_no_list_and_suppr_takes_back_where_nothing_has_to_be(qtbot: QtBot) -> None:
    field = ChoiceField("Âge", [("a", "0–4 ans"), ("b", "5–11 ans")])
    asked = ChoiceField("Sexe", [("f", "Féminin"), ("m", "Masculin")], "f", required=True)
    for one in (field, asked):
        qtbot.addWidget(one)
        one.show()
    wheel(field.combo)
    assert field.value() is None
    field.combo.activated.emit(1)
    wheel(field.combo)
    with qtbot.waitSignal(field.chosen) as said:
        qtbot.keyClick(field.combo, Qt.Key.Key_Delete)
    qtbot.keyClick(asked.combo, Qt.Key.Key_Delete)
    assert (said.args, field.value(), asked.value()) == ([""], None, "f")


def test_what_stood_there_before_a_person_chose_is_not_taken_back(qtbot: QtBot) -> None:
    year = ChoiceField("Année", [("2025", "2025"), ("2026", "2026")], "2026")
    qtbot.addWidget(year)
    year.show()
    year.combo.activated.emit(0)
    qtbot.keyClick(year.combo, Qt.Key.Key_Delete)
    assert year.value() == "2025"
    year.choose(None)
    year.combo.activated.emit(1)
    year.set_required(True)
    qtbot.keyClick(year.combo, Qt.Key.Key_Delete)
    assert year.value() == "2026"


def wheel(widget: QWidget) -> None:
    """One notch down with the pointer on it."""
    at, none = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        at, QPointF(widget.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, turned)
