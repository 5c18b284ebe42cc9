"""One case in the words of IOM's standard."""

from datetime import date, datetime

import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.casefile.htcds import HtcdsCase, fields
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.ids import InterviewId, StayId, VictimStatusId
from shelter_desk.domain.stays.stays import VictimStatus

STATUS = VictimStatus(
    VictimStatusId(1), StayId(1), "identifiee", date(2026, 11, 2), "justice", ("trav_orpaillage", "sex_prostitution")
)
SESSION = Interview(
    InterviewId(1),
    "E-2026-0001",
    StayId(1),
    1,
    datetime(2026, 11, 1, 9),
    "termine",
    recruitment_methods=("famille", "passeur_coxeur", "autre", "inconnu"),
    recruiter_relation="famille",
    control_methods=("dette", "papiers_confisques"),
    exploitation_forms=("mendicite_forcee",),
    age_at_facts=15,
)
# HTCDS 2.0: the values of each field
VALUES = {
    "TraffickingStatus": "PossibleVictimOfTrafficking ActualVictimOfTrafficking NotAVictimOfTrafficking",
    "TraffickingStatusDecisionMakingOrg": "Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other",
    "RelationshipToTrafficker": "Familial Acquainted Unaquainted",
    "TypeOfExploitation": "ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude "
    "ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other",
    "TypeOfSexExploitation": "Prostitution Pornography RemoteInteractiveServices PrivateSexualServices",
}


def test_a_whole_case_has_the_fields_of_the_standard() -> None:
    assert fields(HtcdsCase(STATUS, (SESSION,))) == {
        "TraffickingStatus": ("ActualVictimOfTrafficking",),
        "TraffickingStatusDecisionMakingOrg": ("CourtOrProsecution",),
        "AgeWhenTrafficked": ("15",),
        "RelationshipToTrafficker": ("Familial",),
        "MethodOfRecruitment": ("ThroughFamilyOrFamilyEvents", "Other"),
        "MethodsOfControl": ("DebtBondage", "WithholdsDocuments"),
        "TypeOfExploitation": ("ForcedLabour", "SexualExploitation"),
        "ForcedLabourIndustry": ("B_MiningAndQuarrying",),
        "TypeOfSexExploitation": ("Prostitution",),
    }


def test_before_a_decision_the_forms_of_the_interview_are_told() -> None:
    assert fields(HtcdsCase(None, (SESSION,)))["TypeOfExploitation"] == ("ForcedBegging",)


def test_who_was_not_screened_has_no_field() -> None:
    not_screened = VictimStatus(VictimStatusId(1), StayId(1), "non_depistee", date(2026, 11, 2))
    assert fields(HtcdsCase(not_screened)) == {}


@pytest.mark.parametrize("form", [one.code for one in codes.codes("exploitation_form") if one.maps_to])
def test_every_form_of_exploitation_becomes_a_value_of_the_standard(form: str) -> None:
    told = fields(HtcdsCase(VictimStatus(VictimStatusId(1), StayId(1), "presumee", date(2026, 11, 2), "", (form,))))
    assert set(told["TypeOfExploitation"]) <= set(VALUES["TypeOfExploitation"].split())
    assert set(told.get("TypeOfSexExploitation", ())) <= set(VALUES["TypeOfSexExploitation"].split())
    assert all(not one.startswith("ISIC") for one in told.get("ForcedLabourIndustry", ()))


@pytest.mark.parametrize(
    ("list_name", "field"),
    [
        ("victim_status", "TraffickingStatus"),
        ("status_decided_by", "TraffickingStatusDecisionMakingOrg"),
        ("recruiter_relation", "RelationshipToTrafficker"),
    ],
)
def test_every_code_maps_to_a_value_of_the_standard(list_name: str, field: str) -> None:
    assert {one.maps_to for one in codes.codes(list_name) if one.maps_to} <= set(VALUES[field].split())
