"""The window by role: which pages, which sections, which controls."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.residents import names, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.beds.bed_views import FreeFace
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.timeline import entries
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.section_list import offers
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit, days_ago, open_small_shelter
from tests.ui.beds.beds_scene import key
from tests.ui.window.windows import keep_preferences_in, settle, show, wait_for

OTHER = "deux citrons jaunes"
AWA = Names("Sacko", "Awa")
Enter = Callable[[Role], Window]

PAGES = {
    Role.DIRECTOR: ["today", "beds", "residents", "assistance", "equipment", "stock", "reports", "intake", "settings"],
    Role.CASE_WORKER: ["today", "beds", "residents", "assistance", "stock", "reports", "settings"],
    Role.RECEPTION: ["today", "beds", "residents", "assistance", "settings"],
    Role.STOREKEEPER: ["today", "assistance", "equipment", "stock", "reports", "settings"],
    Role.AUDITOR: ["today", "equipment", "stock", "reports", "settings"],
}
OWN = {"account", "display", "help"}
SECTIONS = {
    Role.DIRECTOR: OWN
    | {
        "shelter",
        "limits",
        "rooms",
        "services",
        "recipients",
        "targets",
        "people",
        "backups",
        "updates",
        "retention",
        "journal",
        "security",
    },
    Role.CASE_WORKER: OWN | {"journal"},
    Role.RECEPTION: OWN,
    Role.STOREKEEPER: OWN | {"journal"},
    Role.AUDITOR: OWN | {"journal"},
}
# acts in the panel of somebody in a bed, in that of a free bed, and on the record
IN_BED = {
    Role.DIRECTOR: {"move", "swap", "away", "leave", "record", "move_bed", "defect", "room"},
    Role.CASE_WORKER: {"move", "swap", "away", "leave", "record"},
    Role.RECEPTION: {"record"},
}
FREE_BED = {
    Role.DIRECTOR: {"admit", "place", "hold", "block", "move_bed", "defect", "room"},
    Role.CASE_WORKER: {"admit", "place", "hold"},
    Role.RECEPTION: {"admit", "hold"},
}
_ALL_ACTS = {"bed", "exit", "correct", "stay_days", "place", "absence", "status", "contact", "diet", "void", "name"}
_ALL_ACTS |= {"gaps", "which", "age", "merge", "my_file", "family"}
ON_RECORD = {Role.DIRECTOR: _ALL_ACTS, Role.CASE_WORKER: _ALL_ACTS, Role.RECEPTION: {"name"}}


@pytest.fixture
def made(tmp_path: Path) -> Admitted:
    """A shelter with one resident and an account of each role, closed again."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        someone = admit(desk, "1A", names=AWA)
        for role in Role:
            user_accounts.add(desk, role.value, role, OTHER)
    return someone


