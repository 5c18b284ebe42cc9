"""One case in the words of HTCDS, IOM's open case-data standard (CC BY 4.0), and forms of exploitation read from them.

A form is a type, and beside it the industry or the kind that tells it closer. Values are by label, `maps_to` of each
list. Source: HTCDS 2.0, field definitions and the workbook of its toolkit; field 2 and field 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shelter_desk.domain import codes
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.stays.stays import VictimStatus

FORMS = "exploitation_form"
_LABOUR, _SEXUAL = "ForcedLabour", "SexualExploitation"
_TYPES = {
    _LABOUR: "Forced labour",
    _SEXUAL: "Sexual exploitation",
    "ChildLabour": "Child labour",
    "ForcedMarriage": "Forced marriage",
    "Servitude": "Servitude",
    "ForcedMilitaryByNonStateActors": "Forced military (by non-state actors)",
    "OrganRemoval": "Organ removal",
    "ForcedBegging": "Forced begging",
    "ForcedAdoption": "Forced adoption",
    "Surrogacy": "Surrogacy",
}
# the sections of ISIC, as the workbook calls them
_SECTIONS = {
    "A": "Agriculture, forestry and fishing",
    "B": "Mining and quarrying",
    "C": "Manufacturing",
    "D": "Electricity, gas, steam and air conditioning supply",
    "E": "Water supply; sewerage, waste management and remediation",
    "F": "Construction",
    "G": "Wholesale and retail trade; repair of motor vehicles and motorcycles",
    "H": "Transportation and storage",
    "I": "Accommodation and food service activities",
    "J": "Information and communication",
    "K": "Financial and insurance activities",
    "L": "Real estate activities",
    "M": "Professional, scientific and technical activities",
    "N": "Administrative and support service activities",
    "O": "Public administration and defence; compulsory social security",
    "P": "Education",
    "Q": "Human health and social work activities",
    "R": "Arts, entertainment and recreation",
    "S": "Other service activities",
    "T": "Activities of households as employers; undifferentiated goods- and services- producing activities of "
    "households for own use",
    "U": "Activities of extraterritorial organizations and bodies",
}
_KINDS = {
    "Prostitution": "Prostitution",
    "Pornography": "Pornography",
    "RemoteInteractiveServices": "Remote Interactive Services",
    "PrivateSexualServices": "Private Sexual Services",
}
FIELDS = ("exploitation_forms", "exploitation_labour", "exploitation_sexual")


def read(field: str, text: str) -> str | None:
    """The codes of one or several values, with `;` between them; None where one of them is not known, or may be two.

    `SexualExploitation` stays as it is said: its kind stands in another column.
    """
    said, known = codes.folded(text), _meanings(field)
    found: list[str] = []
    while said:
        name = max((name for name in known if said.startswith(name)), key=len, default="")
        if not name or known[name] is None:
            return None
        found.append(str(known[name]))
        said = said[len(name) :]
    return ";".join(dict.fromkeys(found)) or None


@cache
def _meanings(field: str) -> Mapping[str, str | None]:
    """By folded value its code; None where more than one code is meant, or none."""
    found: dict[str, str | None] = {}
    if field == "exploitation_forms":
        for name, label in _TYPES.items():
            code = _SEXUAL if name == _SEXUAL else _only(name)
            found |= dict.fromkeys((codes.folded(name), codes.folded(label)), code)
        found[codes.folded("Other")] = "autre"
    elif field == "exploitation_sexual":
        for name, label in _KINDS.items():
            found |= dict.fromkeys((codes.folded(name), codes.folded(label)), _only(f"{_SEXUAL}/{name}"))
    else:
        for section, label in _SECTIONS.items():
            code = _only(f"{_LABOUR}/ISIC {section}") if _is_told(section) else _only(_LABOUR)
            found |= dict.fromkeys((codes.folded(label), codes.folded(f"{section}_{label}")), code)
    return found


def _only(maps_to: str) -> str | None:
    meant = [one.code for one in codes.codes(FORMS) if one.maps_to == maps_to]
    return meant[0] if len(meant) == 1 else None


def _is_told(section: str) -> bool:
    return any(one.maps_to == f"{_LABOUR}/ISIC {section}" for one in codes.codes(FORMS))


def forms(types: str | None, labour: str | None, sexual: str | None) -> str | None:
    """All of them as one; a type goes where another column tells it closer.

    Raises NotInList for sexual exploitation of which no column says the kind.
    """
    if not (types or labour or sexual):
        return None
    said = (types or "").split(";") if types else []
    if labour:
        said = [one for one in said if one != _only(_LABOUR)]
    if sexual:
        said = [one for one in said if one != _SEXUAL]
    if _SEXUAL in said:
        raise NotInList("exploitation_forms", _TYPES[_SEXUAL])
    closer = [*(labour or "").split(";"), *(sexual or "").split(";")]
    return ";".join(dict.fromkeys(filter(None, [*said, *closer]))) or None


Fields = Mapping[str, tuple[str, ...]]
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
    told_forms = _mapped("exploitation_form", _decided(case))  # `ForcedLabour/ISIC B`
    told = {
        "TraffickingStatus": _mapped("victim_status", [case.status.victim_status] if case.status else []),
        "TraffickingStatusDecisionMakingOrg": _mapped(
            "status_decided_by", [case.status.status_decided_by] if case.status else []
        ),
        "AgeWhenTrafficked": _ages(case.interviews),
        "RelationshipToTrafficker": _mapped("recruiter_relation", [one.recruiter_relation for one in case.interviews]),
        "MethodOfRecruitment": _mapped("recruitment_method", _each(case.interviews, "recruitment_methods")),
        "MethodsOfControl": _mapped("control_method", _each(case.interviews, "control_methods")),
        "TypeOfExploitation": _unique(form.partition("/")[0] for form in told_forms),
        "ForcedLabourIndustry": _detail(told_forms, _LABOUR),
        "TypeOfSexExploitation": _detail(told_forms, _SEXUAL),
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


def label(field: str, value: str) -> str:
    """What the workbook of the toolkit calls a value of a type of exploitation, an industry or a kind."""
    if field == "ForcedLabourIndustry":
        return _SECTIONS[value.partition("_")[0]]
    return (_KINDS if field == "TypeOfSexExploitation" else _TYPES).get(value, value)


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


def _detail(mapped: Iterable[str], kind: str) -> tuple[str, ...]:
    """What stands behind the stroke: an industry, a kind of sexual exploitation."""
    named = [form.partition("/")[2] for form in mapped if form.startswith(f"{kind}/")]
    return _unique(_INDUSTRIES.get(name, name) for name in named)


def _each(interviews: Iterable[Interview], name: str) -> tuple[str, ...]:
    return tuple(code for one in interviews for code in getattr(one, name))


def _mapped(list_name: str, chosen: Iterable[str]) -> tuple[str, ...]:
    known = {one.code: one.maps_to for one in codes.codes(list_name)}
    return _unique(known.get(code, "") for code in chosen)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
