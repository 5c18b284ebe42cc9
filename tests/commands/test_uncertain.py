"""The command line says that a file may have left, and takes the answer."""

import json
from pathlib import Path

import pytest

from shelter_desk.app import main
from tests.operations.sending.cut_scene import may_have_left
from tests.operations.shelter import PASSWORD


@pytest.fixture(autouse=True)
def now() -> None:
    """The hour of the computer: the shelter is made by operations."""


def test_each_call_says_it_until_somebody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = may_have_left(tmp_path)
    desk.close()
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", PASSWORD)

    def called(*asked: str) -> tuple[int, str, str]:
        code = main(["sendings", *asked, "--json", "--data-dir", str(desk.folder), "--user", "Agent A"])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, told = called()
    (one,) = json.loads(out)["sendings"]
    assert (code, one["departure"], told.startswith("Un fichier était peut-être parti")) == (0, "uncertain", True)
    assert called("--left", "E-1999-0001")[0] == 2
    code, out, _ = called("--not-left", one["number"])
    assert (code, json.loads(out)["sendings"][0]["departure"]) == (0, "not_left")
    assert called()[2] == ""
