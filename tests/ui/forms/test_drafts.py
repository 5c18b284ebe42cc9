"""What is being typed survives a lock, a power cut and a closed window, and comes back to whoever typed it."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.forms.drafting import AFTER_MS, Drafting
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.acts.presence_forms import MoveForm
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.casefile.status_form import StatusForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.killed import KILLED
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.locking.locking_scene import desk_of, window
from tests.ui.window.windows import settle, unlock

__all__ = ["window"]

OTHER = "deux citrons jaunes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter, closed, its manager bound to confidentiality."""
    desk = open_small_shelter(tmp_path / "shelter")
    user_accounts.undertake(desk)
    desk.close()
    return desk.folder


def residents_page(window: Window) -> ResidentsPage:
    assert window.frame is not None
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def admission(window: Window) -> AdmissionFace:
    assert window.frame is not None
    window.frame.open_admission(None)
    return residents_page(window).admission


def type_an_admission(qtbot: QtBot, window: Window) -> AdmissionFace:
    face = admission(window)
    qtbot.keyClicks(face.person.last.line, "Diawara")
    qtbot.keyClicks(face.person.given.line, "Sira")
    face.person.sex.segment("f").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, "27")
    face.person.country.combo.choose("GN")
    face.person.situation.choose("transit")
    return face


def bar_of(window: Window) -> tuple[str, str, str]:
    """The sentence and the verbs of the message bar, empty where it is hidden."""
    assert window.frame is not None
    bar = window.frame.bar
    return ("", "", "") if bar.isHidden() else (bar.sentence.text(), bar.verb.text(), bar.other_verb.text())


def go_on(qtbot: QtBot, window: Window) -> None:
    assert window.frame is not None
    qtbot.mouseClick(window.frame.bar.verb, Qt.MouseButton.LeftButton)


def test_a_draft_is_kept_two_seconds_after_the_last_key(qtbot: QtBot, window: Window) -> None:
    face = admission(window)
    qtbot.keyClicks(face.person.last.line, "Dia")
    assert (face.drafting.timer.isActive(), face.drafting.timer.interval(), AFTER_MS) == (True, 2000, 2000)
    before = drafts.mine(desk_of(window))
    qtbot.waitUntil(lambda: not tasks.is_busy())  # names are opened beside, and a draft waits for what is under way
    face.drafting.timer.timeout.emit()
    (kept,) = drafts.mine(desk_of(window))
    assert (before, kept.values["person/last"]) == ([], "Dia")


def test_who_types_on_and_on_is_kept_all_the_same(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = admission(window)
    qtbot.keyClicks(face.person.last.line, "D")
    monkeypatch.setattr(face.drafting, "_since", _Elapsed())
    restarted = []
    monkeypatch.setattr(face.drafting.timer, "start", lambda: restarted.append(1))
    qtbot.keyClicks(face.person.last.line, "iawara")
    assert restarted == []


class _Elapsed:
    """A clock that says eleven seconds."""

    def start(self) -> None: ...

    def elapsed(self) -> int:
        return 11_000


def test_a_form_nobody_typed_into_leaves_no_draft(window: Window) -> None:
    face = admission(window)
    face.drafting.keep()
    assert drafts.mine(desk_of(window)) == []


def test_what_was_typed_and_taken_back_leaves_no_draft(qtbot: QtBot, window: Window) -> None:
    face = admission(window)
    qtbot.keyClicks(face.person.last.line, "D")
    face.drafting.keep()
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Backspace)
    face.drafting.keep()
    assert drafts.mine(desk_of(window)) == []


def test_after_a_lock_the_draft_is_offered_with_its_hour(qtbot: QtBot, window: Window, folder: Path) -> None:
    type_an_admission(qtbot, window)
    window.lock()
    unlock(qtbot, window, folder)
    (draft,) = drafts.mine(desk_of(window))
    found = f"Brouillon retrouvé du {formats.moment(draft.saved_at)} : admission"
    assert bar_of(window) == (found, "Continuer", "Supprimer le brouillon")


def test_the_whole_admission_comes_back(qtbot: QtBot, window: Window, folder: Path) -> None:
    typed = type_an_admission(qtbot, window).drafting._form.values()
    window.lock()
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    face = residents_page(window).admission
    assert face.isVisible()
    assert (face.drafting._form.values(), bar_of(window)[0]) == (typed, "")


def test_an_admission_taken_up_again_can_be_made_and_forgets_its_draft(
    qtbot: QtBot, window: Window, folder: Path
) -> None:
    type_an_admission(qtbot, window)
    window.lock()
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    residents_page(window).admission.go()
    (one,) = residents.listed(desk_of(window), "here")
    names = residents.name(desk_of(window), one.person.id)
    assert (names, drafts.mine(desk_of(window))) == (Names("Diawara", "Sira"), [])


