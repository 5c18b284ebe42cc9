"""Exits by the real operation: a child alone needs a decision (R-10); deposits, follow-ups and the case afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import BadDates, ChildDecisionNeeded, HandedBack, Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import ExitId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import best_interests
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage import tables
from shelter_desk.system import clock
from tests.operations.minor_scene import SAID, alone, desk, girl, handed_over, validated, whole_assessment
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import admit, days_ago

__all__ = ["desk", "girl"]


@pytest.fixture
def gone(desk: Desk) -> Admitted:
    """A woman who left 40 days ago."""
    made = admit(desk, "1A", days=60)
    stays.leave(desk, made.stay, days_ago(40), "autonomie", "mali_autre")
    return made


def here(desk: Desk, girl: Admitted) -> bool:
    return residents.record(desk, girl.person).stays[0].stay.exited_at is None


# R-10 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["avrr", "reunification", "famille_accueil", "rapatriement_consulaire"])
def test_a_girl_alone_does_not_leave_without_a_decision(desk: Desk, girl: Admitted, reason: str) -> None:
    with pytest.raises(ChildDecisionNeeded):
        stays.leave(desk, girl.stay, clock.now(), reason)
    assert here(desk, girl)


def test_a_girl_alone_leaves_with_a_validated_assessment_and_her_mother(desk: Desk, girl: Admitted) -> None:
    number = validated(desk, girl.stay)
    stays.leave(desk, girl.stay, clock.now(), "reunification", "mali_region", handed_over(girl.stay, number))
    kept = exits.of(desk, girl.person).exits[girl.stay]
    assert (here(desk, girl), kept.child_decision_ref, kept.identity_checked) == (False, number, True)


def test_an_assessment_that_waits_for_the_direction_is_no_decision(desk: Desk, girl: Admitted) -> None:
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    with pytest.raises(ChildDecisionNeeded) as refused:
        stays.leave(desk, girl.stay, clock.now(), "reunification", "", handed_over(girl.stay, made.number))
    assert (refused.value.why, exits.of(desk, girl.person).exits) == ("not_validated", {})


def test_the_assessment_recommends_this_very_exit(desk: Desk, girl: Admitted) -> None:
    number = validated(desk, girl.stay)
    with pytest.raises(ChildDecisionNeeded) as refused:
        stays.leave(desk, girl.stay, clock.now(), "avrr", "pays_origine", handed_over(girl.stay, number))
    assert refused.value.why == "not_recommended"


def test_a_girl_alone_leaves_by_a_decision_of_the_court(desk: Desk, girl: Admitted) -> None:
    stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", handed_over(girl.stay, "Ord. 12/2026"))
    assert not here(desk, girl)


def test_a_girl_alone_is_handed_to_an_adult_whose_identity_was_checked(desk: Desk, girl: Admitted) -> None:
    whole = handed_over(girl.stay, validated(desk, girl.stay))
    unchecked = replace(whole, exit=replace(whole.exit, identity_checked=False))
    for told, why in ((unchecked, "identity"), (replace(whole, handed_to=""), "receiver")):
        with pytest.raises(ChildDecisionNeeded) as refused:
            stays.leave(desk, girl.stay, clock.now(), "reunification", "", told)
        assert refused.value.why == why


def test_a_disappearance_needs_no_decision(desk: Desk, girl: Admitted) -> None:
    stays.leave(desk, girl.stay, days_ago(1), "fugue_disparition", "inconnue")
    assert not here(desk, girl)


def test_an_accompanied_child_leaves_without_a_decision(desk: Desk) -> None:
    mother = admit(desk, "4A")
    child = admit(desk, "4B", age=6, head=mother.stay)
    stays.leave_together(desk, [mother.stay, child.stay], clock.now(), "avrr", "pays_origine")
    assert not here(desk, child)


def test_nobody_of_a_family_leaves_when_a_child_alone_among_them_may_not(desk: Desk, girl: Admitted) -> None:
    other = admit(desk, "1A")
    with pytest.raises(ChildDecisionNeeded):
        stays.leave_together(desk, [other.stay, girl.stay], clock.now(), "avrr")
    assert here(desk, other)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("dest_region", "ailleurs"), ("documents_given", ("passeport", "carnet")), ("follow_up_consent", "donne")],
)
def test_what_an_exit_says_stands_in_its_lists(desk: Desk, girl: Admitted, field: str, wrong: object) -> None:
    whole = handed_over(girl.stay, "Ord. 12/2026")
    told = replace(whole, exit=replace(whole.exit, **{field: wrong}))  # type: ignore[arg-type]
    with pytest.raises(NotInList):
        stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", told)
    assert here(desk, girl)


def test_an_exit_tells_the_pages_of_cases_equipment_and_the_store_too(desk: Desk, girl: Admitted) -> None:
    told: list[Changes] = []
    desk.database.listen(told.append)
    stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", handed_over(girl.stay, "Ord. 12/2026"))
    assert told == [Changes(stays=True, cases=True, assets=True, stock=True)]


def test_one_undo_takes_back_the_whole_exit(desk: Desk, girl: Admitted) -> None:
    whole = handed_over(girl.stay, "Ord. 12/2026")
    receipt = exits.deposit(desk, girl.stay, clock.today(), "un téléphone")
    told = replace(
        whole, returned=(receipt.id,), exit=replace(whole.exit, follow_up_consent="oui", follow_up_on=clock.today())
    )
    done = stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", told)
    before = exits.of(desk, girl.person)
    undo(desk, done)
    after = exits.of(desk, girl.person)
    assert (len(before.exits), len(before.follow_ups), before.belongings[girl.stay][0].returned_on) == (
        1,
        1,
        clock.today(),
    )
    assert (here(desk, girl), after.exits, after.follow_ups) == (True, {}, {})
    assert after.belongings[girl.stay][0].returned_on is None


def test_the_receiving_adult_is_sealed_and_the_reading_written(desk: Desk, girl: Admitted) -> None:
    stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", handed_over(girl.stay, "Ord. 12/2026"))
    sealed_access.say(desk, girl.code, "suivi")
    assert exits.handed_to(desk, girl.stay) == "Mariam K."
    with desk.reading() as connection:
        (row,) = connection.execute(tables.exits.select()).all()
    assert b"Mariam" not in row.handed_to
    assert residents.record(desk, girl.person).thread[0].action == "handed_to_read"


# Afterwards ----------------------------------------------------------------------------------------------------------


def test_the_form_is_completed_later_and_keeps_who_received_the_child(desk: Desk, girl: Admitted) -> None:
    stays.leave(desk, girl.stay, clock.now(), "famille_accueil", "", handed_over(girl.stay, "Ord. 12/2026"))
    later = ExitRecord(Exit(ExitId(0), girl.stay, "justice", safety_ok=True, needs_met="oui"))
    exits.complete(desk, girl.stay, later)
    kept = exits.of(desk, girl.person)
    sealed_access.say(desk, girl.code, "suivi")
    assert (kept.exits[girl.stay].needs_met, kept.exits[girl.stay].child_decision_ref) == ("oui", "Ord. 12/2026")
    assert (kept.handed, exits.handed_to(desk, girl.stay)) == (frozenset({girl.stay}), "Mariam K.")


def test_nothing_is_completed_before_the_exit(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(Missing):
        exits.complete(desk, girl.stay, ExitRecord(Exit(ExitId(0), girl.stay)))


def test_a_case_is_closed_apart_from_the_exit(desk: Desk, gone: Admitted) -> None:
    exits.close_case(desk, gone.stay, clock.today(), "objectifs_atteints")
    kept = exits.of(desk, gone.person).exits[gone.stay]
    assert (kept.case_closed_on, kept.closure_reason) == (clock.today(), "objectifs_atteints")


def test_a_case_is_not_closed_before_the_exit(desk: Desk, gone: Admitted) -> None:
    with pytest.raises(BadDates):
        exits.close_case(desk, gone.stay, clock.today() - timedelta(41), "deces")


def test_completing_an_exit_keeps_its_closure_and_its_approval(desk: Desk, gone: Admitted) -> None:
    exits.close_case(desk, gone.stay, clock.today(), "souhait")
    exits.approve(desk, gone.stay)
    exits.complete(desk, gone.stay, ExitRecord(Exit(ExitId(0), gone.stay, "personne")))
    kept = exits.of(desk, gone.person).exits[gone.stay]
    assert (kept.decided_by, kept.closure_reason, kept.approved_by) == ("personne", "souhait", desk.user)


def test_a_case_worker_does_not_approve_an_exit(desk: Desk, gone: Admitted) -> None:
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        exits.approve(desk, gone.stay)


def test_a_follow_up_is_held_with_its_service_and_its_sealed_note(desk: Desk, gone: Admitted) -> None:
    agree_to(desk, gone.person, "suivi_apres_sortie")
    exits.plan_follow_up(desk, gone.stay, clock.today() - timedelta(5), "visite")
    (planned,) = exits.of(desk, gone.person).follow_ups[gone.stay]
    exits.hold_follow_up(desk, planned.id, clock.today(), "va_bien", "apprend la couture")
    (held,) = exits.of(desk, gone.person).follow_ups[gone.stay]
    (service,) = assistance.of_stays(desk, [gone.stay])[gone.stay]
    with desk.reading() as connection:
        (row,) = connection.execute(tables.follow_ups.select()).all()
    assert (held.held_on, held.outcome, service.service_type) == (clock.today(), "va_bien", "fop_suivi_post")
    assert (row.service_id, b"couture" in row.note) == (service.id, False)
    assert exits.follow_up_note(desk, planned.id) == "apprend la couture"


def test_a_follow_up_agreed_at_the_exit_is_planned_once(desk: Desk, gone: Admitted) -> None:
    day = clock.today() + timedelta(30)
    agreed = Exit(ExitId(0), gone.stay, follow_up_consent="oui", follow_up_on=day, follow_up_channel="visite")
    for _ in range(2):
        exits.complete(desk, gone.stay, ExitRecord(agreed))
    assert [one.due_on for one in exits.of(desk, gone.person).follow_ups[gone.stay]] == [day]


def test_a_deposit_has_a_receipt_and_a_sealed_list(desk: Desk, girl: Admitted) -> None:
    made = exits.deposit(desk, girl.stay, clock.today(), "un téléphone, 2 bagues")
    with desk.reading() as connection:
        (row,) = connection.execute(tables.belongings.select()).all()
    assert (made.number, b"bagues" in row.description) == (f"D-{clock.today().year}-0001", False)
    assert exits.description(desk, made.id) == "un téléphone, 2 bagues"
    assert residents.record(desk, girl.person).thread[0].action == "belongings_read"


def test_a_deposit_is_handed_back_once(desk: Desk, girl: Admitted) -> None:
    made = exits.deposit(desk, girl.stay, clock.today(), "un téléphone")
    exits.hand_back(desk, made.id, clock.today(), "personne")
    with pytest.raises(HandedBack):
        exits.hand_back(desk, made.id, clock.today(), "personne")


def test_nothing_is_deposited_before_the_admission(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(BadDates):
        exits.deposit(desk, girl.stay, clock.today() - timedelta(20), "un téléphone")


def test_an_older_child_alone_who_is_an_adult_by_now_leaves_as_one(desk: Desk) -> None:
    made = alone(desk, age=19)
    stays.leave(desk, made.stay, clock.now(), "avrr", "pays_origine")
    assert not here(desk, made)


def test_what_is_said_later_rewrites_no_decision_without_one_that_holds(desk: Desk, girl: Admitted) -> None:
    number = validated(desk, girl.stay)
    stays.leave(desk, girl.stay, clock.now(), "reunification", "mali_region", handed_over(girl.stay, number))
    invented = Exit(ExitId(0), girl.stay, child_decision_ref="EIS-1999-0001")
    with pytest.raises(ChildDecisionNeeded) as refused:
        exits.complete(desk, girl.stay, ExitRecord(invented))
    exits.complete(desk, girl.stay, ExitRecord(Exit(ExitId(0), girl.stay, child_decision_ref="Ord. 12/2026")))
    kept = exits.of(desk, girl.person).exits[girl.stay]
    told = (kept.child_decision_ref, kept.handed_relation, kept.identity_checked)
    assert (refused.value.why, told) == ("unknown", ("Ord. 12/2026", "mere", True))


def test_a_decision_that_an_import_left_out_is_written_later_and_whole(desk: Desk) -> None:
    child = alone(desk, age=15)
    stays.leave(desk, child.stay, clock.now(), "transfert", "mali_region")
    with desk.writing("correct", Changes(stays=True)) as writing:
        writing.trail.change("situations", child.stay, {"exit_reason": "reunification"})
    exits.complete(desk, child.stay, ExitRecord(Exit(ExitId(0), child.stay, needs_met="oui")))
    half = Exit(ExitId(0), child.stay, child_decision_ref="Ord. 12/2026")
    with pytest.raises(ChildDecisionNeeded):
        exits.complete(desk, child.stay, ExitRecord(half))
    exits.complete(desk, child.stay, handed_over(child.stay, "Ord. 12/2026"))
    kept = exits.of(desk, child.person)
    assert (kept.exits[child.stay].child_decision_ref, kept.handed) == ("Ord. 12/2026", frozenset({child.stay}))
