"""Counts of the equipment at the desk: what is looked for, found, missing, and what the register makes of it."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.refusals import CountClosed
from shelter_desk.domain.errors import Missing, NoSuch
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts
from tests.operations.campaign_scene import ON, TEAM, begun, desk, outcomes
from tests.operations.equipment.test_equipment import added, history, in_words, room

__all__ = ["desk"]


def test_a_count_expects_what_is_in_its_rooms(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    added(desk, room=room(desk, "2"))
    gone = added(desk, room=room(desk, "1"))
    equipment.record(desk, [gone], Happening("perte", date(2026, 5, 1), reason="Non revue"))
    assert list(outcomes(desk, begun(desk, "1"))) == ["LIT-0001"]


def test_two_persons_count_and_only_known_rooms(desk: Desk) -> None:
    with pytest.raises(Missing):
        equipment_counts.begin(desk, ON, [], ["Agent A", " "])
    with pytest.raises(NoSuch):
        equipment_counts.begin(desk, ON, ["99"], TEAM)


def test_one_person_is_not_two(desk: Desk) -> None:
    with pytest.raises(Missing):
        equipment_counts.begin(desk, ON, [], ["Agent A", " agent a "])


def test_what_was_moved_on_the_day_of_a_count_stands_where_it_was_found(desk: Desk) -> None:
    key = added(desk, room=room(desk, "1"))
    count = begun(desk)
    equipment.record(desk, [key], Happening("deplacement", ON, room=room(desk, "2")))
    equipment_counts.see(desk, count, "LIT-0001", room(desk, "3"))
    equipment_counts.close(desk, count)
    equipment_counts.approve(desk, count)
    assert history(desk, key).room_on(ON) == room(desk, "3")


def test_a_tag_read_in_its_room_is_seen_and_in_another_is_elsewhere(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), numbered=2)
    key = begun(desk)
    equipment_counts.see(desk, key, "lit-0001", room(desk, "1"))
    moved = equipment_counts.see(desk, key, "LIT-0002", room(desk, "2"))
    assert (outcomes(desk, key), moved.line.line.moves) == ({"LIT-0001": "vu", "LIT-0002": "ailleurs"}, True)


@pytest.mark.parametrize("read", ["?OB)ààà&", "MOB-0001", "mob-0001"])
def test_a_reader_set_for_an_american_keyboard_is_understood(desk: Desk, read: str) -> None:
    added(desk, category="mobilier", designation="Table")
    key = begun(desk)
    equipment_counts.see(desk, key, read)
    assert outcomes(desk, key) == {"MOB-0001": "vu"}


@pytest.mark.parametrize("read", ["TÉL-0001", "tél-0001"])
def test_a_tag_with_an_accent_is_found(desk: Desk, read: str) -> None:
    added(desk, tag_no="TÉL-0001")
    key = begun(desk)
    equipment_counts.see(desk, key, read)
    assert outcomes(desk, key) == {"TÉL-0001": "vu"}


def test_a_tag_that_nobody_looked_for_is_added_to_the_list(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk, "2")
    seen = equipment_counts.see(desk, key, "LIT-0001", room(desk, "2"))
    assert (seen.known, outcomes(desk, key)) == (False, {"LIT-0001": "ailleurs"})
    with pytest.raises(NoSuch):
        equipment_counts.see(desk, key, "XXX-1")


def test_the_register_follows_only_when_the_count_is_approved(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), numbered=4)
    key = begun(desk)
    equipment_counts.see(desk, key, "LIT-0001", room(desk, "1"))
    equipment_counts.see(desk, key, "LIT-0002", room(desk, "2"))
    worn = next(one.line for one in equipment_counts.lines(desk, key) if one.asset.tag_no == "LIT-0003")
    equipment_counts.mark(desk, replace(worn, outcome="vu", condition="mauvais"))
    equipment_counts.close(desk, key, "Fait", "Remplacer")
    by_tag = {line.asset.tag_no: line.asset for line in equipment.register(desk)}
    assert (by_tag["LIT-0002"].room, by_tag["LIT-0003"].condition) == (room(desk, "1"), "bon")
    with pytest.raises(Missing):
        equipment_counts.approve(desk, key)
    missing = next(one.line for one in equipment_counts.lines(desk, key) if one.line.outcome == "manquant")
    equipment_counts.explain(desk, missing, "vol")
    equipment_counts.approve(desk, key)
    by_tag = {line.asset.tag_no: line.asset for line in equipment.register(desk)}
    assert (by_tag["LIT-0002"].room, by_tag["LIT-0003"].condition, by_tag["LIT-0004"].status) == (
        room(desk, "2"),
        "mauvais",
        "vole",
    )
    with pytest.raises(CountClosed) as refused:
        equipment_counts.approve(desk, key)
    assert in_words(refused.value)


def test_missing_pieces_of_a_batch_leave_and_the_others_stay(desk: Desk) -> None:
    added(desk, room=room(desk, "1"), quantity=20)
    key = begun(desk)
    (line,) = equipment_counts.lines(desk, key)
    equipment_counts.mark(desk, replace(line.line, outcome="vu", found=17, cause="perte"))
    equipment_counts.close(desk, key)
    equipment_counts.approve(desk, key)
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
    (line,) = equipment_counts.lines(desk, key)
    equipment_counts.mark(desk, replace(line.line, outcome="vu", found=17, cause="perte"))
    equipment_counts.close(desk, key)
    equipment.record(desk, [key_of_batch], meanwhile)
    equipment_counts.approve(desk, key)
    assert [(one.asset.quantity, one.asset.status) for one in equipment.register(desk)] == left


def test_what_came_after_the_day_of_a_count_is_seen_on_the_day_it_came(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    late = added(desk, room=room(desk, "1"), acquired_on=date(2026, 6, 3))
    key = begun(desk)
    assert list(outcomes(desk, key)) == ["LIT-0001"]
    for tag_no in ("LIT-0001", "LIT-0002"):
        equipment_counts.see(desk, key, tag_no, room(desk, "2"))
    equipment_counts.close(desk, key)
    equipment_counts.approve(desk, key)
    found = history(desk, late)
    assert ([one.on for one in found.events], found.asset.room) == ([date(2026, 6, 3)] * 3, room(desk, "2"))


def test_what_was_gone_on_the_day_of_a_count_and_found_since_does_not_hold_it_back(desk: Desk) -> None:
    lost = added(desk, room=room(desk, "1"))
    equipment.record(desk, [lost], Happening("perte", date(2026, 5, 1), reason="Non revue"))
    equipment.record(desk, [lost], Happening("retour_service", date(2026, 6, 5)))
    key = begun(desk)
    equipment_counts.see(desk, key, "LIT-0001", room(desk, "1"))
    equipment_counts.close(desk, key)
    equipment_counts.approve(desk, key)
    assert [one.kind for one in history(desk, lost).events] == ["don_recu", "perte", "retour_service"]


def test_what_was_not_found_and_not_declared_lost_is_told(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk)
    equipment_counts.close(desk, key)
    (line,) = equipment_counts.lines(desk, key)
    equipment_counts.explain(desk, line.line, "inconnu")
    equipment_counts.approve(desk, key)
    assert [one.tag_no for one in equipment_counts.not_found(desk)] == ["LIT-0001"]


def test_a_closed_count_takes_nothing_more(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    key = begun(desk)
    equipment_counts.close(desk, key)
    with pytest.raises(CountClosed):
        equipment_counts.see(desk, key, "LIT-0001")
    with pytest.raises(CountClosed):
        equipment_counts.close(desk, key)


def test_nothing_is_expected_of_a_room_that_is_empty(desk: Desk) -> None:
    added(desk, room=room(desk, "1"))
    assert (outcomes(desk, begun(desk, "3")), len(beds.rooms(desk))) == ({}, 4)
