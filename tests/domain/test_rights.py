"""The matrix of roles (field 6.4)."""

import pytest

from shelter_desk.domain.rights import KEYS_HELD, PERMISSIONS, KeyName, Permission, Role


def test_every_role_has_permissions_and_keys() -> None:
    assert set(PERMISSIONS) == set(KEYS_HELD) == set(Role)


def test_the_manager_may_do_everything() -> None:
    assert PERMISSIONS[Role.DIRECTOR] == set(Permission)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_names_holds_their_key_and_nobody_else(role: Role) -> None:
    may, held = PERMISSIONS[role], KEYS_HELD[role]
    assert (Permission.SEE_NAMES in may) == (KeyName.IDENTITY in held)
    assert (Permission.SEE_NAMES_TONIGHT in may) == (KeyName.NIGHT in held)


@pytest.mark.parametrize("permission", [Permission.OVERRIDE_RULE, Permission.SETTINGS_EDIT, Permission.USERS_EDIT])
def test_only_the_manager_sets_rules_aside_and_changes_settings(permission: Permission) -> None:
    assert [role for role in Role if permission in PERMISSIONS[role]] == [Role.DIRECTOR]