def test_a_draft_thrown_away_does_not_come_back(qtbot: QtBot, window: Window, folder: Path) -> None:
    type_an_admission(qtbot, window)
    window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    qtbot.mouseClick(window.frame.bar.other_verb, Qt.MouseButton.LeftButton)
    assert (drafts.mine(desk_of(window)), bar_of(window)) == ([], ("", "", ""))


def test_clearing_the_form_forgets_its_draft(qtbot: QtBot, window: Window) -> None:
    face = type_an_admission(qtbot, window)
    face.drafting.keep()
    face.clear_button.click()
    assert drafts.mine(desk_of(window)) == []


def test_nobody_else_is_offered_the_draft(qtbot: QtBot, window: Window, folder: Path) -> None:
    user_accounts.add(desk_of(window), "Agent B", Role.CASE_WORKER, OTHER)
    type_an_admission(qtbot, window)
    window.lock()
    settle(qtbot)
    other = unlocking.unlock(folder, "Agent B", OTHER)
    user_accounts.undertake(other)
    window.open(other)
    assert bar_of(window)[0] == ""
    assert admission(window).person.last.text() == ""


def test_closing_the_window_keeps_what_is_typed(qtbot: QtBot, window: Window, folder: Path) -> None:
    type_an_admission(qtbot, window)
    window.close()
    settle(qtbot)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert [draft.values["person/given"] for draft in drafts.mine(desk)] == ["Sira"]


def test_another_language_keeps_what_is_typed(qtbot: QtBot, window: Window) -> None:
    type_an_admission(qtbot, window)
    window._preferences_changed()
    go_on(qtbot, window)
    assert residents_page(window).admission.person.last.text() == "Diawara"


