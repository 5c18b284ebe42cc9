"""A month closed, replaced, opened again and sent from the command line."""

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, run, shelter
from tests.commands.workbooks import golden, write

__all__ = ["run", "shelter"]
MONTH = ("--month", "2026-11")


@pytest.fixture
def filled(shelter: Ran, tmp_path: Path) -> Ran:
    """November is over and has points to settle."""
    assert shelter("import", write(tmp_path / "golden.xlsx", golden()))[0] == 0
    return shelter


def document(ran: Ran, *more: str) -> dict[str, Any]:
    code, out, told = ran("report", *MONTH, "--level", "interne", "--json", *more)
    assert code == 0, told
    found: dict[str, Any] = json.loads(out)
    return found


def test_points_that_are_left_are_listed_and_nothing_is_closed(filled: Ran, tmp_path: Path) -> None:
    code, out, told = filled("close", *MONTH)
    sentence, *points = told.splitlines()
    assert (code, out) == (3, "")
    assert sentence == f"{len(points)} points ne sont ni réglés ni acceptés. Rien n’est clos."
    assert document(filled)["state"] == "a_clore"
    listed = tmp_path / "points.txt"
    listed.write_text("\n".join(one.replace("\t\t", "\tpreuve_papier\t") for one in points[1:]), encoding="utf-8")
    code, _, told = filled("close", *MONTH, "--accept", listed)
    assert (code, told.splitlines()[1:]) == (3, points[:1])
    listed.write_text("\n".join(one.replace("\t\t", "\tpreuve_papier\t") for one in points), encoding="utf-8")
    assert filled("close", *MONTH, "--accept", listed)[0] == 0


def test_a_closed_month_says_so_and_closing_it_again_is_done(filled: Ran) -> None:
    assert filled("close", *MONTH, "--accept-all", "sans_objet")[0] == 0
    found = document(filled)
    assert (found["state"], found["version"], len(found["sha256"])) == ("clos", 1, 64)
    code, out, _ = filled("close", *MONTH)
    assert (code, out.strip()) == (0, f"2026-11 était déjà clos\N{NO-BREAK SPACE}: v1, {found['sha256']}.")


def test_a_month_that_runs_is_refused_with_3(filled: Ran) -> None:
    code, _, told = filled("close", "--month", "2026-12", "--accept-all", "sans_objet")
    assert (code, told.strip()) == (
        3,
        "Le mois finit le 31/12/2026\N{NO-BREAK SPACE}: il peut être clos à partir du lendemain.",
    )


def test_nothing_to_rectify_and_nothing_to_open_again_is_refused_with_3(filled: Ran) -> None:
    for call in (("rectify", *MONTH, "--reason", "pour voir"), ("reopen", *MONTH, "--reason", "pour voir")):
        assert filled(*call)[0] == 3
    filled("close", *MONTH, "--accept-all", "sans_objet")
    assert filled("rectify", *MONTH, "--reason", "pour voir")[0] == 3
    assert filled("reopen", *MONTH, "--reason", "un oubli")[0] == 0
    assert document(filled)["state"] == "a_clore"


def test_movements_of_the_closed_month_are_dated_today_with_their_real_day(filled: Ran, tmp_path: Path) -> None:
    filled("close", *MONTH, "--accept-all", "sans_objet")
    before = document(filled)
    item = {"item_code": "THE", "designation": "Thé", "stock_category": "aliments_secs", "unit": "kg"}
    move = {"move_no": "T-1", "item_code": "THE", "moved_on": "10/11/2026", "move_type": "achat", "quantity": 5}
    late = write(tmp_path / "late.xlsx", {"articles": [{**item, "has_expiry": "Non"}], "mouvements": [move]})
    told = "1 mouvement de stock d’un mois clos est daté d’aujourd’hui, avec sa date réelle."
    code, out, _ = filled("import", late, "--dry-run")
    assert (code, told in out) == (0, True)
    code, out, _ = filled("import", late, "--dry-run", "--json")
    assert (code, json.loads(out)["dated_today"], json.loads(out)["closed_months"]) == (0, 1, ["2026-11"])
    code, out, refused = filled("import", late)
    assert (code, "sa date réelle est le 10/11/2026" in refused, "Rien n’est enregistré." in out) == (3, True, True)
    assert filled("import", late, "--reason", "saisie_tardive")[0] == 0
    assert filled("export", tmp_path / "out.xlsx")[0] == 0
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["mouvements"].iter_rows(values_only=True))
    keys = next(row for row in rows if row[0] == "move_no")
    kept = next(dict(zip(keys, row, strict=True)) for row in rows if row[0] == "T-1")
    assert (kept["moved_on"].date(), kept["actual_on"].date()) == (date(2026, 12, 5), date(2026, 11, 10))
    assert keys[-1] == "actual_on"
    assert document(filled) == before


