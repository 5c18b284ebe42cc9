"""An erasure that two managers decide, from Ctrl+K to the line of the journal, by keyboard alone."""

from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal
from shelter_desk.storage.file import failed_logins
from tests.operations.retention_scene import OTHER, gone, last_line
from tests.operations.shelter import PASSWORD
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def ask(hands: Hands) -> None:
    """The list of the month, its one line checked, the last question open."""
    hands.find("conservation")
    hands.press("Return")
    hands.tick("Tout cocher")
    hands.tick("Effacer 1 ligne…")
    hands.enter(("Combien de lignes", "1"))


def test_two_managers_erase_together_and_both_stand_in_the_journal(hands: Hands) -> None:
    settings.keep_clocks(hands.desk, {RetentionKind.IDENTITY: 1})
    made, second = gone(hands.desk), user_accounts.add(hands.desk, "Agent B", Role.DIRECTOR, OTHER)
    user_accounts.add(hands.desk, "Agent C", Role.DIRECTOR, "quatre papayes vertes")
    ask(hands)
    hands.enter(("Deuxième personne", "Agent B"), ("Son mot de passe", PASSWORD))
    hands.press("Return")
    assert (failed_logins.read(hands.desk.folder), residents.name(hands.desk, made.person).last_name) == (1, "Sacko")
    hands.enter(("Son mot de passe", OTHER))
    hands.press("Return")
    line = last_line(hands.desk)
    assert residents.name(hands.desk, made.person).last_name == ""
    assert (line.action, line.user, line.known["second"]) == ("erase", hands.desk.user, second)
    assert ("second", "Agent B") in journal.detail(hands.desk, line.seq).facts


def test_one_manager_alone_types_the_password_again(hands: Hands) -> None:
    settings.keep_clocks(hands.desk, {RetentionKind.IDENTITY: 1})
    made = gone(hands.desk)
    ask(hands)
    hands.enter(("Motif", "Terme atteint"), ("Votre mot de passe", PASSWORD))
    hands.press("Return")
    assert last_line(hands.desk).known["alone"]
    assert residents.name(hands.desk, made.person).last_name == ""
