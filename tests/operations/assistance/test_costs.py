"""What services cost: the receipt, the lines of a month, and a total that is that of T6."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.errors import NotAllowed, WouldOverwrite
from shelter_desk.domain.listing import ListedTable, ListHeading
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.tables.t06_services import BY_DONOR, COST
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import LevelNotAllowed
from shelter_desk.operations.assistance import assistance, costs
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from tests.operations.care_scene import Scene, give, scene, service, today
from tests.operations.sending.test_closed_files import opened_with

__all__ = ["scene"]
LISTED = ListedTable(
    "Coûts", "Coûts", (ListHeading("Reçu"), ListHeading("Coût")), (("0147", 4000),), ("une note",), ("Total", 4000)
)


def this_week() -> Period:
    return Period(today(7), today())


def with_costs(scene: Scene) -> None:
    paid = [
        service(scene.woman.stay, "san_consult", 2, donor="oim", cost_xof=4000, receipt_no=" R  0147 "),
        service(scene.man.stay, "san_medic", 1, cost_xof=6500),
        service(scene.girl.stay, "jur_voyage", 1, donor="oim", cost_xof=25000, status="non_tenu"),
        service(scene.girl.stay, "san_soins", 1),
    ]
    give(scene.desk, *paid)


def test_a_receipt_number_is_kept_with_its_line_and_changed_with_it(scene: Scene) -> None:
    with_costs(scene)
    (first, *_) = costs.month(scene.desk, this_week()).lines
    assert first.service.receipt_no == "R 0147"
    assistance.change(scene.desk, replace(first.service, receipt_no=" R 0148"))
    assert {one.service.receipt_no for one in costs.month(scene.desk, this_week()).lines} == {"R 0148", ""}


def test_only_what_was_held_and_cost_something_is_a_line(scene: Scene) -> None:
    with_costs(scene)
    found = costs.month(scene.desk, this_week())
    assert [(one.service.service_type, one.service.cost_xof) for one in found.lines] == [
        ("san_consult", 4000),
        ("san_medic", 6500),
    ]


def test_the_list_of_costs_ties_to_t6_in_all_and_by_donor(scene: Scene) -> None:
    with_costs(scene)
    found, report = costs.month(scene.desk, this_week()), reports.monthly(scene.desk, this_week()).report
    theirs = {ref: one.value for ref, one in report.figures.items() if ref[0] == BY_DONOR or ref == (COST, ())}
    mine = {ref: one.value for ref, one in found.report.figures.items()}
    assert mine == theirs
    assert report.value(COST) == sum(one.service.cost_xof or 0 for one in found.lines) == 10500


def test_a_month_without_a_cost_has_no_line_and_no_cost(scene: Scene) -> None:
    found = costs.month(scene.desk, this_week())
    assert (found.lines, found.report.value(COST)) == ((), 0)


def test_the_list_is_written_as_it_is_displayed_and_the_journal_says_so(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "couts.xlsx"
    costs.export(scene.desk, this_week(), [LISTED], path)
    sheet = openpyxl.load_workbook(path)["Coûts"]
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert rows == [("Coûts", None), ("une note", None), ("Reçu", "Coût"), ("0147", 4000), ("Total", 4000)]
    last = journal.numbers(scene.desk, Wanted())[:1]
    assert [one.action for one in journal.lines(scene.desk, last)] == ["costs_exported"]


def test_a_list_of_persons_goes_to_nobody_who_may_not_have_names(scene: Scene, tmp_path: Path) -> None:
    recipients.keep_recipient(scene.desk, replace(recipients.usual("Presse", "presse"), levels=("public",)))
    for name in ("Presse", "Inconnu"):
        with pytest.raises(LevelNotAllowed):
            costs.export(scene.desk, this_week(), [LISTED], tmp_path / "couts.xlsx", GateAnswers(name, "audit"))
    assert ((tmp_path / "couts.xlsx").exists(), sendings.sent_files(scene.desk)) == (False, [])


def test_two_donors_cannot_join_their_lists_and_each_knows_a_person_again(scene: Scene, tmp_path: Path) -> None:
    for name in ("OIM Mali", "Bailleur"):
        recipients.keep_recipient(scene.desk, replace(recipients.usual(name, "bailleur"), levels=("nominatif",)))
    with_costs(scene)
    lines = costs.month(scene.desk, this_week()).lines
    heads = (ListHeading("Personne"), ListHeading("Dit"), ListHeading("N°", is_inner=True), ListHeading("Coût"))
    rows = tuple(
        (one.person_code, f"pour {one.person_code}", one.service.service_no, one.service.cost_xof) for one in lines
    )
    listed = ListedTable("Coûts", "Coûts", heads, rows, ("en tout",), ("Total", None, None, 10500), "interne")
    told: dict[str, list[list[tuple[object, ...]]]] = {}
    for name in ("OIM Mali", "Bailleur"):
        for month in range(2):
            path = tmp_path / f"{name}-{month}.xlsx"
            password = costs.export(scene.desk, this_week(), [listed], path, GateAnswers(name, "audit"))
            sheet = openpyxl.load_workbook(io.BytesIO(opened_with(path, password)))["Coûts"]
            told.setdefault(name, []).append(list(sheet.iter_rows(values_only=True)))
    mine, theirs = told["OIM Mali"], told["Bailleur"]
    assert mine[0] == mine[1]
    texts = [{str(cell) for row in found[0] for cell in row if isinstance(cell, str)} for found in (mine, theirs)]
    assert texts[0] & texts[1] == {"Coûts", "en tout", "Personne", "Dit", "Coût", "Total"}
    assert not [one for one in (*texts[0], *texts[1]) for line in lines if line.person_code in one]
    persons = {one.partition(" ")[2] for one in texts[0] if one.startswith("pour ")}
    assert {residents.search(scene.desk, one)[0] for one in persons} == {scene.woman.person, scene.man.person}


def test_a_list_is_never_written_over_the_file_of_a_shelter(scene: Scene) -> None:
    with pytest.raises(WouldOverwrite):
        costs.export(scene.desk, this_week(), [LISTED], scene.desk.folder / "shelter.db")


def test_a_case_worker_sees_costs_and_exports_none(scene: Scene, tmp_path: Path) -> None:
    with_costs(scene)
    scene.desk.role = Role.CASE_WORKER
    assert len(costs.month(scene.desk, this_week()).lines) == 2
    with pytest.raises(NotAllowed):
        costs.export(scene.desk, this_week(), [LISTED], tmp_path / "couts.xlsx")
    scene.desk.role = Role.STOREKEEPER
    with pytest.raises(NotAllowed):
        costs.month(scene.desk, this_week())
