"""The register of equipment at the desk: added, moved, broken, split, lost, written off, undone, and who may."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.equipment.assets import Asset, Grant
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.equipment.refusals import AgreementNeeded, AlreadySaidOfAsset, AssetGone, SerialOfOne
from shelter_desk.domain.errors import (
    BadDates,
    BadNumber,
    CodeTaken,
    InTheFuture,
    Missing,
    NotAllowed,
    NotInList,
    RuleBroken,
)
from shelter_desk.domain.ids import AssetId, GrantId, RoomId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.reports import reports
from shelter_desk.system import clock
from shelter_desk.words import equipment as _sentences  # noqa: F401
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import small_shelter

NET = Asset(AssetId(0), "", "Moustiquaire", "literie", "don", date(2026, 1, 5), "oim", "centre", "en_service", "bon")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def today() -> date:
    return clock.today()


def added(desk: Desk, **more: Any) -> AssetId:
    numbered = more.pop("numbered", 1)
    equipment.add_assets(desk, replace(NET, **more), numbered)
    return equipment.register(desk)[-1].asset.id


def history(desk: Desk, key: AssetId) -> History:
    return equipment.card(desk, key).history


def room(desk: Desk, code: str) -> RoomId:
    return next(one.id for one, _ in beds.rooms(desk) if one.code == code)


def in_words(error: RuleBroken) -> bool:
    """True for a refusal with a sentence of its own."""
    return sentence(error) != sentence(RuleBroken())


def tags(desk: Desk) -> list[tuple[str, int]]:
    return [(line.asset.tag_no, line.asset.quantity) for line in equipment.register(desk)]


def test_each_thing_gets_the_next_tag_of_its_category(desk: Desk) -> None:
    added(desk, numbered=3)
    added(desk, category="cuisine", designation="Marmite")
    added(desk)
    assert [tag for tag, _ in tags(desk)] == ["CUI-0001", "LIT-0001", "LIT-0002", "LIT-0003", "LIT-0004"]


def test_a_batch_has_one_tag_for_all_its_pieces(desk: Desk) -> None:
    added(desk, quantity=20, category="mobilier", designation="Chaise")
    assert tags(desk) == [("MOB-0001", 20)]


def test_a_new_asset_begins_with_how_it_came(desk: Desk) -> None:
    (event,) = history(desk, added(desk)).events
    assert (event.kind, event.on, event.condition) == ("don_recu", NET.acquired_on, "bon")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"designation": " "}, Missing),
        ({"category": ""}, Missing),
        ({"category": "vaisselle"}, NotInList),
        ({"donor": "mécène"}, NotInList),
        ({"status": "perdu"}, NotInList),
        ({"acquired_on": date(2099, 1, 1)}, InTheFuture),
        ({"quantity": 0}, BadNumber),
        ({"cost": -1}, BadNumber),
        ({"tag_no": "lit-0001"}, CodeTaken),
        ({"serial_no": "sn-1"}, CodeTaken),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_stored(
    desk: Desk, wrong: dict[str, Any], error: type[RuleBroken]
) -> None:
    added(desk, serial_no="SN-1")
    with pytest.raises(error) as refused:
        equipment.add_assets(desk, replace(NET, **wrong))
    assert (len(equipment.register(desk)), in_words(refused.value)) == (1, True)


@pytest.mark.parametrize("typed", ["TÉL-0001", "tél-0001"])
def test_a_tag_with_an_accent_is_taken_in_any_case(desk: Desk, typed: str) -> None:
    added(desk, tag_no="TÉL-0001", serial_no="N° É1")
    for wrong in ({"tag_no": typed}, {"serial_no": "n° é1"}):
        with pytest.raises(CodeTaken):
            added(desk, **wrong)
    assert tags(desk) == [("TÉL-0001", 1)]


def test_one_serial_number_is_of_one_thing(desk: Desk) -> None:
    with pytest.raises(SerialOfOne) as refused:
        added(desk, serial_no="SN-1", numbered=3)
    assert (tags(desk), in_words(refused.value)) == ([], True)


@pytest.mark.parametrize("none", ["", " Néant ", "N/A", "-"])
def test_what_says_that_there_is_no_serial_number_is_none(desk: Desk, none: str) -> None:
    added(desk, serial_no=none, numbered=2)
    added(desk, serial_no=none)
    assert len(tags(desk)) == 3


def test_pieces_taken_out_of_a_batch_do_not_take_its_serial_number(desk: Desk) -> None:
    key = added(desk, serial_no="SN-1", quantity=5)
    equipment.record(desk, [key], Happening("panne", date(2026, 3, 1), pieces=2))
    assert [line.asset.serial_no for line in equipment.register(desk)] == ["SN-1", ""]


def test_a_thing_that_moved_stands_where_it_was_on_every_past_day(desk: Desk) -> None:
    key = added(desk, room=room(desk, "1"))
    equipment.record(desk, [key], Happening("deplacement", date(2026, 3, 1), room=room(desk, "2")))
    moved = history(desk, key)
    assert moved.asset.room == room(desk, "2")
    assert (moved.room_on(date(2026, 2, 28)), moved.room_on(date(2026, 3, 1))) == (room(desk, "1"), room(desk, "2"))


def test_a_move_written_afterwards_does_not_move_what_moved_since(desk: Desk) -> None:
    key = added(desk, room=room(desk, "1"))
    equipment.record(desk, [key], Happening("deplacement", date(2026, 5, 1), room=room(desk, "3")))
    equipment.record(desk, [key], Happening("deplacement", date(2026, 3, 1), room=room(desk, "2")))
    moved = history(desk, key)
    assert (moved.asset.room, moved.room_on(date(2026, 4, 1))) == (room(desk, "3"), room(desk, "2"))


def test_what_is_moved_twice_on_a_day_stands_where_it_was_put_last(desk: Desk) -> None:
    """One move a day: a room chosen by mistake is put right by choosing again."""
    key, day = added(desk, room=room(desk, "1")), date(2026, 3, 1)
    for code in ("2", "4"):
        done = equipment.record(desk, [key], Happening("deplacement", day, room=room(desk, code)))
    undo(desk, done)
    assert history(desk, key).room_on(day) == room(desk, "2")
    equipment.record(desk, [key], Happening("deplacement", day, room=room(desk, "3")))
    for condition in ("moyen", "mauvais"):
        equipment.record(desk, [key], Happening("changement_etat", day, condition))
    told = history(desk, key)
    assert (told.asset.room, told.asset.condition, len(told.events)) == (room(desk, "3"), "mauvais", 3)
    assert [told.room_on(date(2026, 2, 28)), told.condition_on(date(2026, 2, 28))] == [room(desk, "1"), "bon"]


def test_what_breaks_is_repaired_and_comes_back(desk: Desk) -> None:
    key = added(desk)
    for kind, on in (("panne", 3), ("reparation", 4), ("retour_service", 5)):
        equipment.record(desk, [key], Happening(kind, date(2026, on, 1)))
    found = history(desk, key)
    assert [found.status_on(date(2026, month, 2)) for month in (2, 3, 4, 5)] == [
        "en_service",
        "en_panne",
        "en_reparation",
        "en_service",
    ]


def test_several_things_are_moved_at_once_or_none_of_them(desk: Desk) -> None:
    first, second = added(desk), added(desk)
    equipment.record(desk, [second], Happening("perte", date(2026, 2, 1), reason="Non revue"))
    with pytest.raises(AssetGone):
        equipment.record(desk, [first, second], Happening("deplacement", date(2026, 3, 1), room=room(desk, "2")))
    assert history(desk, first).asset.room is None


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Happening("envol", date(2026, 2, 1)), NotInList),
        (Happening("acquisition", date(2026, 2, 1)), NotInList),
        (Happening("panne", date(2099, 2, 1)), InTheFuture),
        (Happening("panne", date(2025, 12, 31)), BadDates),
        (Happening("deplacement", date(2026, 2, 1)), Missing),
        (Happening("changement_etat", date(2026, 2, 1)), Missing),
        (Happening("perte", date(2026, 2, 1)), Missing),
        (Happening("affectation", date(2026, 2, 1), lent=True), Missing),
        (Happening("reforme", date(2026, 2, 1), reason="Cassé", pv_no="PV-1"), NotInList),
        (Happening("panne", date(2026, 2, 1), pieces=2), BadNumber),
        (Happening("panne", date(2026, 1, 20)), AlreadySaidOfAsset),
    ],
)
def test_what_cannot_happen_is_refused_in_words(desk: Desk, said: Happening, error: type[RuleBroken]) -> None:
    key = added(desk, owner="bailleur")
    equipment.record(desk, [key], Happening("panne", date(2026, 1, 20)))
    with pytest.raises(error) as refused:
        equipment.record(desk, [key], said)
    assert (len(history(desk, key).events), in_words(refused.value)) == (2, True)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Happening("panne", date(2026, 2, 1)), NotInList),
        (Happening("reforme", date(2026, 2, 1), pv_no="PV-1"), Missing),
        (Happening("reforme", date(2026, 2, 1), reason="Cassé"), Missing),
        (Happening("reforme", date(2026, 2, 1), reason="Cassé", pv_no="PV-1"), AgreementNeeded),
        (Happening("transfert_sortant", date(2026, 2, 1), reason="Prêt", pv_no="PV-1"), Missing),
    ],
)
def test_nothing_leaves_without_reason_minutes_and_the_agreement_of_its_donor(
    desk: Desk, said: Happening, error: type[RuleBroken]
) -> None:
    key = added(desk, owner="bailleur")
    with pytest.raises(error) as refused:
        equipment.dispose(desk, [key], said)
    assert (history(desk, key).asset.is_here, in_words(refused.value)) == (True, True)
    agreed = replace(said, kind="reforme", reason="Cassé", pv_no="PV-1", donor_agreement="Lettre 12")
    equipment.dispose(desk, [key], agreed)
    assert history(desk, key).asset.status == "reforme"


def test_what_is_lost_may_be_found_and_nothing_else_happens_to_it(desk: Desk) -> None:
    key = added(desk)
    equipment.record(desk, [key], Happening("vol", date(2026, 2, 1), reason="Nuit du 31"))
    with pytest.raises(AssetGone) as refused:
        equipment.record(desk, [key], Happening("panne", date(2026, 3, 1)))
    assert in_words(refused.value)
    equipment.record(desk, [key], Happening("retour_service", date(2026, 4, 1)))
    assert history(desk, key).asset.status == "en_service"


def test_pieces_that_move_become_a_batch_of_their_own_with_the_same_past(desk: Desk) -> None:
    key = added(desk, quantity=20, room=room(desk, "1"), cost=100_001, category="mobilier")
    equipment.record(desk, [key], Happening("deplacement", date(2026, 3, 1), room=room(desk, "2"), pieces=5))
    assert tags(desk) == [("MOB-0001", 15), ("MOB-0002", 5)]
    rest, moved = (history(desk, line.asset.id) for line in equipment.register(desk))
    assert (rest.asset.room, moved.asset.room) == (room(desk, "1"), room(desk, "2"))
    assert (moved.room_on(date(2026, 2, 1)), moved.asset.acquired_on) == (room(desk, "1"), NET.acquired_on)
    assert (rest.asset.cost, moved.asset.cost) == (75_001, 25_000)


def test_splitting_a_batch_leaves_every_past_figure_alone(desk: Desk) -> None:
    key = added(desk, quantity=20)
    january = Period.month(2026, 1)
    before = reports.monthly(desk, january).report.value("t10.end")
    equipment.record(desk, [key], Happening("perte", date(2026, 3, 1), reason="Cassées", pieces=7))
    march = reports.monthly(desk, Period.month(2026, 3)).report
    assert (before, reports.monthly(desk, january).report.value("t10.end")) == (20, 20)
    assert [march.value(f"t10.{name}") for name in ("start", "lost", "end")] == [20, 7, 13]
    assert march.failed == ()


def test_a_card_is_corrected_without_moving_what_happened(desk: Desk) -> None:
    key = added(desk)
    equipment.record(desk, [key], Happening("panne", date(2026, 2, 1)))
    asset = history(desk, key).asset
    equipment.change_asset(desk, replace(asset, designation="Moustiquaire imprégnée", status="en_service", quantity=9))
    found = history(desk, key).asset
    assert (found.designation, found.status, found.quantity) == ("Moustiquaire imprégnée", "en_panne", 1)


def test_the_day_it_came_takes_along_how_it_came(desk: Desk) -> None:
    key = added(desk)
    equipment.record(desk, [key], Happening("panne", date(2026, 3, 1)))
    asset = history(desk, key).asset
    for came in (date(2025, 12, 1), date(2026, 3, 1)):
        equipment.change_asset(desk, replace(asset, acquired_on=came))
        assert [(one.kind, one.on) for one in history(desk, key).events] == [
            ("don_recu", came),
            ("panne", date(2026, 3, 1)),
        ]
    with pytest.raises(BadDates):
        equipment.change_asset(desk, replace(asset, acquired_on=date(2026, 3, 2)))
    assert history(desk, key).asset.acquired_on == date(2026, 3, 1)


def test_everything_is_undone_whole(desk: Desk) -> None:
    key = added(desk, quantity=20)
    before = history(desk, key)
    undo(desk, equipment.record(desk, [key], Happening("perte", date(2026, 3, 1), reason="Cassées", pieces=7)))
    assert (tags(desk), history(desk, key)) == ([("LIT-0001", 20)], before)


def test_a_grant_is_kept_and_its_code_taken_once(desk: Desk) -> None:
    grant = Grant(GrantId(0), "USA-2026", "usa", "Réhabilitation", "S-001", date(2026, 1, 1), date(2026, 12, 31))
    equipment.keep_grant(desk, grant)
    with pytest.raises(CodeTaken):
        equipment.keep_grant(desk, replace(grant, code="usa-2026"))
    (kept,) = equipment.grants(desk)
    equipment.keep_grant(desk, replace(kept, title="Équipement"))
    assert [(one.code, one.title) for one in equipment.grants(desk)] == [("USA-2026", "Équipement")]


def test_the_register_of_a_past_day_is_known(desk: Desk) -> None:
    key = added(desk)
    equipment.record(desk, [key], Happening("perte", date(2026, 3, 1), reason="Non revue"))
    history = equipment.card(desk, key).history
    found = [history.counts_on(day) for day in (date(2026, 1, 4), date(2026, 2, 28), date(2026, 3, 1))]
    assert found == [False, True, False]


@pytest.mark.parametrize(
    ("role", "sees", "writes", "approves"),
    [
        (Role.DIRECTOR, True, True, True),
        (Role.STOREKEEPER, True, True, False),
        (Role.AUDITOR, True, False, False),
        (Role.CASE_WORKER, False, False, False),
        (Role.RECEPTION, False, False, False),
    ],
)
def test_who_may_see_write_and_approve(desk: Desk, role: Role, sees: bool, writes: bool, approves: bool) -> None:
    key = added(desk)
    desk.role = role
    out = Happening("reforme", today() - timedelta(days=1), reason="Usée", pv_no="PV-1")
    assert (
        allowed(lambda: equipment.register(desk)),
        allowed(lambda: equipment.record(desk, [key], Happening("panne", today() - timedelta(days=2)))),
        allowed(lambda: equipment.dispose(desk, [key], out)),
    ) == (sees, writes, approves)


def allowed(act: Any) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True
