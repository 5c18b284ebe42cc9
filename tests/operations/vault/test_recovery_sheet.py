"""A recovery key that was shown and never typed back is owed, until another one is proven or it was used."""

from pathlib import Path

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.rights import Role
from shelter_desk.operations.training import training
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import recovery_key, recovery_sheet, unlocking
from shelter_desk.operations.vault.unlocking import Created
from tests.operations.retention_scene import last_line
from tests.operations.shelter import PASSWORD, QUICK

OTHER = "deux citrons jaunes"


def created(folder: Path) -> Created:
    return unlocking.create(folder, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK)


def test_a_shelter_left_at_its_recovery_sheet_owes_it_at_the_next_unlock(tmp_path: Path) -> None:
    created(tmp_path / "shelter").desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        assert recovery_sheet.is_owed(desk)


def test_a_key_typed_back_is_owed_no_more_and_the_journal_says_so(tmp_path: Path) -> None:
    with created(tmp_path / "shelter").desk as desk:
        recovery_sheet.prove(desk)
        assert (recovery_sheet.is_owed(desk), last_line(desk).action) == (False, "recovery_proven")


def test_another_key_is_owed_until_it_is_typed_back(tmp_path: Path) -> None:
    with created(tmp_path / "shelter").desk as desk:
        recovery_sheet.prove(desk)
        recovery_key.replace(desk, PASSWORD)
        assert recovery_sheet.is_owed(desk)


def test_a_key_that_opened_the_shelter_is_proven(tmp_path: Path) -> None:
    made = created(tmp_path / "shelter")
    made.desk.close()
    with unlocking.unlock_with_recovery_key(tmp_path / "shelter", made.recovery_key, "Agent A", OTHER) as desk:
        assert not recovery_sheet.is_owed(desk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_only_who_may_make_another_key_is_told(tmp_path: Path, role: Role) -> None:
    with created(tmp_path / "shelter").desk as desk:
        user_accounts.add(desk, "Agent B", role, OTHER)
    with unlocking.unlock(tmp_path / "shelter", "Agent B", OTHER) as other:
        assert not recovery_sheet.is_owed(other)
        with pytest.raises(NotAllowed):
            recovery_sheet.prove(other)


def test_a_training_shelter_owes_nothing(tmp_path: Path) -> None:
    with training.make(tmp_path / "exercise", "bamako", 1, 1, cost=QUICK).desk as desk:
        assert not recovery_sheet.is_owed(desk)
