"""The real window over a small shelter, and somebody at its keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.operations.assistance import partners
from shelter_desk.ui.window import Window
from tests.operations.referral_scene import CLINIC
from tests.operations.shelter import open_small_shelter
from tests.ui.window.windows import keep_preferences_in
from tests.walks.hands import Hands


@pytest.fixture
def hands(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """Agent A at the keys; one structure in the directory, nobody in the house."""
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "data")
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
    window = Window(tmp_path / "data", "Agent A")
    window.resize(1366, 768)
    window.show()
    window.open(desk)
    made = Hands(window)
    made.settle()
    yield made
    window.lock()
    made.settle()
    window.close()
    window.deleteLater()
