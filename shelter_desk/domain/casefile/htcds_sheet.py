"""Cases for one recipient in the words of IOM's workbook for HTCDS: one row each, no name, no day, no free text.

Columns and values are called as in the rows that a person sees there; the hidden names of its first row stand over
other columns. Who agreed to anonymous statistics agreed to no more: what a few share is told in less detail.
Source: HTCDS 2.0, CC BY 4.0, workbook of its toolkit; field 9 (exchange file) and 6.6 (small numbers).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain import codes
from shelter_desk.domain.casefile import htcds
from shelter_desk.domain.casefile.htcds import HtcdsCase
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.exits import Exit, FollowUp
from shelter_desk.domain.stays.stays import Stay

CASE, GENDER, CITIZENSHIP, AGE = "Case", "Gender", "Citizenship", "Age Band"
STATUS = "Status"
# the fields of the standard by what they are called above the columns
FIELDS: Mapping[str, str] = {
    "TraffickingStatus": "Trafficking Status",
    "TraffickingStatusDecisionMakingOrg": "Trafficking Status Decision Making Organization",
    "MethodOfRecruitment": "Method of Recruitment",
    "MethodsOfControl": "Methods of Control",
    "TypeOfExploitation": "Type of Exploitation",
    "ForcedLabourIndustry": "Forced Labour Industry",
    "TypeOfSexExploitation": "Type of Sex Exploitation",
}
COLUMNS = (CASE, GENDER, CITIZENSHIP, AGE, *FIELDS.values(), STATUS)
NOT_SAID = "NonSpecifiedUnknown"  # of the gender: the standard has no empty one
_GENDERS = {"f": "Feminine", "m": "Masculine"}
_NOWHERE = frozenset({"XA", "ZZ"})  # stateless, unknown: no country of theirs
MINOR, ADULT = "0–17 years", "18 years and over"
_ELSEWHERE = frozenset({"transfert", "asile", "hospitalisation_longue", "famille_accueil"})
_IN_THE_CARE_OF_OTHERS = "pris_en_charge"
_VALUES = (
    *("Possible victim of trafficking", "Actual victim of trafficking", "Not a victim of trafficking"),
    *("Police", "NGO", "Court or prosecution", "Non-police governmental organization", "Other"),
    *("At a place of business", "At an educational institution", "At work", "Through online social networks"),
    *("Through an online advertisement", "Through a television advert", "Through a newspaper advert"),
    *("Through family or family events", "Through friends or social events"),
    *("Physical threats", "Threats of law enforcement", "Threatens children/family", "Debt bondage", "False promises"),
    *("Physical abuse", "Sexual abuse", "Takes earnings", "Restricts financial access", "Restricts medical care"),
    *("Restricts movement", "Withholds necessities", "Psychological abuse", "Psychoactive substance"),
    *("Excessive working hours", "Withholds documents"),
)
_SHORTER = {"threatslawenforcement": "Threats of law enforcement"}  # values that leave out a word of their label
# countries that its list calls otherwise than ours
_COUNTRIES = {
    "BO": "Bolivia (Plurinational State of)",
    "BN": "Brunei Darussalam",
    "CC": "Cocos (Keeling) Islands",
    "CG": "Congo",
    "CD": "Congo, Democratic Republic of the",
    "CI": "Côte d'Ivoire",
    "FK": "Falkland Islands (Malvinas)",
    "VA": "Holy See",
    "IR": "Iran (Islamic Republic of)",
    "KP": "Korea (Democratic People's Republic of)",
    "KR": "Korea, Republic of",
    "LA": "Lao People's Democratic Republic",
    "FM": "Micronesia (Federated States of)",
    "MD": "Moldova, Republic of",
    "PS": "Palestine, State of",
    "RU": "Russian Federation",
    "ST": "Sao Tome and Principe",
    "SY": "Syrian Arab Republic",
    "TW": "Taiwan, Province of China",
    "TZ": "Tanzania, United Republic of",
    "TR": "Turkey",
    "GB": "United Kingdom of Great Britain and Northern Ireland",
    "US": "United States of America",
    "VE": "Venezuela (Bolivarian Republic of)",
    "VN": "Viet Nam",
    "VG": "Virgin Islands (British)",
    "VI": "Virgin Islands (U.S.)",
}


@dataclass(frozen=True, slots=True)
class ExchangedCase:
    """A row. case: what its recipient is given in place of the code of the person; told: labels by field, empty ones
    left out.
    """

    case: str
    gender: str
    citizenship: str
    age_band: str
    status: str
    told: Mapping[str, tuple[str, ...]]

    def cells(self) -> tuple[str, ...]:
        """As the columns stand; several values in one cell with a comma between them, as in the workbook of IOM."""
        fields = (", ".join(self.told.get(name, ())) for name in FIELDS)
        return self.case, self.gender, self.citizenship, self.age_band, *fields, self.status


def exchanged(
    case: str, sex: str, nationality: str, birth: Birth, stay: Stay, told: HtcdsCase, status: str
) -> ExchangedCase:
    """One stay in the words of the standard. The age is that of the admission."""
    found = htcds.fields(told)
    if "TraffickingStatus" not in found:  # what was told before anybody decided is nobody else's
        found = {}
    labels = {name: tuple(_label(name, value) for value in found[name]) for name in FIELDS if name in found}
    band = birth.group(stay.admitted_at.date())
    return ExchangedCase(
        case,
        _GENDERS.get(sex, NOT_SAID),
        _country(nationality),
        "" if band == "unk" else codes.code("age_group", band).label_en,
        status,
        labels,
    )


def case_status(stay: Stay, left: Exit | None, planned: Sequence[FollowUp], today: date) -> str:
    """Where a case stands: `Active` while the person is here, `Follow up` while somebody is to look after them."""
    if stay.exited_at is None or stay.exited_at.date() > today:
        return "Active"
    is_closed = left is not None and left.case_closed_on is not None
    if not is_closed and any(one.held_on is None for one in planned):
        return "Follow up"
    reason = "" if left is None else left.closure_reason
    return "Closed Referred" if reason == _IN_THE_CARE_OF_OTHERS or stay.exit_reason in _ELSEWHERE else "Closed"


def coarsened(cases: Iterable[ExchangedCase], k: int) -> list[ExchangedCase]:
    """Each of them with no more of gender, citizenship and age, in all rows of a person, than at least k have alike.

    The age band becomes minor or adult; else it stays and the citizenship goes, then both; then the age goes, at last
    the gender.
    """
    rest: defaultdict[str, list[ExchangedCase]] = defaultdict(list)
    for one in cases:
        rest[one.case].append(one)
    found: list[ExchangedCase] = []
    for less in (_as_it_is, _minor_or_adult, _without_country, _only_of_age, _without_age):
        told = {case: [less(one) for one in rows] for case, rows in rest.items()}
        alike = Counter(_known(rows) for rows in told.values())
        given = {case for case, rows in told.items() if alike[_known(rows)] >= k}
        found += [one for case in given for one in told[case]]
        rest = defaultdict(list, {case: rows for case, rows in rest.items() if case not in given})
    found += [replace(_without_age(one), gender=NOT_SAID) for rows in rest.values() for one in rows]
    return sorted(found, key=lambda one: (one.case, one.cells()))


def _known(rows: Iterable[ExchangedCase]) -> frozenset[tuple[str, str, str]]:
    """What all rows of a person tell of them."""
    return frozenset((one.gender, one.citizenship, one.age_band) for one in rows)


def _as_it_is(one: ExchangedCase) -> ExchangedCase:
    return one


def _without_country(one: ExchangedCase) -> ExchangedCase:
    return replace(one, citizenship="")


def _minor_or_adult(one: ExchangedCase) -> ExchangedCase:
    minors = {each.label_en for each in codes.codes("age_group") if each.parent == "minor"}
    return replace(one, age_band=MINOR if one.age_band in minors else ADULT if one.age_band else "")


def _only_of_age(one: ExchangedCase) -> ExchangedCase:
    return _minor_or_adult(_without_country(one))


def _without_age(one: ExchangedCase) -> ExchangedCase:
    return replace(one, citizenship="", age_band="")


def _country(nationality: str) -> str:
    if not nationality or nationality in _NOWHERE:
        return ""
    return _COUNTRIES.get(nationality) or codes.code("nationality", nationality).label_en


def _label(field: str, value: str) -> str:
    """What stands in the list of the workbook for a value of the standard."""
    if field in ("TypeOfExploitation", "ForcedLabourIndustry", "TypeOfSexExploitation"):
        return htcds.label(field, value)
    folded = codes.folded(value)
    return _SHORTER.get(folded) or next(one for one in _VALUES if codes.folded(one) == folded)
