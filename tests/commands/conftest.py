"""A shelter that the command line made once, copied for each test."""

from pathlib import Path

import pytest

from shelter_desk.app import main

PASSWORD = "trois mangues mûres"


@pytest.fixture(scope="session")
def created(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty shelter; its password costs as much as a real one, so that it is made once."""
    folder = tmp_path_factory.mktemp("created") / "shelter"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SHELTER_DESK_PASSWORD", PASSWORD)
        called = ["create", "--shelter", "Maison des Essais", "--town", "Bamako", "--quiet"]
        assert main([*called, "--data-dir", str(folder), "--user", "Agent A"]) == 0
    return folder
