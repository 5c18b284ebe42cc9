"""What the torture of passwords and keys begins with."""

from pathlib import Path

import pytest

from tests.torture import key_acts
from tests.torture.key_acts import House


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A shelter to copy, and what is known of it."""
    folder = tmp_path_factory.mktemp("begun") / "shelter"
    return folder, key_acts.made(folder)
