"""Rows of the workbook of cases: in the words of IOM's lists, and no more of a person than several have alike."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime
from random import Random

import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.casefile import htcds_sheet
from shelter_desk.domain.casefile.htcds import HtcdsCase
from shelter_desk.domain.casefile.htcds_sheet import NOT_SAID, ExchangedCase
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.ids import ExitId, FollowUpId, InterviewId, PersonId, StayId, VictimStatusId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.exits import Exit, FollowUp
from shelter_desk.domain.stays.stays import Stay, VictimStatus

TODAY = date(2026, 11, 29)
STAY = Stay(StayId(1), "2026-0001", PersonId(1), datetime(2026, 11, 1, 9), "premiere", "transit")
BANDS = ("0–4 years", "5–11 years", "12–17 years", "18–59 years", "60 years and over", "")
# the lists of the workbook of the toolkit, HTCDS 2.0
LISTS = {
    "MethodOfRecruitment": {
        "At a place of business", "At an educational institution", "At work", "Through online social networks",
        "Through an online advertisement", "Through a television advert", "Through a newspaper advert",
        "Through family or family events", "Through friends or social events", "Other",
    },
    "MethodsOfControl": {
        "Physical threats", "Threats of law enforcement", "Threatens children/family", "Debt bondage",
        "False promises", "Physical abuse", "Sexual abuse", "Takes earnings", "Restricts financial access",
        "Restricts medical care", "Withholds necessities", "Psychological abuse", "Psychoactive substance",
        "Excessive working hours", "Withholds documents", "Other",
        "Restricts movement",  # of the field definitions alone
    },
    "TraffickingStatusDecisionMakingOrg": {
        "Police", "NGO", "Court or prosecution", "Non-police governmental organization", "Other",
    },
}  # fmt: skip


def row(case: HtcdsCase, sex: str = "f", nationality: str = "CI") -> ExchangedCase:
    return htcds_sheet.exchanged("X-1", sex, nationality, Birth(date(2010, 5, 1)), STAY, case, "Active")


def decided(body: str = "justice", *forms: str) -> VictimStatus:
    return VictimStatus(VictimStatusId(1), StayId(1), "identifiee", TODAY, body, forms)


@pytest.mark.parametrize(
    ("field", "list_name"), [("MethodOfRecruitment", "recruitment_method"), ("MethodsOfControl", "control_method")]
)
def test_every_code_of_a_session_becomes_a_line_of_its_list(field: str, list_name: str) -> None:
    session = Interview(InterviewId(1), "E-1", StayId(1), 1, datetime(2026, 11, 2), "termine")
    for one in codes.codes(list_name):
        of_control = list_name == "control_method"
        told = (
            replace(session, control_methods=(one.code,))
            if of_control
            else replace(session, recruitment_methods=(one.code,))
        )
        found = row(HtcdsCase(decided(), (told,))).told.get(field, ())
        assert set(found) <= LISTS[field]
        assert bool(found) == bool(one.maps_to)


@pytest.mark.parametrize("body", [one.code for one in codes.codes("status_decided_by")])
def test_every_body_becomes_a_line_of_its_list(body: str) -> None:
    (found,) = row(HtcdsCase(decided(body))).told["TraffickingStatusDecisionMakingOrg"]
    assert found in LISTS["TraffickingStatusDecisionMakingOrg"]


@pytest.mark.parametrize(
    ("sex", "nationality", "said"),
    [
        ("f", "CI", ("Feminine", "Côte d'Ivoire")),
        ("m", "CD", ("Masculine", "Congo, Democratic Republic of the")),
        ("u", "ML", (NOT_SAID, "Mali")),
        ("f", "XA", ("Feminine", "")),
        ("f", "ZZ", ("Feminine", "")),
        ("f", "", ("Feminine", "")),
    ],
)
def test_who_it_is_is_said_as_the_lists_say_it(sex: str, nationality: str, said: tuple[str, str]) -> None:
    found = row(HtcdsCase(decided()), sex, nationality)
    assert (found.gender, found.citizenship) == said
    assert found.age_band == "12–17 years"


@pytest.mark.parametrize("one", [one for one in codes.codes("nationality") if one.code not in ("XA", "ZZ", "CG")])
def test_every_country_is_read_back(one: codes.Code) -> None:
    assert codes.read("nationality", row(HtcdsCase(), nationality=one.code).citizenship) == one.code


def test_nothing_of_trafficking_is_told_before_a_decision() -> None:
    session = Interview(
        InterviewId(1), "E-1", StayId(1), 1, datetime(2026, 11, 2), "termine", exploitation_forms=("mendicite_forcee",)
    )
    waiting = VictimStatus(VictimStatusId(1), StayId(1), "depistage_en_cours", TODAY)
    for status in (None, waiting):
        assert row(HtcdsCase(status, (session,))).told == {}


@pytest.mark.parametrize(
    ("left", "reason", "closed", "held", "said"),
    [
        (None, "", "", None, "Active"),
        (datetime(2026, 12, 5), "autonomie", "", None, "Active"),
        (datetime(2026, 11, 20), "autonomie", "", None, "Closed"),
        (datetime(2026, 11, 20), "autonomie", "", False, "Follow up"),
        (datetime(2026, 11, 20), "autonomie", "", True, "Closed"),
        (datetime(2026, 11, 20), "autonomie", "souhait", False, "Closed"),
        (datetime(2026, 11, 20), "autonomie", "pris_en_charge", True, "Closed Referred"),
        (datetime(2026, 11, 20), "transfert", "", None, "Closed Referred"),
    ],
)
def test_where_a_case_stands(left: datetime | None, reason: str, closed: str, held: bool | None, said: str) -> None:
    stay = Stay(StayId(1), "1", PersonId(1), datetime(2026, 11, 1), "premiere", "transit", left, reason)
    closing = Exit(ExitId(1), StayId(1), case_closed_on=TODAY, closure_reason=closed) if closed else None
    planned = [] if held is None else [FollowUp(FollowUpId(1), StayId(1), TODAY, TODAY if held else None)]
    assert htcds_sheet.case_status(stay, closing, planned, TODAY) == said


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_of_somebody_is_told_of_k_persons_or_nothing_is(seed: int) -> None:
    chance = Random(seed)
    persons, k = chance.randint(1, 60), chance.choice((3, 5, 11))
    cases = [
        ExchangedCase(
            f"X-{chance.randint(1, persons)}",
            chance.choice(("Feminine", "Feminine", "Masculine")),
            chance.choice(("Mali", "Mali", "Guinea", "Benin", "")),
            chance.choice(BANDS),
            "Active",
            {},
        )
        for _ in range(persons + chance.randint(0, 9))
    ]
    found = htcds_sheet.coarsened(cases, k)
    assert sorted(one.case for one in found) == sorted(one.case for one in cases)
    told = defaultdict(set)
    for one in found:
        told[one.case].add((one.gender, one.citizenship, one.age_band))
    alike = Counter(map(frozenset, told.values()))  # all rows of a person together, too
    nothing = frozenset({(NOT_SAID, "", "")})
    assert all(n >= k for what, n in alike.items() if what != nothing)
    assert htcds_sheet.coarsened(cases[::-1], k) == found  # the order of the rows says nothing
