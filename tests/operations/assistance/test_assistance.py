"""Services line by line: what is written, refused, doubted, corrected, taken out, and its note."""

from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BadNumber, InTheFuture, LodgingDerived, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.assistance.assistance import ServiceDoubt
from shelter_desk.operations.desk import undo
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.operations.stays import stays
from shelter_desk.storage.file import journal
from tests.operations.care_scene import Scene, give, scene, service, today, written
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import days_ago, month_when_over

__all__ = ["scene"]


# Writing -------------------------------------------------------------------------------------------------------------


def test_each_line_is_given_the_next_number_of_its_year(scene: Scene) -> None:
    give(scene.desk, service(scene.woman.stay), service(scene.man.stay))
    year = today().year
    assert [one.service_no for one in written(scene.desk)] == [f"S-{year}-00001", f"S-{year}-00002"]


def test_a_cost_a_donor_and_a_partner_are_kept(scene: Scene) -> None:
    wanted = service(scene.woman.stay, "ret_transport", provider_kind="partenaire", partner="Taxi", donor="oim")
    (found,) = give(scene.desk, replace(wanted, cost_xof=1500, quantity=2.5))
    assert (found.cost_xof, found.donor, found.partner, found.quantity) == (1500, "oim", "Taxi", 2.5)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"service_type": "heb_nuitee"}, LodgingDerived),
        ({"service_type": "magie"}, NotInList),
        ({"service_type": "san"}, NotInList),
        ({"quantity": 0.0}, BadNumber),
        ({"quantity": -1.0}, BadNumber),
        ({"quantity": float("inf")}, BadNumber),
        ({"quantity": float("nan")}, BadNumber),
        ({"cost_xof": -1}, BadNumber),
        ({"provider_kind": "voisin"}, NotInList),
        ({"donor": "mécène"}, NotInList),
        ({"status": "rêvé"}, NotInList),
        ({"service_on": today(-1)}, InTheFuture),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    scene: Scene, more: dict[str, object], error: type[Exception]
) -> None:
    good = service(scene.woman.stay)
    with pytest.raises(error):
        assistance.give(scene.desk, [good, replace(good, **more)])  # type: ignore[arg-type]
    assert written(scene.desk) == []


def test_nothing_is_given_on_a_stay_typed_by_mistake(scene: Scene) -> None:
    stays.void(scene.desk, scene.woman.stay, "doublon")
    with pytest.raises(NoSuch):
        assistance.give(scene.desk, [service(scene.woman.stay)])


def test_one_act_is_undone_as_a_whole(scene: Scene) -> None:
    done = assistance.give(scene.desk, [service(scene.woman.stay), service(scene.man.stay)])
    undo(scene.desk, done)
    assert written(scene.desk) == []


def test_spaces_around_a_partner_are_not_kept(scene: Scene) -> None:
    (found,) = give(scene.desk, service(scene.woman.stay, partner=" Centre\u00a0Baobab  "))
    assert found.partner == "Centre Baobab"


# Planned, held, not held, refused ------------------------------------------------------------------------------------


def test_what_is_planned_may_lie_ahead_and_does_not_count(scene: Scene) -> None:
    assistance.plan(scene.desk, [service(scene.woman.stay, days_before=-3)])
    (found,) = written(scene.desk)
    assert (found.status, found.counts) == ("prevu", False)


def test_what_was_planned_counts_once_it_is_held(scene: Scene) -> None:
    assistance.plan(scene.desk, [service(scene.woman.stay)])
    assistance.hold(scene.desk, [written(scene.desk)[0].id])
    assert written(scene.desk)[0].counts


def test_nothing_is_held_before_its_day(scene: Scene) -> None:
    assistance.plan(scene.desk, [service(scene.woman.stay, days_before=-1)])
    with pytest.raises(InTheFuture):
        assistance.hold(scene.desk, [written(scene.desk)[0].id])


def test_what_was_not_held_or_was_refused_stays_and_counts_nowhere(scene: Scene) -> None:
    assistance.plan(scene.desk, [service(scene.woman.stay), service(scene.man.stay)])
    first, second = written(scene.desk)
    assistance.not_held(scene.desk, [first.id])
    assistance.refused(scene.desk, [second.id])
    assert [one.status for one in written(scene.desk)] == ["non_tenu", "refuse"]
    report = month_when_over(scene.desk, Period(today(), today())).report
    assert report.value("t6.events", ("service_type", "san")) == 0


