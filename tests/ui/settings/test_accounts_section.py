"""People and rights: accounts added, changed, suspended and brought back, in the page and by real keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.errors import WrongPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.settings.account_forms import AddForm, ChangeForm, SuspendForm
from shelter_desk.ui.settings.accounts_section import AccountCard, PeopleSection
from shelter_desk.ui.widgets.label import Label
from tests.conftest import MemoryKeyring
from tests.operations.shelter import PASSWORD, QUICK, open_small_shelter
from tests.ui.window.windows import focused, settle, show_active, type_in

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
OTHER = "deux citrons jaunes"
THIRD = "quatre papayes vertes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> PeopleSection:
    made = PeopleSection(desk)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.refresh()
    show_active(qtbot, made)
    return made


def card_of(section: PeopleSection, name: str) -> AccountCard:
    return next(card for card in section.cards.values() if card.user.name == name)


def with_other(section: PeopleSection, role: Role = Role.CASE_WORKER) -> UserId:
    user = user_accounts.add(section.desk, "Agent B", role, OTHER)
    section.refresh()
    return user


def add_form(section: PeopleSection) -> AddForm:
    section.add_button.click()
    assert section.form is not None
    return section.form


def change_form(card: AccountCard) -> ChangeForm:
    card.change_button.click()
    assert isinstance(card.form, ChangeForm)
    return card.form


def suspend_form(card: AccountCard) -> SuspendForm:
    card.suspend_button.click()
    assert isinstance(card.form, SuspendForm)
    return card.form


def opens(desk: Desk, name: str, password: str) -> Role | None:
    """The role in which the closed shelter opens, None when it does not."""
    desk.close()
    try:
        with unlocking.unlock(desk.folder, name, password) as opened:
            return opened.role
    except WrongPassword:
        return None


def test_the_manager_stands_in_the_list_as_oneself(section: PeopleSection) -> None:
    card = card_of(section, "Agent A")
    told = {label.text() for label in card.findChildren(Label)}
    assert {"Direction", "Engagement accepté le " + section.desk.today().strftime("%d/%m/%Y")} <= told


def test_a_person_is_added_by_keyboard_alone(section: PeopleSection, desk: Desk, qtbot: QtBot) -> None:
    section.add_button.setFocus()
    type_in(qtbot, ENTER, "Agent B", ENTER)
    form = section.form
    assert form is not None
    assert focused() is form.role.field.combo
    form.role.field.combo.choose("storekeeper")  # the list of the box opens a window of its own
    type_in(qtbot, TAB, OTHER, ENTER)
    settle(qtbot)
    assert [(one.name, one.role) for one in user_accounts.people(desk)] == [
        ("Agent A", Role.DIRECTOR),
        ("Agent B", Role.STOREKEEPER),
    ]
    assert opens(desk, "Agent B", OTHER) is Role.STOREKEEPER


def test_somebody_added_has_not_opened_yet(section: PeopleSection) -> None:
    with_other(section)
    assert card_of(section, "Agent B").state.text() == words.text("Not opened yet")


def test_somebody_who_accepted_the_undertaking_is_active(section: PeopleSection, desk: Desk) -> None:
    assert card_of(section, "Agent A").state.text() == words.text("Active")


def test_what_a_role_may_do_is_said_when_it_is_chosen(section: PeopleSection, qtbot: QtBot) -> None:
    form = add_form(section)
    qtbot.keyClick(form.role.field.combo, Qt.Key.Key_Down)
    assert form.role.told.text() == "Peut tout faire\u00a0: résidents, rapports, réglages, sauvegardes, comptes."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mangue", "Au moins 10 caractères, encore 4. La longueur compte, pas les signes."),
        ("bamako2024!!", "Ce mot de passe est trop facile à deviner. Choisissez plusieurs mots."),
        (OTHER, "Assez long."),
    ],
)
def test_the_rule_of_passwords_is_said_while_one_is_typed(
    section: PeopleSection, qtbot: QtBot, typed: str, told: str
) -> None:
    form = add_form(section)
    qtbot.keyClicks(form.password.field.line, typed)
    assert form.password.rule.text() == told


def test_the_rule_of_passwords_moves_nothing_as_it_gets_shorter(section: PeopleSection, qtbot: QtBot) -> None:
    form = add_form(section)
    rule = form.password.rule
    rule.setFixedWidth(200)  # as in a narrow column, where it takes several lines
    settle(qtbot)
    high = rule.height()
    qtbot.keyClicks(form.password.field.line, OTHER)
    settle(qtbot)
    assert (rule.text(), rule.height()) == ("Assez long.", high)


def test_the_name_of_the_person_is_no_password(section: PeopleSection, qtbot: QtBot) -> None:
    form = add_form(section)
    qtbot.keyClicks(form.name.line, "Kadiatou")
    qtbot.keyClicks(form.password.field.line, "Kadiatou123")
    assert form.password.rule.text() == words.text("This password is too easy to guess. Choose several words.")


def test_a_common_password_adds_nobody(section: PeopleSection, desk: Desk) -> None:
    form = add_form(section)
    form.name.set_text("Agent B")
    form.role.field.choose("auditor")
    form.password.field.set_text("bamako2024!!")
    form.verb.click()
    assert form.password.field.state() == "blocked"
    assert len(user_accounts.people(desk)) == 1


@pytest.mark.parametrize("missing", ["name", "role", "password"])
def test_what_is_missing_is_said_beside_its_field(section: PeopleSection, desk: Desk, missing: str) -> None:
    form = add_form(section)
    form.name.set_text("" if missing == "name" else "Agent B")
    form.role.field.choose(None if missing == "role" else "auditor")
    form.password.field.set_text("" if missing == "password" else OTHER)
    form.verb.click()
    states = {"name": form.name.state(), "role": form.role.field.state(), "password": form.password.field.state()}
    assert [key for key, state in states.items() if state == "blocked"] == [missing]
    assert len(user_accounts.people(desk)) == 1


def test_a_name_that_is_taken_is_said_beside_it(section: PeopleSection, qtbot: QtBot) -> None:
    form = add_form(section)
    form.name.set_text("agent a")
    form.role.field.choose("auditor")
    form.password.field.set_text(OTHER)
    form.verb.click()
    settle(qtbot)
    assert form.name.state() == "blocked"


def test_escape_closes_the_form_and_gives_the_button_back(section: PeopleSection, qtbot: QtBot) -> None:
    add_form(section)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert (section.form, section.add_button.isEnabled(), focused()) == (None, True, section.add_button)


def test_another_role_comes_with_another_password(section: PeopleSection, desk: Desk, qtbot: QtBot) -> None:
    with_other(section)
    form = change_form(card_of(section, "Agent B"))
    form.role.field.choose("auditor")
    qtbot.keyClicks(form.password.field.line, THIRD)
    qtbot.keyClick(form.password.field.line, ENTER)
    settle(qtbot)
    assert card_of(section, "Agent B").user.role is Role.AUDITOR
    assert opens(desk, "Agent B", OTHER) is None
    assert opens(desk, "Agent B", THIRD) is Role.AUDITOR


def test_suspending_asks_in_the_page_and_enter_does_not_suspend(
    section: PeopleSection, desk: Desk, qtbot: QtBot
) -> None:
    with_other(section)
    card = card_of(section, "Agent B")
    suspend_form(card)
    qtbot.keyClick(focused(), ENTER)
    assert (card.form, [one.is_active for one in user_accounts.people(desk)]) == (None, [True, True])


def test_suspending_says_what_it_does_not_do(section: PeopleSection) -> None:
    with_other(section)
    form = suspend_form(card_of(section, "Agent B"))
    told = " ".join(label.text() for label in form.findChildren(Label))
    assert "peut encore ouvrir cette copie" in told


def test_somebody_suspended_opens_nothing_and_stays_in_the_list(section: PeopleSection, desk: Desk) -> None:
    with_other(section)
    suspend_form(card_of(section, "Agent B")).verb.click()
    card = card_of(section, "Agent B")
    assert (card.state.text(), card.suspend_button.isHidden()) == (words.text("Suspended"), True)
    assert opens(desk, "Agent B", OTHER) is None


def test_after_suspending_the_keys_of_the_file_are_offered(section: PeopleSection, qtbot: QtBot) -> None:
    with_other(section)
    suspend_form(card_of(section, "Agent B")).verb.click()
    assert section.keys.is_offered
    assert "Agent B" in section.keys.why.text()
    assert section.column.indexOf(section.keys) < section.column.indexOf(card_of(section, "Agent A"))
    assert focused() is section.keys.button
    with qtbot.waitSignal(section.keys_change_wanted):
        qtbot.keyClick(focused(), ENTER)


def test_somebody_suspended_is_brought_back_with_a_new_password(
    section: PeopleSection, desk: Desk, qtbot: QtBot
) -> None:
    user_accounts.suspend(desk, with_other(section))
    section.refresh()
    form = change_form(card_of(section, "Agent B"))
    assert form.role.field.value() is None  # nobody signed a role of who has no slot
    form.role.field.choose("case_worker")
    form.password.field.set_text(THIRD)
    form.verb.click()
    settle(qtbot)
    assert card_of(section, "Agent B").user.is_active
    assert opens(desk, "Agent B", THIRD) is Role.CASE_WORKER


def test_the_last_manager_stays_and_it_is_said_beside_the_action(section: PeopleSection, desk: Desk) -> None:
    form = suspend_form(card_of(section, "Agent A"))
    form.verb.click()
    assert form.refusal.isVisible()
    assert form.refusal.sentence.text() == "Il faut au moins un compte Direction. Créez-en d’abord un autre."
    assert opens(desk, "Agent A", PASSWORD) is Role.DIRECTOR


def test_the_last_manager_cannot_take_another_role(section: PeopleSection, desk: Desk, qtbot: QtBot) -> None:
    form = change_form(card_of(section, "Agent A"))
    form.role.field.choose("auditor")
    form.password.field.set_text(THIRD)
    form.verb.click()
    settle(qtbot)
    assert form.refusal.isVisible()
    assert opens(desk, "Agent A", PASSWORD) is Role.DIRECTOR


def test_a_manager_who_suspends_oneself_is_locked_out_at_once(section: PeopleSection, qtbot: QtBot) -> None:
    with_other(section, Role.DIRECTOR)
    form = suspend_form(card_of(section, "Agent A"))
    with qtbot.waitSignal(section.lock_wanted):
        form.verb.click()


def test_after_a_reinstallation_it_is_said_who_needs_another_password(
    tmp_path: Path, memory_keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    made = unlocking.create(tmp_path / "own", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    user_accounts.add(made.desk, "Agent B", Role.CASE_WORKER, OTHER)
    made.desk.close()
    memory_keyring.kept.clear()
    with unlocking.unlock_with_recovery_key(tmp_path / "own", made.recovery_key, "Agent A", THIRD) as desk:
        section = PeopleSection(desk)
        qtbot.addWidget(section)
        section.refresh()
        states = [card_of(section, name).state.text() for name in ("Agent A", "Agent B")]
        assert states == [words.text("Not opened yet"), words.text("Password to be given anew")]


def test_a_form_under_way_is_not_lost_when_something_else_changes(section: PeopleSection) -> None:
    form = add_form(section)
    form.name.set_text("Agent B")
    assert section.is_editing()


def test_the_form_of_another_person_is_in_sight_once_it_is_asked_for(qtbot: QtBot, section: PeopleSection) -> None:
    for n in range(6):
        user_accounts.add(section.desk, f"Agent {n + 10}", Role.CASE_WORKER, PASSWORD)
    section.refresh()
    settle(qtbot)
    section.add_button.setFocus()
    qtbot.keyClick(section.add_button, Qt.Key.Key_Space)
    form = section.form
    assert form is not None
    qtbot.waitUntil(lambda: form.height() > 0 and not form.visibleRegion().isEmpty())
    seen = section.viewport().rect()
    top = form.mapTo(section.viewport(), form.rect().topLeft()).y()
    assert (section.verticalScrollBar().value(), focused() is form.name.line) == (0, True)
    assert seen.top() <= top < seen.bottom()


@pytest.mark.parametrize("asked", ["change_button", "suspend_button"])
def test_the_form_of_an_account_below_is_in_sight_once_it_is_asked_for(
    qtbot: QtBot, section: PeopleSection, asked: str
) -> None:
    for n in range(6):
        user_accounts.add(section.desk, f"Agent {n + 10}", Role.CASE_WORKER, PASSWORD)
    section.refresh()
    settle(qtbot)
    qtbot.waitUntil(lambda: section.verticalScrollBar().maximum() > 0)
    card = card_of(section, "Agent 14")
    at = section.verticalScrollBar().value() + seen_in(section, card).bottom()
    section.verticalScrollBar().setValue(at + 1 - section.viewport().height())  # at the lower edge
    assert section.viewport().rect().contains(seen_in(section, card))
    longest = section.verticalScrollBar().maximum()
    qtbot.mouseClick(getattr(card, asked), Qt.MouseButton.LeftButton)
    form = card.form
    assert form is not None
    qtbot.waitUntil(lambda: section.verticalScrollBar().maximum() > longest)
    qtbot.waitUntil(lambda: section.viewport().rect().contains(seen_in(section, form)), timeout=2000)
    assert form.isAncestorOf(focused())


def test_of_a_form_higher_than_the_page_the_first_field_is_in_sight(qtbot: QtBot, section: PeopleSection) -> None:
    section.resize(1000, 160)
    form = add_form(section)
    qtbot.waitUntil(lambda: form.height() > section.viewport().height())
    qtbot.waitUntil(lambda: section.viewport().rect().contains(seen_in(section, form.name)), timeout=2000)


def seen_in(section: PeopleSection, widget: QWidget) -> QRect:
    """Where it stands in what is seen of the section."""
    return QRect(widget.mapTo(section.viewport(), QPoint(0, 0)), widget.size())
