"""Why a rule of a room was set aside: behind the wall, and told, undone and erased with the place it is said of."""

from contextlib import closing
from pathlib import Path

import pytest

from shelter_desk.domain.rights import Role
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.users import user_accounts
from shelter_desk.storage.keys import key_opening
from tests.operations.shelter import PASSWORD, admit, bed, days_ago, open_small_shelter
from tests.operations.test_raw_folder import Raw, raw_file

WORDS = "ZqMotifQz"
PEOPLE = {role: f"Agent {role.value}" for role in Role} | {Role.DIRECTOR: "Agent A"}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A man who has a bed of the women, moved within the room, with what the journal tells of it."""
    folder = Path(tmp_path_factory.mktemp("reasons")) / "shelter"
    with open_small_shelter(folder) as desk:
        for role, name in PEOPLE.items():
            if name != desk.user_name:
                user_accounts.add(desk, name, role, PASSWORD)
        made = admit(desk, "1A", sex="m", reason=WORDS)
        stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(1))
    return folder


@pytest.mark.parametrize("role", list(Role))
def test_the_words_are_read_in_the_folder_by_who_reads_the_case_file_alone(scene: Path, role: Role) -> None:
    opened = key_opening.open_with_password(scene, PEOPLE[role], PASSWORD, None)
    with closing(raw_file(scene / "shelter.db", opened.keys.database)) as file:
        found = Raw(file, opened).words()
    assert (WORDS in found) == (role in (Role.DIRECTOR, Role.CASE_WORKER))
    assert "R-06" in found