def test_late_rows_leave_the_closed_month_and_make_the_version_that_replaces_it(filled: Ran, tmp_path: Path) -> None:
    filled("close", *MONTH, "--accept-all", "sans_objet")
    before = document(filled)
    late = {"personnes": [{"sex": "f", "nationality": "GN"}], "sejours": []}
    code = "W9ZB4TD"
    late["personnes"][0]["person_code"] = code
    late["sejours"].append(
        {
            "stay_no": "T-1",
            "person_code": code,
            "admitted_at": "10/11/2026",
            "entry_kind": "premiere",
            "migration_situation": "transit",
        }
    )
    code_, told, _ = filled("import", write(tmp_path / "late.xlsx", late), "--dry-run", "--json")
    assert (code_, json.loads(told)["closed_months"]) == (0, ["2026-11"])
    code_, out, told = filled("import", write(tmp_path / "late.xlsx", late))
    assert (code_, told.strip()) == (
        3,
        "Mois clos : novembre 2026. Choisissez le motif du retard.",
    )
    assert "Mois clos touchés" in out
    assert "Rien n’est enregistré." in out
    code_, told, _ = filled("import", write(tmp_path / "late.xlsx", late), "--json")
    assert (code_, json.loads(told)["written"], json.loads(told)["closed_months"]) == (3, False, ["2026-11"])
    code_, told, _ = filled("import", write(tmp_path / "late.xlsx", late), "--reason", "saisie tardive")
    assert code_ == 0
    assert "Mois clos touchés" in told
    assert document(filled) == before
    assert filled("rectify", *MONTH, "--reason", "saisie tardive", "--comment", "t2.entree", "Une")[0] == 2
    said = ("--text", "Une entrée écrite tard.", "--comment", "t2.entries", "Une de plus")
    code_, out, told = filled("rectify", *MONTH, "--reason", "saisie tardive", *said)
    assert (code_, "rectificatif 1" in out) == (0, True), told
    after = document(filled)
    entries = [one["value"] for one in after["figures"] if (one["figure"], one["dims"]) == ("t2.entries", {})]
    former = [one["value"] for one in before["figures"] if (one["figure"], one["dims"]) == ("t2.entries", {})]
    assert (after["version"], entries[0] - former[0]) == (2, 1)
    comments = {one["figure"]: one["comment"] for one in after["figures"] if "comment" in one}
    assert (after["text"], comments) == ("Une entrée écrite tard.", {"t2.entries": "Une de plus"})
    assert document(filled, "--version", "1") == before
    code_, _, told = filled("report", *MONTH, "--version", "3")
    assert (code_, told.strip()) == (
        2,
        "Cette version n’existe pas\N{NO-BREAK SPACE}: novembre 2026 n’a pas été clos ainsi.",
    )


def test_what_was_sent_is_listed_with_its_sum_and_is_not_opened_again(filled: Ran, tmp_path: Path) -> None:
    filled("close", *MONTH, "--accept-all", "sans_objet")
    out = tmp_path / "rapport.xlsx"
    assert filled("report", *MONTH, "--recipient", "OIM", "--purpose", "rapport mensuel", out)[0] == 0
    code, told, _ = filled("sendings", "--json")
    (sent,) = json.loads(told)["sendings"]
    assert code == 0
    assert sent["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert [sent[key] for key in ("month", "version", "level", "recipient", "purpose", "file", "by")] == [
        "2026-11", 1, "partenaire", "OIM", "rapport mensuel", "rapport.xlsx", "Agent A",
    ]  # fmt: skip
    assert sent["purpose_code"] == "rapport_projet"
    assert filled("reopen", *MONTH, "--reason", "un oubli")[0] == 3


