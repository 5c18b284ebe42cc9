"""Cases in the words of HTCDS from the command line."""

from pathlib import Path

from openpyxl import load_workbook

from shelter_desk.operations.sending import recipients
from shelter_desk.operations.vault import unlocking
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, golden_shelter, run, shelter
from tests.operations.referral_scene import agree_to
from tests.ui.sending.test_registers_export import opened_with

__all__ = ["golden_shelter", "run", "shelter"]


def prepared(tmp_path: Path) -> int:
    """A recipient, and everybody agreed; how many persons there are."""
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        recipients.keep_recipient(desk, recipients.usual("OIM Mali", "oim"))
        with desk.reading() as connection:
            persons = [row[0] for row in connection.exec_driver_sql("SELECT id FROM persons ORDER BY id")]
        for one in persons:
            agree_to(desk, one, "stats_anonymes", 10, child=True)
    return len(persons)


def test_the_cases_leave_closed_and_are_listed(golden_shelter: Ran, tmp_path: Path) -> None:
    persons = prepared(tmp_path)
    out = tmp_path / "cases.xlsx"
    call = ("export", out, "--htcds", "--recipient", "OIM Mali", "--purpose", "coordination")
    code, password, told = golden_shelter(*call, "--quiet")
    assert (code, told) == (0, "")
    rows = list(load_workbook(opened_with(out, password.strip()))["Case Sheet"].values)
    assert rows[0][1:3] == ("Gender", "Citizenship")
    assert len({row[0] for row in rows[1:]}) == persons
    code, listed, _ = golden_shelter("sendings")
    assert (code, "cas_htcds.xlsx" in listed, "OIM Mali" in listed) == (0, True, True)


def test_a_recipient_of_the_directory_and_a_purpose_are_asked_for(golden_shelter: Ran, tmp_path: Path) -> None:
    prepared(tmp_path)
    out = tmp_path / "cases.xlsx"
    assert golden_shelter("export", out, "--htcds")[0] == 2
    assert golden_shelter("export", out, "--htcds", "--purpose", "coordination")[0] == 2
    code, _, told = golden_shelter("export", out, "--htcds", "--recipient", "Personne", "--purpose", "coordination")
    assert (code, "annuaire" in told) == (2, True)
    assert not out.exists()


def test_where_nobody_agreed_it_says_so(golden_shelter: Ran, tmp_path: Path) -> None:
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        recipients.keep_recipient(desk, recipients.usual("OIM Mali", "oim"))
    call = ("export", tmp_path / "a.xlsx", "--htcds", "--recipient", "OIM Mali", "--purpose", "coordination")
    code, _, told = golden_shelter(*call)
    assert code != 0
    assert "Statistiques anonymes" in told