# Doubts --------------------------------------------------------------------------------------------------------------


def doubts(scene: Scene, *services: object) -> list[str]:
    return [one.kind for one in assistance.doubts(scene.desk, services)]  # type: ignore[arg-type]


def test_a_service_of_a_day_here_is_not_doubted(scene: Scene) -> None:
    assert doubts(scene, service(scene.woman.stay)) == []


def test_a_service_before_the_admission_is_doubted_and_written_all_the_same(scene: Scene) -> None:
    early = service(scene.woman.stay, days_before=11)
    (found,) = assistance.doubts(scene.desk, [early])
    assert (found.kind, found.day) == ("before", today(10))
    assert len(give(scene.desk, early)) == 1


def test_a_service_before_this_admission_is_doubted_though_there_was_another_stay(scene: Scene) -> None:
    stays.leave(scene.desk, scene.woman.stay, days_ago(5), "fin_sejour", "mali_autre")
    wanted = stays.Admission(days_ago(2), "readmission", "transit", person=scene.woman.person)
    again = stays.admit(scene.desk, wanted)
    assert doubts(scene, service(again.stay, days_before=4)) == ["before"]


def test_a_late_follow_up_after_the_exit_is_doubted(scene: Scene) -> None:
    stays.leave(scene.desk, scene.woman.stay, days_ago(5), "fin_sejour", "mali_autre")
    found = assistance.doubts(scene.desk, [service(scene.woman.stay, "fop_suivi_post")])
    assert [(one.kind, one.day) for one in found] == [("after", today(5))]


def test_the_same_service_twice_on_a_day_is_doubted(scene: Scene) -> None:
    give(scene.desk, service(scene.woman.stay))
    assert doubts(scene, service(scene.woman.stay), service(scene.woman.stay, "san_soins")) == ["twice"]


def test_the_same_line_twice_in_one_act_is_doubted(scene: Scene) -> None:
    assert doubts(scene, service(scene.woman.stay), service(scene.woman.stay)) == ["twice"]


def test_a_second_try_after_a_refusal_is_not_doubted(scene: Scene) -> None:
    give(scene.desk, service(scene.woman.stay, status="refuse"))
    assert doubts(scene, service(scene.woman.stay)) == []


def test_three_meals_a_day_are_not_doubted_and_a_fourth_is(scene: Scene) -> None:
    for _ in range(3):
        assert doubts(scene, service(scene.woman.stay, "ali_repas")) == []
        give(scene.desk, service(scene.woman.stay, "ali_repas"))
    assert doubts(scene, service(scene.woman.stay, "ali_repas")) == ["twice"]


# Correcting and taking out -------------------------------------------------------------------------------------------


def test_a_line_keeps_its_number_and_its_stay_when_it_is_corrected(scene: Scene) -> None:
    (before,) = give(scene.desk, service(scene.woman.stay))
    assistance.change(scene.desk, replace(before, quantity=3, stay=scene.man.stay, service_no="S-1"))
    assert written(scene.desk) == [replace(before, quantity=3.0)]


def test_a_correction_may_not_make_it_lodging(scene: Scene) -> None:
    (before,) = give(scene.desk, service(scene.woman.stay))
    with pytest.raises(LodgingDerived):
        assistance.change(scene.desk, replace(before, service_type="heb_nuitee"))


def test_a_line_may_keep_a_sub_type_that_was_retired_since(scene: Scene) -> None:
    made = service_catalogue.add_kind(scene.desk, "san", "Dentiste", "consultation")
    (before,) = give(scene.desk, service(scene.woman.stay, made.code))
    service_catalogue.retire_kind(scene.desk, made.code)
    assistance.change(scene.desk, replace(before, quantity=2))
    assert written(scene.desk)[0].quantity == 2.0


def test_a_number_taken_out_is_never_given_again(scene: Scene) -> None:
    (before,) = give(scene.desk, service(scene.woman.stay))
    assistance.take_out(scene.desk, [before.id])
    (after,) = give(scene.desk, service(scene.woman.stay))
    assert after.service_no != before.service_no


def test_what_was_taken_out_comes_back_by_undoing_it(scene: Scene) -> None:
    (before,) = give(scene.desk, service(scene.woman.stay))
    undo(scene.desk, assistance.take_out(scene.desk, [before.id]))
    assert written(scene.desk) == [before]


# Notes ---------------------------------------------------------------------------------------------------------------


