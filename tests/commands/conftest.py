"""A shelter that the command line made once, copied for each test; the days of the golden month are over."""

from datetime import datetime
from pathlib import Path

import pytest

from shelter_desk.app import main
from shelter_desk.system import clock

PASSWORD = "trois mangues mûres"
NOW = datetime(2026, 12, 5, 12)


@pytest.fixture(scope="session")
def created(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty shelter."""
    folder = tmp_path_factory.mktemp("created") / "shelter"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SHELTER_DESK_PASSWORD", PASSWORD)
        patched.setattr(clock, "now", lambda: datetime(2026, 11, 1, 12))
        called = ["create", "--shelter", "Maison des Essais", "--town", "Bamako", "--quiet"]
        assert main([*called, "--data-dir", str(folder), "--user", "Agent A"]) == 0
    return folder


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same moment in every test."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
