"""Red flags: every rule speaks and is silent at its edge; words beside open words; the list and its functions."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk import words
from shelter_desk.domain import rights
from shelter_desk.domain.flags import engine, facts, text
from shelter_desk.domain.flags.facts import CaseFacts, GivenService
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.flags.text import TextDoubt, bare, doubts, doubts_of_leaving, never_recorded
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.words import flags as flag_words
from tests.domain.flags.flag_scenes import (
    TODAY,
    Scene,
    assessment,
    born,
    case,
    day,
    gone,
    house,
    interview,
    left,
    placed,
    referral,
    rooms,
    scenes,
    stay,
)

SCENES = list(scenes())
CODED = set(engine.OF_CASES) | set(engine.OF_DEPARTURES) | set(engine.OF_HOUSE)


def said(flags: list[Flag]) -> set[tuple[str, str]]:
    return {(one.rule, one.kind) for one in flags}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.rule} {scene.kind}".strip())
def test_a_rule_speaks_on_the_first_day_past_its_edge(scene: Scene) -> None:
    assert (scene.rule, scene.kind) in said(engine.flags(scene.speaks))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.rule} {scene.kind}".strip())
def test_a_rule_is_silent_on_the_last_day_before_its_edge(scene: Scene) -> None:
    assert (scene.rule, scene.kind) not in said(engine.flags(scene.silent))


# The list ------------------------------------------------------------------------------------------------------------


def test_every_row_of_the_list_is_one_rule_from_1_to_34() -> None:
    assert list(rules()) == [f"R-{n:02}" for n in range(1, 35)]


def test_every_row_of_the_list_has_a_function() -> None:
    assert CODED | {"R-34"} == set(rules())


def test_every_rule_is_tried_both_ways() -> None:
    assert {scene.rule for scene in SCENES} | {"R-34"} == set(rules())


def test_every_kind_that_has_a_sentence_is_tried_both_ways() -> None:
    assert {(scene.rule, scene.kind) for scene in SCENES} == set(flag_words.kinds())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.rule} {scene.kind}".strip())
def test_every_flag_has_a_whole_sentence_in_both_languages(scene: Scene, language: words.Language) -> None:
    flag = next(one for one in engine.flags(scene.speaks) if (one.rule, one.kind) == (scene.rule, scene.kind))
    with words.speaking(language):
        told = [flag_words.sentence(flag), flag_words.badge(flag), flag_words.together([flag, flag])]
    assert [one for one in told if not one or "{" in one or "None" in one] == []
    assert flag.code in told[0]


def test_the_two_languages_say_it_differently() -> None:
    for scene in SCENES:
        flag = next(one for one in engine.flags(scene.speaks) if (one.rule, one.kind) == (scene.rule, scene.kind))
        spoken = set()
        for language in ("fr", "en"):
            with words.speaking(language):
                spoken.add(flag_words.sentence(flag))
        assert len(spoken) == 2


def test_every_rule_has_a_name_in_both_languages() -> None:
    assert [one.id for one in rules().values() if not one.label_fr or not one.label_en] == []


def test_every_rule_is_seen_by_a_permission() -> None:
    known = {one.value for one in rights.Permission} | {"open"}
    assert {one.seen_by for one in rules().values()} <= known


def test_every_threshold_of_the_list_is_a_setting_and_the_other_way_round() -> None:
    listed = [name for rule in rules().values() for name in rule.thresholds]
    assert sorted(listed) == sorted(one.name for one in fields(facts.Thresholds))


def test_a_setting_that_was_written_counts_and_one_that_is_no_number_does_not() -> None:
    kept = facts.of_settings({"guardian_days": "20", "bia_full_days": "?"})
    assert (kept.guardian_days, kept.bia_full_days, kept.norm_m2) == (20, 14, 3.5)


def test_a_threshold_moves_the_edge() -> None:
    one = case(since=12)
    moved = replace(facts.usual(), transit_days=11)
    assert [flag.rule for flag in engine.flags(house(one, thresholds=moved))] == ["R-14"]


# What the edges above do not tell ------------------------------------------------------------------------------------


def test_the_most_urgent_come_first_and_the_longest_overdue_among_equals() -> None:
    late, later = case(1, since=20), case(2, since=30)
    danger = case(3, since=5, interviews=(interview(days=3, immediate_danger=True),))
    found = engine.flags(house(late, later, danger))
    assert [(one.rule, one.code) for one in found] == [("R-21", "P3"), ("R-14", "P2"), ("R-14", "P1")]


def test_at_high_risk_the_steps_are_due_sooner() -> None:
    high = case(since=2, given=(), assessments=(assessment(1, risk_level="eleve", safety_measures=("transfert",)),))
    assert ("R-24", "screening") in said(engine.flags(house(high)))
    assert ("R-24", "screening") not in said(engine.flags(house(replace(high, stay=stay(1, 1)))))


def test_at_low_risk_two_weeks_may_pass_between_contacts() -> None:
    low = case(since=15, given=(), assessments=(assessment(14, risk_level="faible"),))
    assert ("R-25", "") not in said(engine.flags(house(low)))
    assert ("R-25", "") in said(engine.flags(house(replace(low, assessments=(assessment(15, risk_level="faible"),)))))


def test_a_measure_ends_the_danger_however_late_it_came() -> None:
    measured = (assessment(0, risk_level="eleve", safety_measures=("chambre_separee",)),)
    one = case(since=9, interviews=(interview(days=4, immediate_danger=True),), assessments=measured)
    assert "R-21" not in {rule for rule, _ in said(engine.flags(house(one)))}


def test_an_assessment_of_a_lower_risk_ends_the_danger() -> None:
    one = case(
        since=9,
        interviews=(interview(days=4, immediate_danger=True),),
        assessments=(assessment(2, risk_level="faible"),),
    )
    assert "R-21" not in {rule for rule, _ in said(engine.flags(house(one)))}


def test_who_may_not_read_the_concern_is_told_nothing_of_it() -> None:
    one = case(assessments=(assessment(0, self_harm_concern=None),))
    assert "R-23" not in {rule for rule, _ in said(engine.flags(house(one)))}


BABY = case(since=40, age=2, given=(), stay_is_dependant=True, stay_head=StayId(2))
STEPS = {("R-24", "screening"), ("R-24", "assessment"), ("R-24", "plan"), ("R-25", ""), ("R-14", "minor")}


def of_baby(*cases: CaseFacts) -> set[tuple[str, str]]:
    return {(one.rule, one.kind) for one in engine.flags(house(*cases)) if one.person == BABY.person.id}


def test_the_steps_of_a_small_child_are_asked_for_like_those_of_anybody() -> None:
    assert of_baby(BABY) == STEPS
    assert of_baby(BABY, case(2, since=40, given=())) == STEPS


def test_what_was_done_for_the_adult_counts_for_the_small_child_who_came_along() -> None:
    assert of_baby(BABY, case(2, since=40)) == set()
    assert of_baby(BABY, case(2, since=40, given=(), interviews=(interview(days=1),))) == STEPS - {
        ("R-24", "screening"),
        ("R-25", ""),
    }


def test_of_an_older_child_it_does_not() -> None:
    older = replace(BABY, person=replace(BABY.person, birth=born(5, 100)))
    assert of_baby(older, case(2, since=40)) == STEPS


def test_somebody_else_in_the_room_is_not_taken_for_the_person_who_came_along() -> None:
    one = case(interviews=(interview(others_present=("autre", "tuteur")),))
    assert ("R-26", "companion") not in said(engine.flags(house(one)))


def test_a_means_is_not_asked_of_what_happened_to_a_minor() -> None:
    told = {"i01_tiers_organise": "oui", "i14_non_paye": "oui"}
    grown = case(since=9, interviews=(interview(days=8, indicators=told, was_minor_at_facts=False),))
    minor = case(since=9, interviews=(interview(days=8, indicators=told, was_minor_at_facts=True),))
    assert ("R-18", "") not in said(engine.flags(house(grown)))
    assert ("R-18", "") in said(engine.flags(house(minor)))


def test_what_was_ticked_counts_as_what_was_answered() -> None:
    ticked = interview(days=8, acts=("transport",), means=("menace",), exploitation_forms=("trav_domestique",))
    assert ("R-18", "") in said(engine.flags(house(case(since=9, interviews=(ticked,)))))


def test_a_guardian_who_ended_is_none() -> None:
    from tests.domain.flags.flag_scenes import alone

    ended = replace(alone(16).guardians[0], ended_on=TODAY)
    assert ("R-08", "guardian") in said(engine.flags(house(alone(16, guardians=(ended,)))))


def test_a_rule_that_a_manager_set_aside_for_the_place_stays_silent() -> None:
    set_aside = placed(1, 1, override_rule="R-06", override_reason="lit de passage")
    assert said(engine.flags(house(case(sex="m", **set_aside), **rooms("f")))) == set()


def test_pairs_said_to_be_different_persons_are_not_asked_about_again() -> None:
    one = case(1, alike=(case(2).person,))
    apart = frozenset({(one.person.id, case(2).person.id)})
    assert "R-02" not in {rule for rule, _ in said(engine.flags(house(one, not_same=apart)))}


def test_a_case_that_goes_on_after_a_return_is_not_to_be_closed() -> None:
    assert said(engine.flags(gone(left(40, came_back=True)))) == set()


def test_a_referral_on_an_exception_needs_no_consent() -> None:
    vital = referral(exception="interet_vital", exception_reason="urgence")
    assert said(engine.flags(house(case(referrals=(vital,))))) == set()


def test_a_consent_to_another_structure_allows_nothing() -> None:
    from tests.domain.flags.flag_scenes import UNHCR, consent

    other = consent("partage_structure", UNHCR)
    assert ("R-16", "") in said(engine.flags(house(case(referrals=(referral(),), consents=(other,)))))


def test_overcapacity_of_a_week_is_red_though_one_person_is_over() -> None:
    people = tuple(case(n, since=20, **placed(n, n, days=20)) for n in range(1, 13))
    over = house(*people, **rooms(beds=11), nights_from=day(8))
    found = next(one for one in engine.flags(over) if one.rule == "R-12")
    assert (found.kind, found.n) == ("red", 1)


def test_settled_subjects_differ_where_the_fact_does() -> None:
    one, other = case(1, since=20), case(1, since=20, given=(GivenService("pro_suivi", day(9)),))
    named = [
        (flag.rule, flag.subject)
        for scene in (one, other)
        for flag in engine.flags(house(scene))
        if flag.rule == "R-25"
    ]
    assert len(named) == 1
    assert named[0][1] == f"stay/1/{day(9)}"


def test_a_month_is_closed_on_the_facts_that_lie_in_it() -> None:
    month = Period(day(10), day(2))
    inside, outside = left(3, child_alone=True, is_minor=True), left(1, child_alone=True, is_minor=True)
    found = engine.of_month(gone(inside, outside, cases=(case(since=16, given=()),)), month)
    assert [(one.rule, one.since) for one in found] == [("R-10", day(3))]


def test_a_month_asks_for_screenings_and_not_for_plans() -> None:
    found = engine.of_month(house(case(since=20, given=())), Period(day(30), day(1)))
    assert said(found) == {("R-24", "screening")}


@given(st.integers(0, 400), st.integers(0, 90), st.sampled_from(["f", "m"]))
def test_a_rule_never_speaks_of_somebody_twice_in_the_same_words(since: int, age: int, sex: str) -> None:
    one = case(since=since, age=age, sex=sex, given=(), stay_child_status="separe" if age < 18 else "")
    found = engine.flags(house(one))
    assert len({(flag.rule, flag.subject) for flag in found}) == len(found)
    assert all(flag.overdue(TODAY) >= 0 for flag in found)


# R-34 ----------------------------------------------------------------------------------------------------------------


def kinds_of(typed: str, *names: str) -> list[tuple[str, str]]:
    return [(one.kind, one.word) for one in doubts(typed, set(names).__contains__)]


def test_a_name_in_the_file_is_pointed_out_whatever_its_accents() -> None:
    assert kinds_of("Elle a parlé avec Zénabou hier.", "zenabou") == [("name", "Zénabou")]


def test_a_word_of_the_language_that_is_a_name_too_passes_without_a_capital() -> None:
    assert kinds_of("une robe rose", "rose") == []


@pytest.mark.parametrize("number", ["76 12 34 56", "76123456", "66.12.34.56", "+223 76 12 34 56", "00221771234567"])
def test_a_telephone_number_is_pointed_out(number: str) -> None:
    assert kinds_of(f"Rappeler au {number} demain.") == [("phone", number)]


@pytest.mark.parametrize(
    "typed",
    ["le 24/11/2026", "le 24.11.2026", "2026-11-24", "coût 150 000 francs", "7K3-QMX-E", "R-2026-0042", "12 nuits"],
)
def test_days_codes_and_sums_are_no_telephone_numbers(typed: str) -> None:
    assert kinds_of(typed) == []


@pytest.mark.parametrize(
    ("typed", "word", "topic"),
    [
        ("test de virginité demandé", "virginite", "diagnosis"),
        ("Il est séropositif", "seropositif", "diagnosis"),
        ("HIV positive", "hiv", "diagnosis"),
        ("de quelle ethnie ?", "ethnie", "group"),
        ("She is a muslim.", "muslim", "group"),
        ("prendre les empreintes digitales", "empreintes digitales", "body"),
        ("étiez‑vous d’accord ?".replace("‑", "-"), "etiez-vous d'accord", "blame"),
        ("the crossing point", "crossing point", "crossing"),
        ("nom du passeur", "nom du passeur", "exploiter"),
        ("il y a eu pénétration", "penetration", "details"),
        ("elle est lesbienne", "lesbienne", "orientation"),
        ("nous promettons des papiers", "nous promettons", "promise"),
    ],
)
def test_what_is_never_recorded_is_pointed_out_in_both_languages(typed: str, word: str, topic: str) -> None:
    found = doubts(typed, lambda _word: False)
    assert [(bare(one.word), one.topic) for one in found] == [(word, topic)]


@pytest.mark.parametrize(
    "typed", ["", "besoin de soins", "elle aide à la cuisine", "violence sexuelle : oui", "viande"]
)
def test_ordinary_words_pass(typed: str) -> None:
    assert kinds_of(typed) == []


def test_every_topic_has_a_sentence() -> None:
    assert {topic for _, topic in never_recorded()} == flag_words.topics()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("one", never_recorded(), ids=lambda one: one[0])
def test_every_word_of_the_list_is_found_as_it_is_written(one: tuple[str, str], language: words.Language) -> None:
    found = doubts(one[0].rstrip("*"), lambda _word: False)
    assert [doubt.topic for doubt in found] == [one[1]]
    with words.speaking(language):
        assert found[0].word in flag_words.doubt(found[0])


def test_doubts_stand_in_the_order_in_which_they_were_typed() -> None:
    assert [one.kind for one in doubts("VIH, 76 12 34 56, Awa", {"awa"}.__contains__)] == ["word", "phone", "name"]


@given(st.text())
def test_any_text_can_be_judged(typed: str) -> None:
    found = doubts(typed, lambda _word: True)
    assert all(isinstance(one, TextDoubt) for one in found)
    assert all(one.word for one in found)


def test_ligatures_and_capitals_are_folded() -> None:
    assert text.bare("Œuvre É") == "oeuvre e"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Deux filles et une femme, 4 nuits", ["4", "Deux"]),
        ("5 nuits, cinq jours, 12 femmes, un mois", []),
        ("hausse de 3,5 %, le 03/11/2026, T2 et 2-3", []),
        ("une fille de 16 ans du Bénin", ["16 ans"]),
        ("voir 7K3-QMX-E", ["7K3-QMX-E"]),
    ],
)
def test_codes_ages_and_small_numbers_do_not_leave_in_open_words(typed: str, found: list[str]) -> None:
    assert sorted(one.word for one in doubts_of_leaving(typed, lambda _word: False, 5)) == found
