"""A call that cannot be read is one sentence in the language asked for, and 2."""

from pathlib import Path

import pytest

from shelter_desk.app import main
from tests.commands.test_line import Ran, run, shelter

__all__ = ["run", "shelter"]
CALLS = [
    ("demo", "--profile", "xyz"),
    ("fly",),
    ("import", "--flying"),
    ("template",),
    ("demo", "--months", "douze"),
    ("check", "--user"),
    ("import", "f.xlsx", "--list", "recettes"),
    ("report", "--mon", "2026-11", "--profile"),
    ("import", "--undo", "first"),
    ("check", "--quiet=yes"),
]


def told(capsys: pytest.CaptureFixture[str], *call: str) -> str:
    capsys.readouterr()
    assert main(call) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.strip().splitlines())) == ("", 1)
    return err.strip()


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_call_that_cannot_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str], call: tuple[str, ...]) -> None:
    french, english = told(capsys, *call), told(capsys, *call, "--language=en")
    assert french != english
    assert french.endswith(".")
    assert not any(word in french for word in ("invalid", "choose", "argument", "expected", "usage"))


def test_the_choices_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "demo", "--profile", "xyz", "--language", "en") == (
        "“xyz” cannot be used for --profile. Choose one of: bamako, gao."
    )
    assert "demo, create, import" in told(capsys, "fly")


def test_help_is_still_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "--help"])
    assert (ended.value.code, "--undo" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", b"Bonjour"], ids=["xlsx", "text"]
)
def test_a_file_that_is_no_backup_is_2(run: Ran, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    code, _, said = run("restore", tmp_path / "file")
    assert (code, "file" in said, (tmp_path / "shelter").exists()) == (2, True, False)


def test_a_backup_that_is_not_there_is_2(run: Ran, tmp_path: Path) -> None:
    assert run("restore", tmp_path / "nowhere.sauvegarde")[0] == 2


def test_a_backup_that_was_cut_is_5(shelter: Ran, tmp_path: Path) -> None:
    file = tmp_path / "b.sauvegarde"
    assert shelter("backup", file)[0] == 0
    whole = file.read_bytes()
    (tmp_path / "shelter").rename(tmp_path / "other")
    codes = []
    for kept in (0, 3, 20, 33, 43, 900):
        file.write_bytes(whole[:kept])
        codes.append(shelter("restore", file)[0])
    assert codes == [5] * 6