def test_a_note_is_read_on_demand_and_the_reading_is_written_down(scene: Scene) -> None:
    (found,) = give(scene.desk, service(scene.woman.stay), note="  A bien dormi.  ")
    assert assistance.note(scene.desk, found.id) == "A bien dormi."
    with scene.desk.reading() as connection:
        (last,) = journal.sealed_lines_of(connection, "note_read")
    assert last.subject == scene.woman.code


def test_a_note_stands_nowhere_in_clear_in_the_file(scene: Scene, tmp_path: Path) -> None:
    give(scene.desk, service(scene.woman.stay), note="cachette secrète")
    with scene.desk.reading() as connection:
        rows = connection.exec_driver_sql("SELECT note FROM services").all()
        details = connection.exec_driver_sql("SELECT details FROM journal").all()
    assert "cachette" not in repr(rows) + repr(details)


def test_a_note_is_changed_and_taken_away(scene: Scene) -> None:
    (found,) = give(scene.desk, service(scene.woman.stay), note="Avant")
    assistance.change(scene.desk, found)
    assert assistance.note(scene.desk, found.id) == "Avant"
    assistance.change(scene.desk, found, note="")
    assert assistance.noted(scene.desk, [scene.woman.stay]) == frozenset()


def test_without_the_protection_key_no_note_is_written(scene: Scene) -> None:
    scene.desk.protection = None
    with pytest.raises(NotAllowed):
        assistance.give(scene.desk, [service(scene.woman.stay)], "Note")
    assert written(scene.desk) == []


def test_a_storekeeper_sees_no_service(scene: Scene) -> None:
    scene.desk.role = Role.STOREKEEPER
    with pytest.raises(NotAllowed):
        assistance.sheet(scene.desk, today())


# The sheet of a day, and who is meant --------------------------------------------------------------------------------


def test_the_sheet_has_everybody_here_in_order_of_beds_with_what_was_given(scene: Scene) -> None:
    give(scene.desk, service(scene.man.stay))
    lines = assistance.sheet(scene.desk, today())
    assert [(one.bed_code, len(one.services)) for one in lines] == [("1A", 0), ("2A", 1), ("3A", 0)]


def test_somebody_helped_without_lodging_stands_on_the_sheet_of_that_day(scene: Scene) -> None:
    stays.leave(scene.desk, scene.woman.stay, days_ago(5), "fin_sejour", "mali_autre")
    agree_to(scene.desk, scene.woman.person, "suivi_apres_sortie")
    give(scene.desk, service(scene.woman.stay, "fop_suivi_post"))
    assert [(one.standing, one.person.code) for one in assistance.sheet(scene.desk, today())][-1] == (
        "apart",
        scene.woman.code,
    )


def found(scene: Scene, typed: str) -> tuple[ServiceLine, ...]:
    return assistance.found(scene.desk, typed, assistance.sheet(scene.desk, today()))


def test_a_bed_a_code_and_a_part_of_a_code_find_who_is_meant(scene: Scene) -> None:
    for typed in ("1a", scene.woman.code):
        assert [one.person.code for one in found(scene, typed)] == [scene.woman.code]


def test_somebody_who_left_is_found_by_code_under_the_last_stay(scene: Scene) -> None:
    stays.leave(scene.desk, scene.woman.stay, days_ago(5), "fin_sejour", "mali_autre")
    (left,) = found(scene, scene.woman.code)
    assert (left.standing, left.stay.id) == ("apart", scene.woman.stay)


def test_nothing_typed_finds_nobody(scene: Scene) -> None:
    assert found(scene, "  ") == ()


def test_who_wrote_a_line_and_when_is_told(scene: Scene) -> None:
    (found,) = give(scene.desk, service(scene.woman.stay))
    told = assistance.written(scene.desk, [found])[found.id]
    assert (told.by, told.at) == ("Agent A", found.recorded_at)


def test_the_columns_of_the_sheet_are_kept_for_each_person(scene: Scene) -> None:
    assert assistance.columns(scene.desk) is None
    assistance.keep_columns(scene.desk, ["san_consult"])
    assert assistance.columns(scene.desk) == ("san_consult",)


def test_a_doubt_says_of_whom(scene: Scene) -> None:
    give(scene.desk, service(scene.woman.stay))
    assert assistance.doubts(scene.desk, [service(scene.woman.stay)]) == (
        ServiceDoubt("twice", scene.woman.code, today()),
    )