@pytest.fixture
def enter(qtbot: QtBot, tmp_path: Path, made: Admitted, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Opens the real window with the real pages for somebody of that role, the undertaking accepted."""
    keep_preferences_in(monkeypatch, tmp_path)

    def let_in(role: Role) -> Window:
        window = show(qtbot, tmp_path / "elsewhere")
        window.open(unlocking.unlock(tmp_path / "shelter", role.value, OTHER))
        assert window.undertaking is not None
        window.undertaking.accept_button.click()
        settle(qtbot)
        return window

    yield let_in
    settle(qtbot)  # pytest-qt closed it already: the desk is backed up and closed out of sight


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def beds_of(window: Window) -> BedsPage:
    frame_of(window).open("beds")
    page = frame_of(window).pages["beds"]
    assert isinstance(page, BedsPage)
    return page


def residents_of(window: Window, person: PersonId | None = None) -> ResidentsPage:
    frame_of(window).open("residents")
    page = frame_of(window).pages["residents"]
    assert isinstance(page, ResidentsPage)
    if person is not None:
        page.open_record(person)
    return page


def settings_of(window: Window) -> SettingsPage:
    frame_of(window).open("settings")
    page = frame_of(window).pages["settings"]
    assert isinstance(page, SettingsPage)
    return page


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_pages_and_no_others(enter: Enter, role: Role) -> None:
    assert list(frame_of(enter(role)).rail.entries) == PAGES[role]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_lands_on_a_page_and_has_somewhere_to_go(enter: Enter, role: Role) -> None:
    frame = frame_of(enter(role))
    assert frame.stack.currentWidget() is not None
    for page in list(frame.rail.entries):
        frame.open(page)
        assert frame.stack.currentWidget() is frame.pages[page]


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.DIRECTOR, "beds"), (Role.CASE_WORKER, "beds"), (Role.RECEPTION, "today"), (Role.STOREKEEPER, "today")],
)
def test_each_role_begins_where_its_work_is(enter: Enter, role: Role, page: str) -> None:
    frame = frame_of(enter(role))
    assert frame.stack.currentWidget() is frame.pages[page]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_sections_of_the_settings(enter: Enter, role: Role) -> None:
    page = settings_of(enter(role))
    for section in offers():
        page.open(section.key)
    assert set(page._sections) == SECTIONS[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_a_section_that_is_not_offered_does_not_open(enter: Enter, role: Role) -> None:
    page = settings_of(enter(role))
    page.open("people")
    assert page.choice.value() != "people"


@pytest.mark.parametrize("role", list(IN_BED))
def test_the_panel_of_a_resident_offers_what_the_role_may_do(enter: Enter, role: Role) -> None:
    page = beds_of(enter(role))
    page.open_panel(key(page.desk, "1A"))
    assert isinstance(page.panel.face, ResidentFace)
    assert set(page.panel.face.buttons) == IN_BED[role]


@pytest.mark.parametrize("role", list(FREE_BED))
def test_the_panel_of_a_free_bed_offers_what_the_role_may_do(enter: Enter, role: Role) -> None:
    page = beds_of(enter(role))
    page.open_panel(key(page.desk, "1B"))
    assert isinstance(page.panel.face, FreeFace)
    assert set(page.panel.face.buttons) == FREE_BED[role]


@pytest.mark.parametrize("role", list(ON_RECORD))
def test_the_record_offers_what_the_role_may_do(enter: Enter, made: Admitted, role: Role) -> None:
    page = residents_of(enter(role), made.person)
    head = page.record.head
    buttons = {"bed": head.bed_button, "exit": head.exit_button, "name": head.name}
    shown = {name for name, button in buttons.items() if button.isVisible()}
    shown |= {name for name, action in head.acts.items() if action.isVisible()}
    shown |= {"gaps"} if page.record.gaps is not None and page.record.gaps.isVisible() else set()
    shown |= {"which"} if page.people.which.isVisible() else set()
    assert shown == ON_RECORD[role]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.DIRECTOR, True),
        (Role.CASE_WORKER, True),
        (Role.RECEPTION, True),
        (Role.STOREKEEPER, False),
        (Role.AUDITOR, False),
    ],
)
def test_names_can_be_masked_and_persons_searched_where_names_may_be_seen(enter: Enter, role: Role, may: bool) -> None:
    bar = frame_of(enter(role)).top_bar
    assert bar.search is not None
    assert (bar.mask_switch is not None, bar.search.sees_persons) == (may, may)


def test_the_night_reception_sees_the_name_of_somebody_here(enter: Enter, made: Admitted) -> None:
    page = residents_of(enter(Role.RECEPTION), made.person)
    page.record.head.name.button.click()
    assert page.record.head.name.name.text() == "Awa Sacko"


def test_the_night_reception_has_no_button_for_the_name_of_somebody_who_left(
    enter: Enter, made: Admitted, tmp_path: Path
) -> None:
    with unlocking.unlock(tmp_path / "shelter", "director", OTHER) as desk:
        stays.leave(desk, made.stay, days_ago(1), "autonomie")
    page = residents_of(enter(Role.RECEPTION), made.person)
    assert not page.record.head.name.isVisible()


def test_the_night_reception_admits_provisionally_and_is_told_so(enter: Enter, qtbot: QtBot) -> None:
    window = enter(Role.RECEPTION)
    page = residents_of(window)
    qtbot.mouseClick(page.people.admit_button, Qt.MouseButton.LeftButton)
    face = page.admission
    wait_for(qtbot, face.isVisible)
    qtbot.keyClicks(face.person.last.line, "Keita")
    face.person.sex.segment("f").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, "27")
    face.person.country.choose("CI")
    face.person.situation.choose("transit")
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    come = [line for line in residents.listed(page.desk, "here") if line.person.nationality == "CI"]
    assert [line.bed_code for line in come] == ["1B"]
    assert frame_of(window).bar.sentence.text() == (
        f"Admission provisoire de {come[0].person.code} enregistrée. Le gestionnaire de cas la complète."
    )
    assert names.read(page.desk, come[0].person.id) == Names("Keita")
    titles = [entry.title for entry in entries(residents.record(page.desk, come[0].person.id))]
    assert "Première admission (provisoire)" in titles
