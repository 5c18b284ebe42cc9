"""Notes in the record, by keyboard alone through the real window; the thread by role and kind."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.errors import InUse, NotAllowed
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system.only_one import OnlyOne
from shelter_desk.ui.forms import reading_reason
from shelter_desk.ui.residents.acts.note_form import NoteForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.timeline_tab import FIRST_SHOWN, ThreadTab
from shelter_desk.ui.window import Window
from tests.operations.case_scene import SECRET, later, wording
from tests.operations.referral_scene import agree_to_recording
from tests.operations.retention_scene import OTHER
from tests.operations.shelter import admit
from tests.ui.residents.record_walk import RIGHT, desk_of, do_it, form_of, open_tab, page_of, press, tab_to, window
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import focused, settle, wait_for

__all__ = ["desk", "page", "window"]


def agreed(desk: Desk, bed: str = "1A") -> Admitted:
    """A resident who agreed to the recording."""
    settings.keep_admission_steps(desk, False)
    made = admit(desk, bed)
    agree_to_recording(desk, made.person)
    return made


def thread_of(desk: Desk, whom: Admitted, qtbot: QtBot) -> ThreadTab:
    made = ThreadTab(desk, residents.record(desk, whom.person))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def shown_thread(window: Window) -> ThreadTab:
    scrolled = page_of(window).record.findChild(ThreadTab)
    assert isinstance(scrolled, ThreadTab)
    return scrolled


# By keyboard ----------------------------------------------------------------------------------------------------------


def test_a_note_is_written_by_keyboard(window: Window, qtbot: QtBot) -> None:
    whom = agreed(desk_of(window))
    open_tab(qtbot, window, whom.code, "thread")
    press(qtbot, shown_thread(window).note_button)
    form = form_of(window)
    assert isinstance(form, NoteForm)
    qtbot.keyClicks(focused(), "Dort mieux")
    tab_to(qtbot, form.kind)
    qtbot.keyClick(focused(), RIGHT)
    press(qtbot, form.met)
    do_it(qtbot)
    (line,) = notes.of(desk_of(window), whom.person)
    assert (line.note.kind, line.note.is_contact) == ("protection", True)
    assert notes.read(desk_of(window), line.note.id) == "Dort mieux"


def test_a_note_is_read_and_hidden_by_keyboard(window: Window, qtbot: QtBot) -> None:
    whom = agreed(desk_of(window))
    notes.write(desk_of(window), whom.person, wording(), whom.stay)
    open_tab(qtbot, window, whom.code, "thread")
    (line,) = shown_thread(window).note_lines.values()
    press(qtbot, line.read_button)
    seen = line.body.text()
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert (seen, line.body.text(), line.body.isVisible()) == (SECRET, "", False)


def test_a_locked_note_is_corrected_by_keyboard_and_stays(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whom = agreed(desk_of(window))
    notes.write(desk_of(window), whom.person, wording(), whom.stay)
    later(monkeypatch, 30)
    open_tab(qtbot, window, whom.code, "thread")
    (line,) = shown_thread(window).note_lines.values()
    press(qtbot, line.correct_button)
    form = form_of(window)
    assert isinstance(form, NoteForm)
    assert (form.former.text(), form.note.text()) == (SECRET, "")
    qtbot.keyClicks(focused(), "Du voisin")
    do_it(qtbot)
    told = {notes.read(desk_of(window), one.note.id) for one in notes.of(desk_of(window), whom.person)}
    assert told == {SECRET, "Du voisin"}


def test_ones_own_note_of_today_is_changed_by_keyboard(window: Window, qtbot: QtBot) -> None:
    whom = agreed(desk_of(window))
    notes.write(desk_of(window), whom.person, wording("Dort ma"), whom.stay)
    open_tab(qtbot, window, whom.code, "thread")
    (line,) = shown_thread(window).note_lines.values()
    press(qtbot, line.correct_button)
    qtbot.keyClick(focused(), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focused(), "l")
    do_it(qtbot)
    (kept,) = notes.of(desk_of(window), whom.person)
    assert notes.read(desk_of(window), kept.note.id) == "Dort mal"


def test_a_psychological_note_is_opened_by_keyboard_for_a_reason_alone(window: Window, qtbot: QtBot) -> None:
    whom = agreed(desk_of(window))
    notes.write(desk_of(window), whom.person, replace(wording(), kind="psy"), whom.stay)
    open_tab(qtbot, window, whom.code, "thread")
    (line,) = shown_thread(window).note_lines.values()
    reading_reason.answer_with(lambda _dialog: None)
    press(qtbot, line.read_button)
    press(qtbot, line.correct_button)
    turned_back = (line.body.isVisible(), page_of(window).record.form)
    reading_reason.answer_with(lambda _dialog: ("decision", ""))
    press(qtbot, line.correct_button)
    form = form_of(window)
    assert isinstance(form, NoteForm)
    assert (turned_back, form.note.text()) == ((False, None), SECRET)
    assert sealed_access.is_said(desk_of(window), whom.code)


# The form -------------------------------------------------------------------------------------------------------------


def form_on(page: ResidentsPage, whom: Admitted, at: str = "") -> NoteForm:
    page.open_record(whom.person)
    page.record.open_form("note", at)
    form = page.record.form
    assert isinstance(form, NoteForm)
    return form


def test_a_note_without_words_is_refused_beside_the_field(page: ResidentsPage, desk: Desk) -> None:
    form = form_on(page, agreed(desk))
    form.go()
    assert form.note.message() == "«\u00a0Texte de la note\u00a0» est vide. Remplissez ce champ."


def test_without_the_consent_the_form_says_so_and_writes_nothing(page: ResidentsPage, desk: Desk) -> None:
    whom = admit(desk, "1A")
    form = form_on(page, whom)
    form.note.set_text("Dort bien")
    form.go()
    assert form._refusal.isVisible()
    assert notes.of(desk, whom.person) == ()


def test_a_note_about_tomorrow_is_refused_beside_its_day(page: ResidentsPage, desk: Desk) -> None:
    form = form_on(page, agreed(desk))
    form.note.set_text("Dort bien")
    form.day.set_day(desk.today() + timedelta(days=1))
    form.go()
    assert form.day.state() == "blocked"


def test_a_begun_note_is_kept_as_a_draft(page: ResidentsPage, desk: Desk) -> None:
    form = form_on(page, agreed(desk))
    form.note.set_text("Dort bi")
    values = form.values()
    again = form_on(page, agreed(desk, "1B"))
    again.fill(values)
    assert again.note.text() == "Dort bi"


# The thread -----------------------------------------------------------------------------------------------------------


def chips(tab: ThreadTab) -> set[str]:
    return set(tab.chips._chips)


def test_only_topics_that_hold_something_are_offered(desk: Desk, qtbot: QtBot) -> None:
    whom = agreed(desk)
    notes.write(desk, whom.person, wording())
    assert chips(thread_of(desk, whom, qtbot)) == {"all", "stay", "consents", "notes"}


def test_a_chip_leaves_its_topic_alone(desk: Desk, qtbot: QtBot) -> None:
    whom = agreed(desk)
    notes.write(desk, whom.person, wording())
    tab = thread_of(desk, whom, qtbot)
    qtbot.mouseClick(tab.chips.chip("notes"), Qt.MouseButton.LeftButton)
    assert [one.title for one in tab.shown()] == ["Note, suivi"]


def test_the_words_of_a_note_are_not_in_the_thread(desk: Desk, qtbot: QtBot) -> None:
    whom = agreed(desk)
    notes.write(desk, whom.person, wording())
    told = [f"{one.title} {one.detail}" for one in thread_of(desk, whom, qtbot).shown()]
    assert not any("cousin" in one for one in told)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.DIRECTOR, {"all", "stay", "consents", "notes", "services"}),
        (Role.CASE_WORKER, {"all", "stay", "consents", "notes", "services"}),
        (Role.RECEPTION, {"all", "stay"}),
    ],
)
def test_a_role_sees_the_topics_it_may_see(desk: Desk, qtbot: QtBot, role: Role, seen: set[str]) -> None:
    whom = agreed(desk)
    notes.write(desk, whom.person, wording())
    assistance.give(desk, [Service(ServiceId(0), "", desk.today(), whom.stay, "nfi_hygiene")])
    desk.role = role
    assert chips(thread_of(desk, whom, qtbot)) == seen


def test_the_night_reception_writes_no_note(desk: Desk, qtbot: QtBot) -> None:
    whom = agreed(desk)
    desk.role = Role.RECEPTION
    assert not thread_of(desk, whom, qtbot).note_button.isVisible()


def test_a_long_thread_begins_with_the_latest_and_goes_on_below(desk: Desk, qtbot: QtBot) -> None:
    whom = admit(desk, "1A", days=500)
    days = [desk.today() - timedelta(days=n) for n in range(499)]
    assistance.give(desk, [Service(ServiceId(0), "", day, whom.stay, "nfi_hygiene") for day in days])
    tab = thread_of(desk, whom, qtbot)
    before = tab._lines.count()
    qtbot.mouseClick(tab.more, Qt.MouseButton.LeftButton)
    assert (len(tab.shown()) > 500, before, tab._lines.count()) == (True, 2 * FIRST_SHOWN, 4 * FIRST_SHOWN)


def test_the_meals_of_a_month_are_one_line(desk: Desk, qtbot: QtBot) -> None:
    whom = admit(desk, "1A", days=3)
    assistance.give(
        desk, [Service(ServiceId(0), "", desk.today() - timedelta(days=n), whom.stay, "ali_repas") for n in range(2)]
    )
    meals = [one.detail for one in thread_of(desk, whom, qtbot).shown() if one.kind == "services"]
    assert sum(int(one.split()[0]) for one in meals) == 2


def is_free(folder: Path) -> bool:
    """Whether nobody has the folder open."""
    try:
        OnlyOne(folder).release()
    except InUse:
        return False
    return True


def test_a_storekeeper_opens_no_record(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window)
    whom = agreed(desk)
    user_accounts.add(desk, "Agent S", Role.STOREKEEPER, OTHER)
    window.lock()
    wait_for(qtbot, lambda: window.desk is None and is_free(desk.folder))  # it is backed up out of sight
    settle(qtbot)
    other = unlocking.unlock(desk.folder, "Agent S", OTHER)
    user_accounts.undertake(other)
    window.open(other)
    assert window.frame is not None
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert "residents" not in window.frame.pages
    with pytest.raises(NotAllowed):
        notes.of(other, whom.person)