def test_what_is_typed_survives_a_kill_of_the_program(qtbot: QtBot, folder: Path, window: Window) -> None:
    window.lock()
    settle(qtbot)
    program = [sys.executable, "-m", "tests.ui.forms.drafts_child", str(folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = child.stdout.readline()
        child.kill()
    assert (told, child.returncode) == ("kept\n", KILLED)
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    person = residents_page(window).admission.person
    assert (person.last.text(), person.given.text(), person.sex.value()) == ("Diawara", "Sira", "f")


# Forms of a record ---------------------------------------------------------------------------------------------------


def test_an_exit_comes_back_with_its_hour_and_its_family(qtbot: QtBot, window: Window, folder: Path) -> None:
    desk = desk_of(window)
    made = admit(desk, "4A")
    admit(desk, "4B", age=6, head=made.stay)
    form = opened_form(window, made.person, "exit")
    assert isinstance(form, ExitForm)
    yesterday = desk.today() - timedelta(days=1)
    form.day.set_day(yesterday)
    form.hour.line.setText("09:15")
    form.reason.choose("deces")
    form.family[0][2].setChecked(False)
    window.lock()
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    again = residents_page(window).record.form
    assert isinstance(again, ExitForm)
    found = (again.day.day(), again.hour.line.text(), again.reason.value(), again.family[0][2].isChecked())
    assert found == (yesterday, "09:15", "deces", False)


def test_a_correction_keeps_only_what_was_typed_over_the_file(qtbot: QtBot, window: Window, folder: Path) -> None:
    made = admit(desk_of(window), "1A", names=Names("Sacko", "Awa"))
    form = opened_form(window, made.person, "correct")
    assert isinstance(form, CorrectionForm)
    form.given.line.clear()
    qtbot.keyClicks(form.given.line, "Hawa")
    window.lock()
    unlock(qtbot, window, folder)
    (draft,) = drafts.mine(desk_of(window))
    go_on(qtbot, window)
    again = residents_page(window).record.form
    assert isinstance(again, CorrectionForm)
    assert (draft.values, again.given.text(), again.last.text()) == ({"given": "Hawa"}, "Hawa", "Sacko")


def test_a_decision_comes_back_with_its_forms(qtbot: QtBot, window: Window, folder: Path) -> None:
    made = admit(desk_of(window), "1A")
    form = opened_form(window, made.person, "status")
    assert isinstance(form, StatusForm)
    form.status.choose("presumee")
    form.forms.choose(("travail_force",))
    window.lock()
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    again = residents_page(window).record.form
    assert isinstance(again, StatusForm)
    assert (again.status.value(), again.forms.values(), again.forms.isVisible()) == (
        "presumee",
        ("travail_force",),
        True,
    )


def test_another_place_comes_back_as_it_was_chosen(qtbot: QtBot, window: Window, folder: Path) -> None:
    made = admit(desk_of(window), "1A")
    form = opened_form(window, made.person, "place")
    assert isinstance(form, MoveForm)
    offers = form.choice.offers()
    form.choice.pick(offers[1].key)
    window.lock()
    unlock(qtbot, window, folder)
    go_on(qtbot, window)
    again = residents_page(window).record.form
    assert isinstance(again, MoveForm)
    chosen = again.choice.chosen()
    assert chosen is not None
    assert chosen.key == offers[1].key


@pytest.mark.parametrize("way", ["saved", "closed"])
def test_a_form_saved_or_given_up_forgets_its_draft(qtbot: QtBot, window: Window, way: str) -> None:
    made = admit(desk_of(window), "1A")
    form = opened_form(window, made.person, "exit")
    assert isinstance(form, ExitForm)
    form.reason.choose("autonomie" if form.reason.combo.findData("autonomie") >= 0 else form.reason.combo.itemData(0))
    drafting = residents_page(window).record.drafting
    assert drafting is not None
    settle(qtbot)  # what is written now is written at once
    drafting.keep()
    kept = len(drafts.mine(desk_of(window)))
    if way == "saved":
        form.go()
    else:
        ask.answer_with(lambda _: "")
        form.close_button.click()
    assert (kept, residents_page(window).record.form, drafts.mine(desk_of(window))) == (1, None, [])


def test_escape_keeps_what_was_typed_and_says_so(qtbot: QtBot, window: Window) -> None:
    made = admit(desk_of(window), "1A")
    form = opened_form(window, made.person, "exit")
    assert isinstance(form, ExitForm)
    form.destination.choose("inconnue")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    said = bar_of(window)[0]
    opened_form(window, made.person, "exit")
    assert said == "Ce qui est tapé est gardé. Rouvrez le formulaire pour continuer."
    assert bar_of(window)[1:] == ("Continuer", "Supprimer le brouillon")


def test_a_form_left_for_another_record_is_offered_when_it_is_opened_again(qtbot: QtBot, window: Window) -> None:
    one, two = admit(desk_of(window), "1A"), admit(desk_of(window), "1B")
    form = opened_form(window, one.person, "exit")
    assert isinstance(form, ExitForm)
    form.destination.choose("inconnue")
    opened_form(window, two.person, "exit")
    before = bar_of(window)[0]
    opened_form(window, one.person, "exit")
    assert (before, bar_of(window)[1:]) == ("", ("Continuer", "Supprimer le brouillon"))
    go_on(qtbot, window)
    again = residents_page(window).record.form
    assert isinstance(again, ExitForm)
    assert again.destination.value() == "inconnue"


def test_a_draft_about_somebody_undone_meanwhile_opens_nothing(qtbot: QtBot, window: Window) -> None:
    drafts.keep(desk_of(window), "residents/exit/ML-X-0000", {"reason": "deces"})
    window._build_frame()
    go_on(qtbot, window)
    assert residents_page(window).record.form is None


def test_a_wrong_clock_is_asked_before_a_draft_is_offered(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep(desk_of(window), "residents/admission", {"person/last": "Diawara"})
    later = clock.now() + timedelta(days=900)
    monkeypatch.setattr(clock, "now", lambda: later)
    window._build_frame()
    first = bar_of(window)[1]
    go_on(qtbot, window)
    assert (first != "Continuer", bar_of(window)[1]) == (True, "Continuer")


def opened_form(window: Window, person: int, name: str) -> object:
    assert window.frame is not None
    window.frame.open_record(person)
    record = residents_page(window).record
    record.open_form(name)
    return record.form


class TypedLine:
    """A form that is no widget, of one field."""

    def __init__(self, line: LineField) -> None:
        self.line = line

    def values(self) -> dict[str, Value]:
        return {"line": self.line.text()}

    def fill(self, values: Mapping[str, Value]) -> None:
        self.line.set_text(str(values["line"]))


def test_a_draft_does_not_keep_its_form(folder: Path, qtbot: QtBot) -> None:
    """A page that a part of it holds is destroyed twice where both go as garbage: Qt takes the part down with it."""
    line = LineField("Ligne")
    qtbot.addWidget(line)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        form = TypedLine(line)
        drafting = Drafting(desk, line, "today/handover", form)
        line.set_text("Robinet fermé")
        assert drafting.unsaved() == ("today/handover", {"line": "Robinet fermé"})
        seen = weakref.ref(form)
        del form
        gc.collect()
        assert seen() is None
