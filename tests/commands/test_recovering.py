"""The recovery key of a shelter, given to a command in the environment."""

from pathlib import Path

import pytest

from shelter_desk.app import main
from tests.operations.shelter import PASSWORD

NEW = "cinq oranges mûres"


def test_the_recovery_key_opens_and_gives_a_new_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A"]
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", PASSWORD)
    assert main(["create", "--shelter", "Maison des Essais", "--town", "Gao", "--quiet", *where]) == 0
    key = capsys.readouterr().out.strip()
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", NEW)
    assert main(["check", *where]) == 4
    monkeypatch.setenv("SHELTER_DESK_RECOVERY_KEY", key)
    assert main(["check", *where]) == 0
    monkeypatch.delenv("SHELTER_DESK_RECOVERY_KEY")
    assert main(["check", *where]) == 0


def test_a_wrong_recovery_key_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A"]
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", PASSWORD)
    assert main(["create", "--shelter", "Maison des Essais", "--town", "Gao", "--quiet", *where]) == 0
    monkeypatch.setenv("SHELTER_DESK_RECOVERY_KEY", "ABCD-EFGH")
    capsys.readouterr()
    assert main(["check", *where]) == 4
    assert capsys.readouterr().err.count("\n") == 1
