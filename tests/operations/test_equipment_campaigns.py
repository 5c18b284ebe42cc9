"""Receptions, counts, maintenance and the donor's dossier at the desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.equipment.refusals import CountClosed
from shelter_desk.domain.errors import BadDates, BadNumber, Missing, NoSuch, RuleBroken
from shelter_desk.domain.ids import AssetId, CampaignId, GrantId, ReceptionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.papers import NotAPaper
from shelter_desk.operations import (
    beds,
    campaigns,
    dossiers,
    equipment,
    maintenance,
    receptions,
    reports,
    today,
    training,
    upkeep,
)
from shelter_desk.operations.desk import Desk, undo
from tests.operations import store_scene as scene
from tests.operations.shelter import QUICK, small_shelter
from tests.operations.test_equipment import added, history, in_words, room, tags

RECEIVED = Reception(ReceptionId(0), "", date(2026, 5, 4), "usa", handover_pv="PV-USA-1", delivered_by="Projet")
BEDS = ReceptionLine("Lit", "literie", 20, 20)
CHAIRS = ReceptionLine("Chaise", "mobilier", 30, 28, 2, remark="Deux cassées, deux manquent", numbered=False, cost=5000)
ON = date(2026, 6, 1)
TEAM = ("Agent A", "Agent M")
# a picture of one point
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def begun(desk: Desk, *rooms: str) -> CampaignId:
    campaigns.begin(desk, ON, rooms, TEAM)
    return campaigns.listed(desk)[0].campaign.id


def outcomes(desk: Desk, key: CampaignId) -> dict[str, str]:
    return {one.asset.tag_no: one.line.outcome for one in campaigns.lines(desk, key)}


def test_a_reception_makes_the_assets_that_stay_and_keeps_its_differences(desk: Desk) -> None:
    receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur")
    assert (len(tags(desk)), tags(desk)[-1]) == (21, ("MOB-0001", 26))
    chairs = equipment.register(desk)[-1].asset
    assert (chairs.cost, chairs.status, chairs.owner, chairs.handover_pv) == (
        130_000,
        "en_stock",
        "bailleur",
        "PV-USA-1",
    )
    (found,) = receptions.listed(desk)
    assert (found.reception.reception_no, found.differs, [one.difference for one in found.lines]) == (
        "PVR-2026-001",
        True,
        [0, -4],
    )


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (replace(CHAIRS, remark=" "), Missing),
        (replace(BEDS, designation=""), Missing),
        (replace(BEDS, category=""), Missing),
        (replace(BEDS, refused=21), BadNumber),
        (replace(BEDS, expected=-1), BadNumber),
    ],
)
def test_a_reception_that_cannot_be_writes_nothing(desk: Desk, line: ReceptionLine, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        receptions.receive(desk, RECEIVED, [BEDS, line], "don", "centre")
    assert (tags(desk), receptions.listed(desk)) == ([], ())


def test_a_reception_is_undone_whole(desk: Desk) -> None:
    undo(desk, receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur"))
    assert (tags(desk), receptions.listed(desk)) == ([], ())


def test_what_is_received_stands_in_the_month(desk: Desk) -> None:
    receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur")
    report = reports.monthly(desk, Period.month(2026, 5)).report
    assert [report.value(f"t10.{name}", ("donor", "usa")) for name in ("acquired", "end")] == [46, 46]
    assert report.failed == ()


def test_a_count_expects_what_is_in_its_rooms(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    added(desk, room=room(desk, "2"))
    gone = added(desk, room=room(desk, "1"))
    equipment.record(desk, [gone], Happening("perte", date(2026, 5, 1), reason="Non revue"))
    assert list(outcomes(desk, begun(desk, "1"))) == ["LIT-0001"]


def test_two_persons_count_and_only_known_rooms(desk: Desk) -> None:
    with pytest.raises(Missing):
        campaigns.begin(desk, ON, [], ["Agent A", " "])
    with pytest.raises(NoSuch):
        campaigns.begin(desk, ON, ["99"], TEAM)


def test_a_tag_read_in_its_room_is_seen_and_in_another_is_elsewhere(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), numbered=2)
    key = begun(desk)
    campaigns.see(desk, key, "lit-0001", room(desk, "1"))
    moved = campaigns.see(desk, key, "LIT-0002", room(desk, "2"))
    assert (outcomes(desk, key), moved.line.line.moves) == ({"LIT-0001": "vu", "LIT-0002": "ailleurs"}, True)


@pytest.mark.parametrize("read", ["?OB)ààà&", "MOB-0001", "mob-0001"])
def test_a_reader_set_for_an_american_keyboard_is_understood(desk: Desk, read: str) -> None:
    added(desk, category="mobilier", designation="Table")
    key = begun(desk)
    campaigns.see(desk, key, read)
    assert outcomes(desk, key) == {"MOB-0001": "vu"}


@pytest.mark.parametrize("read", ["TÉL-0001", "tél-0001"])
def test_a_tag_with_an_accent_is_found(desk: Desk, read: str) -> None:
    added(desk, tag_no="TÉL-0001")
    key = begun(desk)
    campaigns.see(desk, key, read)
    assert outcomes(desk, key) == {"TÉL-0001": "vu"}


def test_a_tag_that_nobody_looked_for_is_added_to_the_list(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk, "2")
    seen = campaigns.see(desk, key, "LIT-0001", room(desk, "2"))
    assert (seen.known, outcomes(desk, key)) == (False, {"LIT-0001": "ailleurs"})
    with pytest.raises(NoSuch):
        campaigns.see(desk, key, "XXX-1")


def test_the_register_follows_only_when_the_count_is_approved(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), numbered=4)
    key = begun(desk)
    campaigns.see(desk, key, "LIT-0001", room(desk, "1"))
    campaigns.see(desk, key, "LIT-0002", room(desk, "2"))
    worn = next(one.line for one in campaigns.lines(desk, key) if one.asset.tag_no == "LIT-0003")
    campaigns.mark(desk, replace(worn, outcome="vu", condition="mauvais"))
    campaigns.close(desk, key, "Fait", "Remplacer")
    by_tag = {line.asset.tag_no: line.asset for line in equipment.register(desk)}
    assert (by_tag["LIT-0002"].room, by_tag["LIT-0003"].condition) == (room(desk, "1"), "bon")
    with pytest.raises(Missing):
        campaigns.approve(desk, key)
    missing = next(one.line for one in campaigns.lines(desk, key) if one.line.outcome == "manquant")
    campaigns.explain(desk, missing, "vol")
    campaigns.approve(desk, key)
    by_tag = {line.asset.tag_no: line.asset for line in equipment.register(desk)}
    assert (by_tag["LIT-0002"].room, by_tag["LIT-0003"].condition, by_tag["LIT-0004"].status) == (
        room(desk, "2"),
        "mauvais",
        "vole",
    )
    with pytest.raises(CountClosed) as refused:
        campaigns.approve(desk, key)
    assert in_words(refused.value)


def test_missing_pieces_of_a_batch_leave_and_the_others_stay(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), quantity=20)
    key = begun(desk)
    (line,) = campaigns.lines(desk, key)
    campaigns.mark(desk, replace(line.line, outcome="vu", found=17, cause="perte"))
    campaigns.close(desk, key)
    campaigns.approve(desk, key)
    assert [(line.asset.quantity, line.asset.status) for line in equipment.register(desk)] == [
        (17, "en_service"),
        (3, "perdu"),
    ]


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        (Happening("perte", ON, reason="Vue le jour même", pieces=3), [(17, "en_service"), (3, "perdu")]),
        (
            Happening("panne", ON, pieces=5),
            [(12, "en_service"), (5, "en_panne"), (3, "perdu")],
        ),
    ],
)
def test_pieces_written_as_lost_before_the_approval_are_not_lost_again(
    desk: Desk, meanwhile: Happening, left: list[tuple[int, str]]
) -> None:
    key_of_batch = added(desk, room=room(desk, "1"), quantity=20)
    key = begun(desk)
    (line,) = campaigns.lines(desk, key)
    campaigns.mark(desk, replace(line.line, outcome="vu", found=17, cause="perte"))
    campaigns.close(desk, key)
    equipment.record(desk, [key_of_batch], meanwhile)
    campaigns.approve(desk, key)
    assert [(one.asset.quantity, one.asset.status) for one in equipment.register(desk)] == left


def test_what_came_after_the_day_of_a_count_is_seen_on_the_day_it_came(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    late = added(desk, room=room(desk, "1"), acquired_on=date(2026, 6, 3))
    key = begun(desk)
    assert list(outcomes(desk, key)) == ["LIT-0001"]
    for tag_no in ("LIT-0001", "LIT-0002"):
        campaigns.see(desk, key, tag_no, room(desk, "2"))
    campaigns.close(desk, key)
    campaigns.approve(desk, key)
    found = history(desk, late)
    assert ([one.on for one in found.events], found.asset.room) == ([date(2026, 6, 3)] * 3, room(desk, "2"))


def test_what_was_gone_on_the_day_of_a_count_and_found_since_does_not_hold_it_back(desk: Desk) -> None:
    lost = added(desk, room=room(desk, "1"))
    equipment.record(desk, [lost], Happening("perte", date(2026, 5, 1), reason="Non revue"))
    equipment.record(desk, [lost], Happening("retour_service", date(2026, 6, 5)))
    key = begun(desk)
    campaigns.see(desk, key, "LIT-0001", room(desk, "1"))
    campaigns.close(desk, key)
    campaigns.approve(desk, key)
    assert [one.kind for one in history(desk, lost).events] == ["don_recu", "perte", "retour_service"]


def test_what_was_not_found_and_not_declared_lost_is_told(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk)
    campaigns.close(desk, key)
    (line,) = campaigns.lines(desk, key)
    campaigns.explain(desk, line.line, "inconnu")
    campaigns.approve(desk, key)
    assert [one.tag_no for one in campaigns.not_found(desk)] == ["LIT-0001"]


def test_a_closed_count_takes_nothing_more(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk)
    campaigns.close(desk, key)
    with pytest.raises(CountClosed):
        campaigns.see(desk, key, "LIT-0001")
    with pytest.raises(CountClosed):
        campaigns.close(desk, key)


def _ticket(key: AssetId, **more: Any) -> Ticket:
    return Ticket(maintenance.NEW, "", key, date(2026, 3, 2), "corrective", "Ne tourne plus", **more)


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
    assert [len(list(sheet.rows)) - 1 for sheet in book.worksheets[1:]] == [21, 23, 1]


def test_a_photo_is_a_picture_and_stays_in_the_file(desk: Desk, tmp_path: Path) -> None:
    key = added(desk)
    (tmp_path / "note.txt").write_text("Ce n’est pas une image")
    with pytest.raises(NotAPaper):
        dossiers.keep_photo(desk, key, tmp_path / "note.txt")
    (tmp_path / "lit.png").write_bytes(PNG)
    undo(desk, dossiers.keep_photo(desk, key, tmp_path / "lit.png"))
    assert dossiers.photo(desk, key) is None
    dossiers.keep_photo(desk, key, tmp_path / "lit.png")
    assert (dossiers.photo(desk, key), equipment.card(desk, key).has_photo) == (PNG, True)


def test_nothing_is_expected_of_a_room_that_is_empty(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    assert (outcomes(desk, begun(desk, "3")), len(beds.rooms(desk))) == ({}, 4)


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
        board = beds.board(desk, night)
        return {look.bed.code: look.lacks for one in board.rooms for look in one.beds if look.lacks}

    assert (lacks(date(2026, 2, 28)), lacks(date(2026, 3, 1))) == ({}, {"1A": ("matelas",)})
    added(desk, designation="Matelas neuf", bed=bed.id, acquired_on=date(2026, 3, 5))
    assert (lacks(date(2026, 3, 4)), lacks(desk.today())) == ({"1A": ("matelas",)}, {})


def test_what_equipment_asks_for_stands_among_the_tasks_of_the_day(desk: Desk) -> None:
    assert [task.matter for task in today.to_do(desk) if task.page.startswith("equipment")] == []
    bed = next(one for known, found in beds.rooms(desk) if known.code == "1" for one in found)
    key = added(desk, designation="Matelas", bed=bed.id, acquired_on=date(2025, 1, 5), maintenance_days=30)
    campaigns.begin(desk, ON, [], TEAM)
    campaigns.close(desk, campaigns.listed(desk)[0].campaign.id)
    equipment.record(desk, [key], Happening("hors_service", date(2026, 3, 1), reason="Déchiré"))
    found = {task.matter: (task.page, task.n) for task in today.to_do(desk)}
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
    assert upkeep.waiting(desk).incomplete_beds == asked
