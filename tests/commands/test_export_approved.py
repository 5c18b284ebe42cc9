"""`export` with names asks for a purpose and for the password again, of a second manager where the house has one."""

import getpass
import io
import sys
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.rights import Role
from shelter_desk.operations.sending import unread_passwords
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import failed_logins, journal
from shelter_desk.storage.file.journal import JournalLine
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, changed, run, shelter
from tests.commands.workbooks import golden, write

__all__ = ["run", "shelter"]

OTHER, WRONG = "deux citrons jaunes", "trois mangues vertes"
SECOND = "SHELTER_DESK_SECOND_PASSWORD"


@pytest.fixture
def named(shelter: Ran, tmp_path: Path) -> Ran:
    """A shelter that knows one name."""
    lists = dict(golden())
    changed("personnes", 0, last_name="Koundouraba", first_name="Silvanie")(lists)
    assert shelter("import", write(tmp_path / "register.xlsx", lists))[0] == 0
    return shelter


@pytest.fixture
def two(named: Ran, tmp_path: Path) -> Ran:
    """The same with another manager, Agent B, and a case worker, Agent C."""
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
        user_accounts.add(desk, "Agent C", Role.CASE_WORKER, "quatre papayes vertes")
    return named


def export(ran: Ran, tmp_path: Path, *more: str) -> tuple[int, str, set[str]]:
    """Exit code, what is told on stderr, and the family names that left."""
    out = tmp_path / "out.xlsx"
    code, _, told = ran("export", out, *more)
    if not out.exists():
        return code, told, set()
    sheet = openpyxl.load_workbook(out)["personnes"]
    at = next(cell.column for cell in sheet[2] if cell.value == "last_name")
    return code, told, {str(row[at - 1]) for row in sheet.iter_rows(min_row=3, values_only=True) if row[at - 1]}


def last_line(tmp_path: Path) -> JournalLine:
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        return list(journal.lines(connection))[-1]


def test_without_a_purpose_codes_leave_and_nobody_is_asked(two: Ran, tmp_path: Path) -> None:
    assert export(two, tmp_path) == (0, "", set())
    assert last_line(tmp_path).known["names"] is False


def test_one_manager_alone_says_what_for_and_the_journal_keeps_both(named: Ran, tmp_path: Path) -> None:
    assert export(named, tmp_path, "--purpose", "Contrôle") == (0, "", {"Koundouraba"})
    known = last_line(tmp_path).known
    assert (known["names"], known["purpose"], known["alone"]) == (True, "Contrôle", True)


def test_names_come_back_in_another_shelter_to_the_character(named: Ran, tmp_path: Path) -> None:
    assert export(named, tmp_path, "--purpose", "Contrôle")[0] == 0
    code, told, _ = named("import", tmp_path / "out.xlsx", "--json")
    assert (code, '"new": 0, "changed": 0' in told) == (0, True)


def test_where_two_may_a_second_person_is_named_and_types_the_password(
    two: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECOND, OTHER)
    assert export(two, tmp_path, "--purpose", "Contrôle", "--second", "agent b") == (0, "", {"Koundouraba"})
    line = last_line(tmp_path)
    assert (line.user, line.known["second"], "alone" in line.known) == (1, 2, False)


@pytest.mark.parametrize(
    ("second", "password", "code", "told"),
    [
        ([], OTHER, 2, "--second manque"),
        (["--second", "Agent A"], PASSWORD, 4, "une autre que vous"),
        (["--second", "Agent C"], "quatre papayes vertes", 4, "Ce compte ne peut pas décider"),
        (["--second", "Agent B"], WRONG, 4, "mot de passe incorrect"),
        (["--second", "Agent B"], PASSWORD, 4, "mot de passe incorrect"),
        (["--second", "Agent B"], None, 2, SECOND),
    ],
)
def test_names_do_not_leave_without_the_second_person(
    two: Ran,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    second: list[str],
    password: str | None,
    code: int,
    told: str,
) -> None:
    if password is not None:
        monkeypatch.setenv(SECOND, password)
    found = export(two, tmp_path, "--purpose", "Contrôle", *second)
    assert (found[0], told in found[1], found[2], (tmp_path / "out.xlsx").exists()) == (code, True, set(), False)
    wrong = password is not None and "incorrect" in told
    assert failed_logins.read(tmp_path / "shelter") == int(wrong)


@pytest.mark.parametrize("more", [("--purpose", " "), ("--second", "Agent B")])
def test_a_purpose_is_said_in_words(named: Ran, tmp_path: Path, more: tuple[str, ...]) -> None:
    code, told, _ = export(named, tmp_path, *more)
    assert (code, "--purpose" in told, (tmp_path / "out.xlsx").exists()) == (2, True, False)


def test_a_second_person_who_may_not_is_refused_where_one_may_alone(
    named: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECOND, OTHER)
    assert export(named, tmp_path, "--purpose", "Contrôle", "--second", "Agent Z")[0] == 4


class Terminal(io.StringIO):
    """Somebody sits there."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_second_person_and_the_password_are_asked_for(
    two: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return OTHER

    monkeypatch.setattr(sys, "stdin", Terminal("Agent B\n"))
    monkeypatch.setattr(getpass, "getpass", typed)
    code, told, names = export(two, tmp_path, "--purpose", "Contrôle")
    assert (code, names, asked) == (0, {"Koundouraba"}, ["Mot de passe de Agent B\u00a0: "])
    assert told.strip().endswith("Choisissez la deuxième\u00a0: Agent B")


def test_on_a_terminal_one_alone_types_the_password_twice(
    named: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.delenv("SHELTER_DESK_PASSWORD")
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", typed)
    assert export(named, tmp_path, "--purpose", "Contrôle")[2] == {"Koundouraba"}
    assert asked == ["Mot de passe\u00a0: ", "Votre mot de passe, encore une fois\u00a0: "]


def test_names_that_go_to_somebody_are_closed_and_the_password_stands_alone(named: Ran, tmp_path: Path) -> None:
    out, asked = tmp_path / "closed.xlsx", ("--purpose", "Contrôle", "--recipient", "Juge")
    assert named("export", out, *asked)[0] == 2
    assert not out.exists()
    code, told, _ = named("export", out, *asked, "--encrypt", "--quiet")
    assert (code, len(told.strip()), out.read_bytes()[:4]) == (0, 19, b"\xd0\xcf\x11\xe0")
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        assert unread_passwords.mine(desk) == []
