"""Rules of assessments: the matrix, what changed, what is warned of, what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.casefile import assessments as assessment_rules
from shelter_desk.domain.casefile.assessments import Assessment, Change, FactorAnswer
from shelter_desk.domain.errors import BadDates, BadNumber, InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import AssessmentId, StayId

DAY = date(2026, 11, 20)
ADMITTED = date(2026, 11, 1)
SOME = Assessment(AssessmentId(0), "", StayId(1), 0, DAY, factors={"ind_age": "risque"}, risk_level="faible")
DEGREE = st.integers(1, 3)
ORDER = {level: place for place, level in enumerate(assessment_rules.RISK_LEVELS)}


def check(assessment: Assessment, former: Assessment | None = None) -> None:
    assessment_rules.check_assessment(assessment, ADMITTED, former, DAY)


@given(DEGREE, DEGREE, DEGREE, DEGREE)
def test_a_likelier_or_graver_danger_never_suggests_a_lower_risk(a: int, b: int, more: int, worse: int) -> None:
    less = assessment_rules.suggested_level(min(a, more), min(b, worse))
    assert ORDER[less] <= ORDER[assessment_rules.suggested_level(max(a, more), max(b, worse))]


@given(DEGREE, DEGREE)
def test_likelihood_and_impact_weigh_the_same(a: int, b: int) -> None:
    assert assessment_rules.suggested_level(a, b) == assessment_rules.suggested_level(b, a)


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [(1, 1, "faible"), (2, 1, "faible"), (1, 3, "moyen"), (2, 2, "moyen"), (2, 3, "eleve"), (3, 3, "eleve")],
)
def test_the_matrix_suggests(likelihood: int, impact: int, level: str) -> None:
    assert assessment_rules.suggested_level(likelihood, impact) == level


def test_the_matrix_suggests_nothing_while_one_side_is_open() -> None:
    assert assessment_rules.suggestion(replace(SOME, threat_likelihood=3)) is None


@pytest.mark.parametrize(("level", "days"), [("eleve", 2), ("moyen", 7), ("faible", 14)])
def test_a_review_is_due_by_the_level_of_risk(level: str, days: int) -> None:
    assert assessment_rules.review_due(level, DAY, assessment_rules.review_days()) == DAY + timedelta(days=days)


def test_no_review_is_proposed_without_a_level() -> None:
    assert assessment_rules.review_due("", DAY, assessment_rules.review_days()) is None


@given(st.dates(ADMITTED, DAY), st.integers(0, 60))
def test_a_review_is_late_from_its_day_on(due: date, after: int) -> None:
    assert assessment_rules.days_late(due, due + timedelta(days=after)) == after
    assert assessment_rules.days_late(due, due - timedelta(days=after + 1)) is None


def test_the_list_has_fifteen_ten_nine_and_six_factors() -> None:
    found = [
        len(assessment_rules.factors_of(level)) for level in (*assessment_rules.PERSONAL, assessment_rules.STRUCTURAL)
    ]
    assert found == [15, 10, 9, 6]


def test_what_protects_is_counted_as_what_endangers() -> None:
    answers: dict[str, FactorAnswer] = {"ind_age": "risque", "ind_competences": "protection", "men_soutien": "inconnu"}
    count = assessment_rules.counts(answers, "individuel")
    assert (count.risks, count.protections, count.answered) == (1, 1, 2)


def test_what_changed_since_the_version_before_is_told_in_the_order_of_the_list() -> None:
    before: dict[str, FactorAnswer] = {"ind_dette": "inconnu", "men_soutien": "protection", "ind_age": "neutre"}
    now: dict[str, FactorAnswer] = {"ind_dette": "risque", "com_emploi": "neutre", "ind_age": "neutre"}
    assert assessment_rules.changed(before, now) == (
        Change("ind_dette", "inconnu", "risque"),
        Change("men_soutien", "protection", ""),
        Change("com_emploi", "", "neutre"),
    )


@given(
    st.dictionaries(
        st.sampled_from(assessment_rules.factors_of("individuel")), st.sampled_from(assessment_rules.ANSWERS)
    )
)
def test_nothing_changed_between_a_version_and_itself(answers: dict[str, FactorAnswer]) -> None:
    assert assessment_rules.changed(answers, answers) == ()


@pytest.mark.parametrize("level", ["moyen", "eleve"])
def test_a_risk_without_a_measure_is_warned_of(level: str) -> None:
    assert "measures" in assessment_rules.warnings(replace(SOME, risk_level=level))  # type: ignore[arg-type]


def test_a_low_risk_needs_no_measure() -> None:
    assert "measures" not in assessment_rules.warnings(SOME)


def test_a_level_that_differs_from_the_matrix_is_hinted_at() -> None:
    assert "differs" in assessment_rules.warnings(replace(SOME, threat_likelihood=3, threat_impact=3))


def test_a_concern_for_a_life_comes_first() -> None:
    assert assessment_rules.warnings(replace(SOME, self_harm_concern=True, risk_level=""))[0] == "self_harm"


def test_risks_without_anything_that_protects_are_warned_of() -> None:
    assert assessment_rules.warnings(SOME) == ("no_protection",)


def test_an_assessment_is_not_dated_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        check(replace(SOME, assessed_on=DAY + timedelta(days=1)))


def test_an_assessment_is_not_dated_before_the_admission() -> None:
    with pytest.raises(BadDates):
        check(replace(SOME, assessed_on=ADMITTED - timedelta(days=1)))


def test_a_version_is_not_dated_before_the_one_it_follows() -> None:
    with pytest.raises(BadDates):
        check(replace(SOME, assessed_on=DAY - timedelta(days=1)), SOME)


def test_a_review_is_not_due_before_the_assessment() -> None:
    with pytest.raises(BadDates):
        check(replace(SOME, next_review=DAY - timedelta(days=1)))


@pytest.mark.parametrize("factor", ["str_conflit", "x_autre", ""])
def test_what_does_not_describe_the_person_is_not_asked(factor: str) -> None:
    with pytest.raises(NotInList):
        check(replace(SOME, factors={factor: "risque"}))


def test_a_factor_has_one_of_four_answers() -> None:
    with pytest.raises(NotInList):
        check(replace(SOME, factors={"ind_age": "oui"}))  # type: ignore[dict-item]


def test_the_matrix_has_three_degrees() -> None:
    with pytest.raises(BadNumber):
        check(replace(SOME, threat_likelihood=4))


def test_no_source_and_some_sources_contradict_each_other() -> None:
    with pytest.raises(assessment_rules.NobodyAndSome):
        check(replace(SOME, threat_sources=("famille", "aucune")))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("risk_level", "grave"),
        ("safe_to_go_out", "peut-être"),
        ("threat_sources", ("voisin",)),
        ("safety_measures", ("rien",)),
    ],
)
def test_codes_are_those_of_the_lists(field: str, value: object) -> None:
    with pytest.raises(NotInList):
        check(replace(SOME, **{field: value}))  # type: ignore[arg-type]


def test_an_assessment_that_says_nothing_is_refused() -> None:
    with pytest.raises(Missing):
        check(replace(SOME, factors={}, risk_level=""))


def test_the_first_measure_keeps_its_moment_while_measures_go_on() -> None:
    first, later = datetime(2026, 11, 3, 9, 0), datetime(2026, 11, 9, 9, 0)
    one = assessment_rules.next_version(replace(SOME, safety_measures=("transfert",)), None, first)
    two = assessment_rules.next_version(replace(SOME, safety_measures=("appel_police",)), one, later)
    assert (one.version, two.version, two.measured_at) == (1, 2, first)


def test_without_a_measure_no_moment_is_kept() -> None:
    one = assessment_rules.next_version(
        replace(SOME, safety_measures=("transfert",)), None, datetime(2026, 11, 3, 9, 0)
    )
    assert assessment_rules.next_version(SOME, one, datetime(2026, 11, 9, 9, 0)).measured_at is None
