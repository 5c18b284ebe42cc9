"""Equipment looked after at the desk: maintenance, beds that lack something, the donor’s dossier, tasks of the day."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.maintenance import Run
from shelter_desk.domain.errors import BadDates, BadNumber, ChangedSince, Missing, RuleBroken
from shelter_desk.domain.ids import GrantId
from shelter_desk.domain.residents.notes import NotAPaper
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import dossiers, equipment, equipment_counts, maintenance, receptions
from shelter_desk.operations.reports import reports
from shelter_desk.operations.today import store_tasks
from shelter_desk.operations.training import training
from shelter_desk.system import clock
from tests.operations import store_scene as scene
from tests.operations.campaign_scene import BEDS, CHAIRS, ON, PNG, RECEIVED, TEAM, _ticket, desk
from tests.operations.equipment.test_equipment import added, history
from tests.operations.shelter import QUICK, admit, bed

__all__ = ["desk"]


def test_a_fault_breaks_the_thing_down_and_its_repair_brings_it_back(desk: Desk) -> None:
    key = added(desk)
    maintenance.report_fault(desk, _ticket(key), out_of_use=True)
    assert history(desk, key).asset.status == "en_panne"
    (line,) = maintenance.tickets(desk)
    done = replace(line.ticket, action_done="Moteur changé", closed_on=date(2026, 3, 9))
    maintenance.close_ticket(desk, done, works=True)
    found = history(desk, key)
    assert (found.asset.status, found.status_on(date(2026, 3, 5))) == ("en_service", "en_panne")
    assert maintenance.tickets(desk)[0].ticket.tested_ok


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"action_done": " ", "closed_on": date(2026, 3, 9)}, Missing),
        ({"action_done": "Fait"}, Missing),
        ({"action_done": "Fait", "closed_on": date(2026, 3, 1)}, BadDates),
    ],
)
def test_a_ticket_is_closed_with_what_was_done_and_when(desk: Desk, more: Any, error: type[RuleBroken]) -> None:
    maintenance.report_fault(desk, _ticket(added(desk)))
    (line,) = maintenance.tickets(desk)
    with pytest.raises(error):
        maintenance.close_ticket(desk, replace(line.ticket, **more), works=True)


def test_a_ticket_begins_after_its_thing_came_and_is_closed_once(desk: Desk) -> None:
    key = added(desk)
    with pytest.raises(BadDates):
        maintenance.report_fault(desk, replace(_ticket(key), reported_on=date(2025, 12, 31)))
    maintenance.report_fault(desk, _ticket(key))
    (line,) = maintenance.tickets(desk)
    mended = replace(line.ticket, action_done="Soudé", closed_on=date(2026, 3, 5))
    with pytest.raises(BadNumber):
        maintenance.close_ticket(desk, replace(mended, cost=-1), works=True)
    maintenance.close_ticket(desk, mended, works=True)
    with pytest.raises(ChangedSince):
        maintenance.close_ticket(desk, replace(mended, action_done="Remplacé"), works=False)
    assert maintenance.tickets(desk)[0].ticket.action_done == "Soudé"


def test_what_is_mended_stays_broken_while_another_ticket_holds_it_out_of_use(desk: Desk) -> None:
    key = added(desk)
    for _ in range(2):
        maintenance.report_fault(desk, _ticket(key), out_of_use=True)
    for at, status in enumerate(("en_panne", "en_service"), 5):
        line = next(one for one in maintenance.tickets(desk) if one.ticket.closed_on is None)
        mended = replace(line.ticket, action_done="Soudé", closed_on=date(2026, 3, at))
        maintenance.close_ticket(desk, mended, works=True)
        assert history(desk, key).asset.status == status


def test_a_bed_without_its_mattress_is_proposed_last_and_said_when_it_is_given(desk: Desk) -> None:
    key = added(desk, designation="Matelas", bed=bed(desk, "1A").id)
    equipment.record(desk, [key], Happening("hors_service", date(2026, 3, 1), reason="Déchiré"))
    birth = Birth(date(1995, 1, 1))
    possible = [one for one in beds.beds_for(desk, "f", birth, clock.today()) if one.fits]
    assert [one.bed.code for one in possible if not one.against][:3] == ["1B", "1C", "1D"]
    assert [one.rule for one in next(one for one in possible if one.bed.code == "1A").against] == ["A-04"]
    assert [[one.rule for one in admit(desk, code).warnings] for code in ("1A", "1B")] == [["A-04"], []]


def test_what_is_to_be_looked_after_is_due_from_its_last_visit(desk: Desk) -> None:
    key = added(desk, maintenance_days=90)
    assert [(one.asset.id, one.on) for one in maintenance.due(desk)] == [(key, date(2026, 4, 5))]
    maintenance.report_fault(desk, replace(_ticket(key), kind="controle", reported_on=desk.today()))
    (line,) = maintenance.tickets(desk)
    maintenance.close_ticket(desk, replace(line.ticket, action_done="Vu", closed_on=desk.today()), works=True)
    assert maintenance.due(desk) == ()


def test_the_log_tells_litres_an_hour_and_marks_a_jump(desk: Desk) -> None:
    key = added(desk, category="energie", designation="Groupe électrogène 10 kVA")
    assert [one.id for one in maintenance.generators(desk)] == [key]
    for day, hours, litres in ((1, 4, 8), (2, 4, 9), (3, 2, 8)):
        maintenance.log_run(desk, Run(0, key, date(2026, 3, day), hours, litres))
    assert [(one.run.rate, one.jumps) for one in maintenance.log(desk, key)] == [(4, True), (2.25, False), (2, False)]
    with pytest.raises(BadNumber):
        maintenance.log_run(desk, Run(0, key, date(2026, 3, 4), 25, 1))
    with pytest.raises(BadNumber):  # with the four hours written already
        maintenance.log_run(desk, Run(0, key, date(2026, 3, 2), 21, 1))
    with pytest.raises(BadDates):
        maintenance.log_run(desk, Run(0, key, date(2025, 12, 31), 2, 1))


def test_the_dossier_says_what_became_of_everything(desk: Desk, tmp_path: Path) -> None:
    equipment.keep_grant(desk, Grant(GrantId(0), "USA-1", "usa", "Réhabilitation"))
    (grant,) = equipment.grants(desk)
    receptions.receive(desk, replace(RECEIVED, grant=grant.id), [BEDS, CHAIRS], "don", "bailleur")
    first, second = (line.asset.id for line in equipment.register(desk)[:2])
    equipment.record(desk, [first], Happening("vol", date(2026, 5, 9), reason="Nuit du 8"))
    equipment.record(desk, [second], Happening("panne", date(2026, 5, 9)))
    (tmp_path / "lit.png").write_bytes(PNG)
    dossiers.keep_photo(desk, second, tmp_path / "lit.png")
    dossiers.write_dossier(desk, tmp_path / "dossier.xlsx", grant.id)
    book = openpyxl.load_workbook(tmp_path / "dossier.xlsx")
    summary = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert [summary[name] for name in ("In place", "Broken or under repair", "Lost or stolen")] == [44, 1, 1]
    assert [len(list(sheet.rows)) - 1 for sheet in book.worksheets[1:]] == [21 + 2, 23, 1]
    listed = list(book.worksheets[1].iter_rows(min_row=2, max_row=22, values_only=True))
    total, unknown = list(book.worksheets[1].iter_rows(min_row=23, values_only=True))
    assert (sum(row[12] for row in listed), sum(row[13] or 0 for row in listed)) == (46, 26 * 5000)
    assert (total[12:14], "20 things" in str(unknown[1])) == (("=SUM(M2:M22)", "=SUM(N2:N22)"), True)


def test_the_dossier_says_of_each_thing_whose_it_is_who_paid_and_how_it_left(desk: Desk, tmp_path: Path) -> None:
    equipment.keep_grant(desk, Grant(GrantId(0), "USA-1", "usa", "Réhabilitation", "72067-19"))
    (grant,) = equipment.grants(desk)
    key = added(desk, grant=grant.id, donor="usa", owner="bailleur", cost=90_000, award_share=75)
    equipment.record(desk, [key], Happening("inventaire", date(2026, 4, 1)))
    sold = Happening("reforme", date(2026, 5, 9), pv_no="PV-3", reason="Usé", donor_agreement="Lettre 4", price=12_500)
    equipment.dispose(desk, [key], sold)
    dossiers.write_dossier(desk, tmp_path / "dossier.xlsx", grant.id)
    summary, listed, *_ = openpyxl.load_workbook(tmp_path / "dossier.xlsx").worksheets
    heads, line = ([cell.value for cell in row] for row in listed.iter_rows(min_row=1, max_row=2))
    said = dict(zip(heads, line, strict=True))
    assert [said[one] for one in ("Award no.", "Title holder", "Share of the award, %", "Value, XOF")] == [
        "72067-19",
        "Donor",
        75,
        90_000,
    ]
    assert (said["Last inventory"].date(), said["Left on"].date()) == (date(2026, 4, 1), date(2026, 5, 9))
    assert said["Price got, XOF"] == 12_500
    assert {"For the shelter", "For the donor"} <= {row[0].value for row in summary.iter_rows()}
    with pytest.raises(BadNumber):
        equipment.change_asset(desk, replace(equipment.card(desk, key).history.asset, award_share=101))


def test_a_photo_is_a_picture_and_stays_in_the_file(desk: Desk, tmp_path: Path) -> None:
    key = added(desk)
    (tmp_path / "note.txt").write_text("Ce n’est pas une image", encoding="utf-8")
    with pytest.raises(NotAPaper):
        dossiers.keep_photo(desk, key, tmp_path / "note.txt")
    (tmp_path / "lit.png").write_bytes(PNG)
    undo(desk, dossiers.keep_photo(desk, key, tmp_path / "lit.png"))
    assert dossiers.photo(desk, key) is None
    dossiers.keep_photo(desk, key, tmp_path / "lit.png")
    assert (dossiers.photo(desk, key), equipment.card(desk, key).has_photo) == (PNG, True)


def test_the_training_shelter_has_equipment_in_both_profiles(tmp_path: Path) -> None:
    for profile in ("bamako", "gao"):
        with training.make(tmp_path / profile, profile, 3, 1, cost=QUICK).desk as desk:
            report = reports.monthly(desk, training.last_full_month(desk)).report
            assert report.failed == ()
            assert report.value("t10.end") > 150  # type: ignore[operator]
            assert {line.asset.supplier for line in equipment.register(desk)} == {"Fournisseur fictif, prix inventé"}
            assert (len(maintenance.tickets(desk)) > 5, len(receptions.listed(desk)), len(equipment.grants(desk))) == (
                True,
                1,
                1,
            )
            (generator,) = maintenance.generators(desk)
            assert any(one.jumps for one in maintenance.log(desk, generator.id))


def test_a_bed_lacks_what_was_worn_out_until_it_is_replaced(desk: Desk) -> None:
    bed = next(one for known, found in beds.rooms(desk) if known.code == "1" for one in found)
    key = added(desk, designation="Matelas mousse", bed=bed.id)
    added(desk, bed=bed.id)
    equipment.record(desk, [key], Happening("changement_etat", date(2026, 3, 1), condition="hors_usage"))

    def lacks(night: date) -> dict[str, tuple[str, ...]]:
        board = bed_board.board(desk, night)
        return {look.bed.code: look.lacks for one in board.rooms for look in one.beds if look.lacks}

    assert (lacks(date(2026, 2, 28)), lacks(date(2026, 3, 1))) == ({}, {"1A": ("matelas",)})
    added(desk, designation="Matelas neuf", bed=bed.id, acquired_on=date(2026, 3, 5))
    assert (lacks(date(2026, 3, 4)), lacks(desk.today())) == ({"1A": ("matelas",)}, {})


def test_what_equipment_asks_for_stands_among_the_tasks_of_the_day(desk: Desk) -> None:
    assert [task.matter for task in store_tasks.waiting(desk) if task.page.startswith("equipment")] == []
    bed = next(one for known, found in beds.rooms(desk) if known.code == "1" for one in found)
    key = added(desk, designation="Matelas", bed=bed.id, acquired_on=date(2025, 1, 5), maintenance_days=30)
    equipment_counts.begin(desk, ON, [], TEAM)
    equipment_counts.close(desk, equipment_counts.listed(desk)[0].campaign.id)
    equipment.record(desk, [key], Happening("hors_service", date(2026, 3, 1), reason="Déchiré"))
    found = {task.matter: (task.page, task.n) for task in store_tasks.waiting(desk)}
    assert [found.get(name) for name in ("beds_incomplete", "assets_not_found", "upkeep_due", "count_due")] == [
        ("beds", 1),
        ("equipment/counts", 1),
        ("equipment/maintenance", 1),
        ("equipment/counts", 0),
    ]


@pytest.mark.parametrize(("begins", "ends", "asked"), [(1, 9, 1), (0, 9, 0), (-5, 0, 1), (-5, 1, 0)])
def test_an_incomplete_bed_is_asked_for_but_while_it_is_out_of_use(
    desk: Desk, begins: int, ends: int, asked: int
) -> None:
    bed = next(one for known, found in beds.rooms(desk) if known.code == "1" for one in found)
    key = added(desk, designation="Matelas", bed=bed.id)
    equipment.record(desk, [key], Happening("hors_service", date(2026, 3, 1), reason="Déchiré"))
    start, end = (datetime.combine(scene.ahead(days), time()) for days in (begins, ends))
    beds.block(desk, bed.id, "maintenance", start, end, "Peinture")
    assert maintenance.waiting(desk).incomplete_beds == asked
