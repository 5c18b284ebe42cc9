"""The figures for DHIS2 from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_line import Ran, golden_shelter, run, shelter

__all__ = ["golden_shelter", "run", "shelter"]
MONTH = ("--month", "2026-11")


def written(ran: Ran, path: Path, *more: str) -> dict[str, Any]:
    code, out, told = ran("report", *MONTH, "--dhis2", path, *more)
    assert (code, told) == (0, "")
    assert path.name in out or "--json" in more
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_values_are_the_figures_of_the_level(golden_shelter: Ran, tmp_path: Path) -> None:
    out = tmp_path / "dhis2.json"
    code, printed, _ = golden_shelter("report", *MONTH, "--json", "--dhis2", out)
    document, told = json.loads(printed), json.loads(out.read_text(encoding="utf-8"))
    known = json.loads((tmp_path / "dhis2-metadata.json").read_text(encoding="utf-8"))
    assert (code, document["level"], told["period"]) == (0, "partenaire", "202611")
    options = {one["id"]: one["code"].rpartition("_")[0] for one in known["categoryOptions"] if "code" in one}
    cells = {
        one["id"]: sorted(options[each["id"]] for each in one["categoryOptions"] if each["id"] in options)
        for one in known["categoryOptionCombos"]
    }
    elements = {one["id"]: one["code"].rpartition("_")[0].partition("/")[0] for one in known["dataElements"]}
    found = sorted(
        (elements[one["dataElement"]], cells[one["categoryOptionCombo"]], float(one["value"]))
        for one in told["dataValues"]
    )

    def cell(dims: dict[str, str]) -> list[str]:
        return sorted(value[5:] if name == "night" else value for name, value in dims.items())

    given = [one for one in document["figures"] if one["value"] is not None]
    assert found == sorted((one["figure"], cell(one["dims"]), float(one["value"])) for one in given)
    assert len(given) < len(document["figures"])


def test_it_is_a_sending_and_the_same_period_again_once_replaced(golden_shelter: Ran, tmp_path: Path) -> None:
    to = ("--recipient", "Ministère", "--purpose", "tutelle")
    golden_shelter("close", *MONTH, "--accept-all", "sans_objet")
    first = written(golden_shelter, tmp_path / "a.json", *to)
    code, out, _ = golden_shelter("sendings", "--json")
    (one,) = json.loads(out)["sendings"]
    assert (code, one["kind"], one["month"], one["version"], one["recipient"], one["file"]) == (
        0, "dhis2", "2026-11", 1, "Ministère", "a.json",
    )  # fmt: skip
    assert golden_shelter("reopen", *MONTH, "--reason", "un oubli")[0] == 3  # it was sent
    again = written(golden_shelter, tmp_path / "b.json", *to)
    assert again == first
    assert golden_shelter("verify", tmp_path / "a.json")[0] == 0


def test_a_quarter_is_one_and_other_days_and_the_internal_level_are_refused(
    golden_shelter: Ran, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    days = ("--from", "01/07/2026", "--to", "30/09/2026")
    assert golden_shelter("report", *days, "--dhis2", out)[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["period"] == "2026Q3"
    other = tmp_path / "other.json"
    code, _, told = golden_shelter("report", "--from", "02/11/2026", "--to", "30/11/2026", "--dhis2", other)
    assert (code, told.startswith("DHIS2 prend un mois")) == (2, True)
    assert golden_shelter("report", "--month", "2026-12", "--dhis2", other)[0] == 2  # it runs
    code, _, told = golden_shelter("report", *MONTH, "--level", "interne", "--dhis2", other)
    assert (code, told.startswith("Le niveau interne")) == (2, True)
    assert not other.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_where_both_files_lie_is_said(golden_shelter: Ran, tmp_path: Path, language: str) -> None:
    code, out, _ = golden_shelter("report", *MONTH, "--dhis2", tmp_path / "o.json", "--language", language)
    assert code == 0
    assert "o-metadata.json" in out