def test_a_file_is_proven_with_the_exit_code_that_scripts_ask_for(filled: Ran, tmp_path: Path) -> None:
    filled("close", *MONTH, "--accept-all", "sans_objet")
    out, other = tmp_path / "rapport.xlsx", tmp_path / "changed.xlsx"
    filled("report", *MONTH, "--recipient", "OIM", "--purpose", "rapport mensuel", out)
    code, told, _ = filled("verify", out, "--json")
    assert (code, json.loads(told)) == (
        0,
        {
            "known": True,
            "intact": True,
            "changed": [],
            "month": "2026-11",
            "from": "2026-11-01",
            "to": "2026-11-30",
            "version": 1,
            "level": "partenaire",
            "recipient": "OIM",
            "replaced_by": None,
        },
    )
    book = openpyxl.load_workbook(out)
    book["03_Mouvements"]["O6"].value = 99
    book.save(other)
    code, told, _ = filled("verify", other, "--json")
    assert (code, json.loads(told)["changed"]) == (3, ["03_Mouvements!O6"])
    write(tmp_path / "unknown.xlsx", golden())
    code, told, _ = filled("verify", tmp_path / "unknown.xlsx", "--json")
    assert (code, json.loads(told)) == (3, {"known": False, "intact": False, "changed": []})


def test_an_auditor_reads_a_closed_month_as_a_partner_has_it_and_nothing_else(filled: Ran, tmp_path: Path) -> None:
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
    filled("close", *MONTH, "--accept-all", "sans_objet")
    code, out, told = filled("report", *MONTH, "--json", user="Agent E")
    partner = filled("report", *MONTH, "--json")[1]
    assert (code, json.loads(out)) == (0, json.loads(partner)), told
    assert filled("report", "--month", "2026-10", "--json", user="Agent E")[0] == 3
    assert filled("report", *MONTH, "--json", "--level", "interne", user="Agent E")[0] == 4
    assert filled("report", *MONTH, "--json", tmp_path / "out.xlsx", user="Agent E")[0] == 4
    assert filled("report", *MONTH, user="Agent E")[0] == 2
    assert not (tmp_path / "out.xlsx").exists()


def test_nothing_is_closed_in_an_older_copy(filled: Ran, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "shelter", tmp_path / "older")
    assert filled("close", *MONTH, "--accept-all", "sans_objet")[0] == 0
    shutil.rmtree(tmp_path / "shelter")
    shutil.copytree(tmp_path / "older", tmp_path / "shelter")
    code, _, told = filled("close", *MONTH, "--accept-all", "sans_objet")
    assert (code, "plus" in told) == (5, True), told
    assert document(filled)["state"] == "a_clore"


def test_the_key_of_the_cover_proves_a_file_where_there_is_no_shelter(filled: Ran, tmp_path: Path) -> None:
    filled("close", *MONTH, "--accept-all", "sans_objet")
    out = tmp_path / "rapport.xlsx"
    filled("report", *MONTH, "--recipient", "OIM", "--purpose", "rapport mensuel", out)
    sheet = openpyxl.load_workbook(out)["01_Garde"]
    printed = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    (key,) = [one for one in printed if re.fullmatch("([0-9a-f]{8} ?){8}", one)]
    nowhere = ("--data-dir", tmp_path / "nowhere")
    code, told, _ = filled("verify", out, "--key", key, "--json", *nowhere)
    assert (code, json.loads(told)) == (0, {"known": True, "intact": True, "changed": [], "signature": "right"})
    out.write_bytes(out.read_bytes().replace(b"docProps/app.xml", b"docProps/apq.xml"))
    code, told, _ = filled("verify", out, "--key", key, *nowhere)
    assert (code, "ne correspond plus" in told) == (3, True)
    assert filled("verify", out, "--key", "abc")[0] == 2
