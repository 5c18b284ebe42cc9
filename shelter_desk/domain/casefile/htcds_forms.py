"""Forms of exploitation as HTCDS says them: a type, and beside it the industry or the kind that tells it closer.

Source: HTCDS 2.0, field definitions and the workbook of its toolkit (CC BY 4.0); our codes by `maps_to`.
"""

from collections.abc import Mapping
from functools import cache

from shelter_desk.domain import codes
from shelter_desk.domain.errors import NotInList

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
_INDUSTRIES = {
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
    said, known = codes.folded(text), _known(field)
    found: list[str] = []
    while said:
        name = max((name for name in known if said.startswith(name)), key=len, default="")
        if not name or known[name] is None:
            return None
        found.append(str(known[name]))
        said = said[len(name) :]
    return ";".join(dict.fromkeys(found)) or None


@cache
def _known(field: str) -> Mapping[str, str | None]:
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
        for section, label in _INDUSTRIES.items():
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
