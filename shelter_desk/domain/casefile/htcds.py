"""One case in the words of HTCDS, IOM's open case-data standard (CC BY 4.0); the values stand in the code lists.

Source: HTCDS 2.0, field definitions; field 2 and field 9. Values are by label, `maps_to` of each list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shelter_desk.domain import codes
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.stays.stays import VictimStatus

Fields = Mapping[str, tuple[str, ...]]
_LABOUR, _SEXUAL = "ForcedLabour", "SexualExploitation"
_STARTS = {"TypeOfExploitation": "", "ForcedLabourIndustry": f"{_LABOUR}/", "TypeOfSexExploitation": f"{_SEXUAL}/"}
# the values of ForcedLabourIndustry by the section of ISIC that `maps_to` names
_INDUSTRIES: Mapping[str, str] = {
    "ISIC A": "A_AgricultureForestryAndFishing",
    "ISIC B": "B_MiningAndQuarrying",
    "ISIC C": "C_Manufacturing",
    "ISIC F": "F_Construction",
    "ISIC G": "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
    "ISIC H": "H_TransportationAndStorage",
    "ISIC I": "I_AccommodationAndFoodServiceActivities",
    "ISIC T": "T_ActivitiesOfHouseholdsAsEmployers",
}


@dataclass(frozen=True, slots=True)
class HtcdsCase:
    """What the fields are made from: the decision that stands, None before one, and the sessions of the stay."""

    status: VictimStatus | None = None
    interviews: tuple[Interview, ...] = ()


def fields(case: HtcdsCase) -> Fields:
    """The HTCDS fields of one case with their values, without names, in the order of the standard.

    A field without a value is left out, and so is a code that the standard does not know.
    """
    forms = _mapped("exploitation_form", _decided(case))  # `ForcedLabour/ISIC B`
    told = {
        "TraffickingStatus": _mapped("victim_status", [case.status.victim_status] if case.status else []),
        "TraffickingStatusDecisionMakingOrg": _mapped(
            "status_decided_by", [case.status.status_decided_by] if case.status else []
        ),
        "AgeWhenTrafficked": _ages(case.interviews),
        "RelationshipToTrafficker": _mapped("recruiter_relation", [one.recruiter_relation for one in case.interviews]),
        "MethodOfRecruitment": _mapped("recruitment_method", _each(case.interviews, "recruitment_methods")),
        "MethodsOfControl": _mapped("control_method", _each(case.interviews, "control_methods")),
        "TypeOfExploitation": _unique(form.partition("/")[0] for form in forms),
        "ForcedLabourIndustry": _detail(forms, _LABOUR),
        "TypeOfSexExploitation": _detail(forms, _SEXUAL),
    }
    return {name: values for name, values in told.items() if values}


def sources(case: HtcdsCase) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The code list and the codes of the shelter that each field but the age is made from, those the standard knows."""
    told = {
        "TraffickingStatus": ("victim_status", [case.status.victim_status] if case.status else []),
        "TraffickingStatusDecisionMakingOrg": (
            "status_decided_by",
            [case.status.status_decided_by] if case.status else [],
        ),
        "RelationshipToTrafficker": ("recruiter_relation", [one.recruiter_relation for one in case.interviews]),
        "MethodOfRecruitment": ("recruitment_method", _each(case.interviews, "recruitment_methods")),
        "MethodsOfControl": ("control_method", _each(case.interviews, "control_methods")),
        **{name: ("exploitation_form", _decided(case)) for name in _STARTS},
    }
    return {
        name: (codes_of, _unique(code for code in chosen if _known(codes_of, code).startswith(_STARTS.get(name, ""))))
        for name, (codes_of, chosen) in told.items()
    }


def _known(list_name: str, code: str) -> str:
    return next((one.maps_to for one in codes.codes(list_name) if one.code == code), "")


def _ages(interviews: Sequence[Interview]) -> tuple[str, ...]:
    """The youngest age said: the facts began then."""
    ages = [one.age_at_facts for one in interviews if one.age_at_facts is not None]
    return (str(min(ages)),) if ages else ()


def _decided(case: HtcdsCase) -> tuple[str, ...]:
    """What the decision says, else what was told."""
    decided = case.status.exploitation_forms if case.status else ()
    return decided or _each(case.interviews, "exploitation_forms")


def _detail(forms: Iterable[str], kind: str) -> tuple[str, ...]:
    """What stands behind the stroke: an industry, a kind of sexual exploitation."""
    named = [form.partition("/")[2] for form in forms if form.startswith(f"{kind}/")]
    return _unique(_INDUSTRIES.get(name, name) for name in named)


def _each(interviews: Iterable[Interview], name: str) -> tuple[str, ...]:
    return tuple(code for one in interviews for code in getattr(one, name))


def _mapped(list_name: str, chosen: Iterable[str]) -> tuple[str, ...]:
    known = {one.code: one.maps_to for one in codes.codes(list_name)}
    return _unique(known.get(code, "") for code in chosen)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
