"""Plans as they are kept: lines that are done, dropped and late; agreement, revision, end; what is sealed in them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.casefile.assessments import PlanAction
from shelter_desk.domain.casefile.plans import PlanClosed, PlanOpen
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import Missing, NotAllowed
from shelter_desk.domain.ids import PlanActionId, ServiceId
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.casefile.plans import PlannedAction
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage import tables
from shelter_desk.system import clock
from tests.operations.assessment_scene import desk, line, plan, resident
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]
SECRET = "Rejoindre sa tante"


def only(desk: Desk, resident: Admitted) -> PlannedAction:
    return plans.of(desk, resident.person)[0]


def first_action(desk: Desk, resident: Admitted) -> PlanAction:
    return only(desk, resident).plan.actions[0]


def test_a_plan_is_kept_with_its_lines(desk: Desk, resident: Admitted) -> None:
    wanted = plan(resident)
    made = plans.make(desk, wanted)
    kept = only(desk, resident).plan
    action = replace(line(), id=kept.actions[0].id, plan=made.plan)
    assert kept == replace(
        wanted,
        id=made.plan,
        plan_no=f"P-{wanted.made_on.year}-0001",
        case_worker=desk.user,
        actions=(action,),
        recorded_at=kept.recorded_at,
    )


def test_a_plan_is_taken_back_with_its_lines(desk: Desk, resident: Admitted) -> None:
    undo(desk, plans.make(desk, plan(resident), SECRET).done)
    with desk.reading() as connection:
        assert connection.execute(tables.plan_actions.select()).all() == []


def test_a_line_that_does_not_say_all_stores_nothing(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(Missing):
        plans.make(desk, replace(plan(resident), actions=(replace(line(), objective=""),)))
    assert plans.of(desk, resident.person) == ()


def test_a_stay_has_one_open_plan(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident))
    with pytest.raises(PlanOpen):
        plans.make(desk, plan(resident))
    plans.close(desk, made.plan, clock.today(), "Nouvelle situation")
    plans.make(desk, plan(resident))
    assert [one.plan.plan_no[-4:] for one in plans.of(desk, resident.person)] == ["0002", "0001"]


def test_a_plan_needs_the_consent_to_the_recording(desk: Desk) -> None:
    with pytest.raises(NoConsent):
        plans.make(desk, plan(admit(desk, "1B", days=3)))


def test_a_plan_made_without_the_person_is_written_with_a_warning(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, replace(plan(resident), made_with_person=False))
    assert "provisional" in made.warnings


def test_a_plan_counts_as_a_service_in_the_same_act(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident), as_service=True)
    given = [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]]
    assert given == ["pro_plan"]


def test_wishes_are_read_apart_and_the_journal_tells_so(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident), SECRET)
    assert only(desk, resident).has_wishes
    assert plans.wishes(desk, made.plan) == SECRET
    assert residents.record(desk, resident.person).thread[0].action == "wishes_read"


def test_what_is_sealed_lies_nowhere_in_clear(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident), SECRET)
    plans.advance(desk, first_action(desk, resident).id, "fait", clock.today(), "Vue au marché")
    hidden = (SECRET, "Retrouver le sommeil", "Prendre rendez-vous", "Vue au marché")
    with desk.reading() as connection:
        rows = [
            row
            for table in (tables.plans, tables.plan_actions, tables.journal)
            for row in connection.execute(table.select()).all()
        ]
    assert not [row for row in rows for value in row if any(one in str(value) for one in hidden)]


def test_without_the_protection_key_lines_have_no_words(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident), SECRET)
    desk.protection = None
    action = first_action(desk, resident)
    assert (action.objective, action.action, action.domain) == ("", "", "san")
    with pytest.raises(NotAllowed):
        plans.wishes(desk, made.plan)


def test_a_revision_changes_lines_and_adds_new_ones(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident), SECRET)
    kept = only(desk, resident).plan
    changed = replace(kept.actions[0], objective="Dormir mieux")
    plans.revise(desk, replace(kept, solution_sought="reunification", actions=(changed, replace(line(), domain="jur"))))
    found = only(desk, resident).plan
    assert (found.solution_sought, {one.objective for one in found.actions}) == (
        "reunification",
        {"Dormir mieux", "Retrouver le sommeil"},
    )
    assert plans.wishes(desk, kept.id) == SECRET


def test_a_line_left_out_of_a_revision_stays(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    kept = only(desk, resident).plan
    plans.revise(desk, replace(kept, actions=()))
    assert only(desk, resident).plan.actions == kept.actions


def test_a_revision_does_not_undo_what_was_done(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    kept = only(desk, resident).plan
    plans.advance(desk, kept.actions[0].id, "fait", clock.today())
    plans.revise(desk, replace(kept, actions=(replace(kept.actions[0], objective="Autre"),)))
    assert first_action(desk, resident).state == "fait"


def test_an_action_is_done_with_its_day_and_what_came_of_it(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    plans.advance(desk, first_action(desk, resident).id, "fait", clock.today(), "Vue, revient lundi")
    found = first_action(desk, resident)
    assert (found.state, found.done_on, found.result) == ("fait", clock.today(), "Vue, revient lundi")


def test_an_action_done_writes_its_service_and_one_undo_takes_both_back(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    action = first_action(desk, resident).id
    service = Service(ServiceId(0), "", clock.today(), resident.stay, "san_consult")
    done = plans.advance(desk, action, "fait", clock.today(), service=service)
    given = [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]]
    undo(desk, done)
    assert (given, assistance.of_stays(desk, [resident.stay])) == (["san_consult"], {})
    assert first_action(desk, resident).state == "a_faire"


def test_an_action_is_begun_put_back_and_dropped_with_a_reason(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    key: PlanActionId = first_action(desk, resident).id
    states = []
    for to in ("en_cours", "a_faire"):
        plans.advance(desk, key, to)
        states.append(first_action(desk, resident).state)
    plans.advance(desk, key, "abandonne", result="N’en veut plus")
    assert (states, first_action(desk, resident).result) == (["en_cours", "a_faire"], "N’en veut plus")


def test_an_action_is_added_and_corrected(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, replace(plan(resident), actions=()))
    plans.add_action(desk, replace(line(), plan=made.plan))
    plans.change_action(desk, replace(first_action(desk, resident), action="Appeler la sage-femme"))
    assert first_action(desk, resident).action == "Appeler la sage-femme"


def test_an_action_over_its_day_is_overdue_until_the_plan_ends(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident, 9, clock.today() - timedelta(days=3)))
    before = [(one.person.id, one.days) for one in plans.overdue(desk)]
    late = list(only(desk, resident).late.values())
    plans.close(desk, made.plan, clock.today(), "Départ")
    assert (before, late, plans.overdue(desk)) == ([(resident.person, 3)], [3], ())


def test_the_person_agrees_to_a_plan(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident))
    plans.agree(desk, made.plan, clock.today(), "empreinte")
    assert only(desk, resident).warnings == ()


def test_nothing_is_added_to_a_closed_plan(desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident))
    plans.close(desk, made.plan, clock.today(), "Départ")
    with pytest.raises(PlanClosed):
        plans.add_action(desk, replace(line(), plan=made.plan))


def test_an_action_is_given_to_those_whose_account_is_open(desk: Desk) -> None:
    assert list(plans.staff(desk).values()) == ["Agent A"]
