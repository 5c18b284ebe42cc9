"""The command line says that a file may have left and takes the answer, and says whose a code is."""

import json
from pathlib import Path

import pytest

from shelter_desk.app import main
from shelter_desk.operations.sending import pseudonyms, recipients
from tests.operations.sending.cut_scene import may_have_left
from tests.operations.shelter import PASSWORD, admit, open_small_shelter


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


def test_the_house_asks_whose_the_code_of_a_recipient_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        recipients.keep_recipient(desk, recipients.usual("OIM Mali"))
        code = admit(desk, "1A").code
        given = pseudonyms.of_recipient(desk, "OIM Mali", [code])[code]
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", PASSWORD)
    called = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A"]
    assert main(["sendings", "--whose", given, *called]) == 0
    assert capsys.readouterr().out == f"{code}\n"
    assert main(["sendings", "--whose", "OIM-22222222", *called]) == 2
