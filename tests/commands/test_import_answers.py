"""`import` with its answers in the call: the order of days, who doubtful lines are, and what imports remember."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book

__all__ = ["run", "shelter"]
LEFT = (*AWA[:7], "07/02/2026")
AGAIN = (9, "DIARA Awa", *AWA[2:5], "04/05/2026", *AWA[6:])


def days(path: Path) -> Path:
    lines = [(*AWA[:5], day, *AWA[6:]) for day in ("01/25/2026", "03/04/2026")]
    return book(path, Registre=(HEADINGS, *lines))


@pytest.mark.parametrize("said", ["mdy", "admitted_at=mdy", "Date d'entrée=mdy"])
def test_the_order_of_days_is_said_for_all_columns_or_for_one(shelter: Ran, tmp_path: Path, said: str) -> None:
    path = days(tmp_path / "r.xlsx")
    code, out, _ = shelter("import", path, "--dry-run", "--json")
    document = json.loads(out)
    assert (code, [one["row"] for one in document["refusals"]]) == (3, [2, 3])
    assert document["day_orders"] == [{"sheet": "Registre", "column": "admitted_at", "order": "month_first"}]
    assert "--day-order admitted_at=mdy" in shelter("import", path, "--dry-run")[2]
    code, out, _ = shelter("import", path, "--day-order", said, "--json")
    assert (code, json.loads(out)["lists"]["sejours"]["new"], json.loads(out)["day_orders"]) == (0, 2, [])


@pytest.mark.parametrize("said", ["ymd", "exit=mdy", "sex=", "Date de naissance=dmy"])
def test_an_order_that_is_none_and_a_column_that_is_not_there_are_2(shelter: Ran, tmp_path: Path, said: str) -> None:
    code, _, told = shelter("import", days(tmp_path / "r.xlsx"), "--day-order", said)
    assert (code, len(told.strip().splitlines())) == (2, 1)


def doubts(shelter: Ran, *call: Any) -> tuple[int, dict[str, Any]]:
    code, out, _ = shelter("import", *call, "--json")
    return code, json.loads(out)


def test_what_nobody_decides_is_told_and_counts_as_new(shelter: Ran, tmp_path: Path) -> None:
    assert shelter("import", book(tmp_path / "a.xlsx", Registre=(HEADINGS, LEFT)))[0] == 0
    path = book(tmp_path / "b.xlsx", Registre=(HEADINGS, LEFT, AGAIN, MAN))
    code, document = doubts(shelter, path, "--dry-run")
    ((row, (somebody,), decided),) = [(one["row"], one["may_be"], one["decided"]) for one in document["doubts"]]
    assert (code, row, decided, document["lists"]["personnes"]["doubtful"]) == (0, 3, None, 1)
    told = shelter("import", path, "--dry-run")[2]
    assert f"--decide Registre:3={somebody}" in told
    assert "DIARA" not in told


def test_doubts_stay_out_where_the_call_says_so(shelter: Ran, tmp_path: Path) -> None:
    assert shelter("import", book(tmp_path / "a.xlsx", Registre=(HEADINGS, LEFT)))[0] == 0
    path = book(tmp_path / "b.xlsx", Registre=(HEADINGS, LEFT, AGAIN, MAN))
    code, document = doubts(shelter, path, "--doubts", "aside")
    assert (code, document["written"], [one["row"] for one in document["refusals"]]) == (3, False, [3])
    code, document = doubts(shelter, path, "--doubts", "aside", "--accepted-only")
    assert (code, document["lists"]["sejours"]) == (0, {"new": 1, "changed": 0, "same": 1, "refused": 0})


def test_a_doubt_is_decided_in_the_call_and_remembered(shelter: Ran, tmp_path: Path) -> None:
    assert shelter("import", book(tmp_path / "a.xlsx", Registre=(HEADINGS, LEFT)))[0] == 0
    path = book(tmp_path / "b.xlsx", Registre=(HEADINGS, LEFT, AGAIN))
    somebody = doubts(shelter, path, "--dry-run")[1]["doubts"][0]["may_be"][0]
    code, document = doubts(shelter, path, "--decide", f"3={somebody}", "--doubts", "aside")
    assert (code, document["lists"]["personnes"], document["lists"]["sejours"]["new"]) == (
        0,
        {"new": 0, "changed": 0, "same": 1, "refused": 0},
        1,
    )
    assert doubts(shelter, path)[1]["doubts"] == []
    code, out, _ = shelter("import", "--remembered", "--json")
    (known,) = json.loads(out)["remembered"]
    assert (code, known["kind"], known["code"], known["row"]) == (0, "same", somebody, 3)
    assert shelter("import", "--forget", known["key"], "--language", "en")[1] == "Imports remember nothing.\n"
    assert shelter("import", "--forget", known["key"])[0] == 2


def test_another_person_is_not_asked_about_again(shelter: Ran, tmp_path: Path) -> None:
    assert shelter("import", book(tmp_path / "a.xlsx", Registre=(HEADINGS, LEFT)))[0] == 0
    assert shelter("import", book(tmp_path / "b.xlsx", Registre=(HEADINGS, LEFT, AGAIN)), "--decide", "3=new")[0] == 0
    lines = shelter("import", "--remembered", "--language", "en")[1].splitlines()
    assert len(lines) == 1
    assert "Not the same person" in lines[0]


@pytest.mark.parametrize("said", ["2", "x=new", "2=nobody", "9=new", "Autre:2=new", "2=@7", "2==L-0000000000"])
def test_a_decision_that_is_none_or_of_no_doubt_is_2_and_writes_nothing(
    shelter: Ran, tmp_path: Path, said: str
) -> None:
    path = book(tmp_path / "b.xlsx", Registre=(HEADINGS, AWA))
    code, _, told = shelter("import", path, "--decide", said)
    assert (code, len(told.strip().splitlines())) == (2, 1)
    assert shelter("import", "--history", "--language", "en")[1] == "No import is recorded.\n"
