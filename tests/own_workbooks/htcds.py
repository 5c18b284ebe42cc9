"""Workbooks made like the one of IOM's HTCDS toolkit: names of fields in a hidden first row, some of them over other
labels (columns N to R), one missing (AJ); a number in every row below; lists of values in sheets of their own.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.own_workbooks.builder import Case, Sheet, workbook

# column, name of the field, label
COLUMNS = (
    ("A", None, None),
    ("B", "cas_CaseOwner", "Case Owner"),
    ("C", "prs_Salutation", "Salutation"),
    ("D", "prs_FirstName", "First Name"),
    ("E", "prs_SecondName", "Second Name"),
    ("F", "con_Consent", "Consent"),
    ("G", "prs_Birthdate", "Birthdate"),
    ("H", "prs_Gender", "Gender"),
    ("I", "prs_Citizenship", "Citizenship"),
    ("J", "prs_Title", "Title"),
    ("K", "prs_Email", "Email"),
    ("L", "prs_HomePhone", "Home Phone"),
    ("M", "prs_MobilePhone", "Mobile Phone"),
    ("N", "prs_MailingCity", "Mailing Street"),
    ("O", "prs_MailingCountry", "Mailing City"),
    ("P", "prs_MailingState", "Mailing State/Province"),
    ("Q", "prs_MailingStreet", "Mailing Zip/Postal Code"),
    ("R", "prs_MailingPostalCode", "Mailing Country"),
    ("S", "vic_TraffickingStatus", "Trafficking Status"),
    ("T", "vic_TraffickinStatusDecisionMakingOrg", "Trafficking Status Decision Making Organization"),
    ("U", "vic_MethodOfRecruitment", "Method of Recruitment"),
    ("V", "vic_LocationOfRecruitment", "Location of Recruitment"),
    ("W", "vic_MethodsOfControl", "Methods of Control"),
    ("X", "vic_TypeOfExploitation", "Type of Exploitation"),
    ("Y", "vic_ForcedLabourIndustry", "Forced Labour Industry"),
    ("Z", "vic_TypeOfSexExploitation", "Type of Sex Exploitation"),
    ("AA", "vic_LocationOfExploitation", "Location of Exploitation"),
    ("AB", "cas_Status", "Status"),
    ("AC", "cas_ReferringOrganisation", "Referring Organisation"),
    ("AD", "cas_IncomingReferralDate", "Incoming Referral Date"),
    ("AE", "cas_ReferringPrimaryCaseWorker", "Referring Primary Case Worker"),
    ("AF", "cas_ReasonForIncomingReferral", "Reason for Incoming Referral"),
    ("AG", "cas_IncomingReferralDetails", "Incoming Referral Details"),
    ("AH", "cas_ReferredOrganisation", "Referred Organisation"),
    ("AI", "cas_ReferredPrimaryCaseWorker", "Referred Primary Case Worker"),
    ("AJ", None, "Reason for Outgoing Referral"),
    ("AK", "cas_OutgoingReferralDate", "Outgoing Referral Date"),
    ("AL", "cas_OutgoingReferralDetails", "Outgoing Referral Details"),
    ("AM", "cas_ReasonForCaseClosure", "Reason for Case Closure"),
)
READ = ["D", "E", "G", "H", "I", "S", "T", "X", "Y", "Z", "AC", "AD", "AH", "AK"]
CASES_OF = (
    {
        "D": "Awa",
        "E": "Diarra",
        "G": "1999-05-12",
        "H": "Feminine",
        "I": "Mali",
        "N": "Rue 12",
        "O": "Bamako",
        "R": "Mali",
    },
    {"D": "Kofi", "E": "Mensah", "G": "1994-02-01", "H": "Masculine", "I": "Ghana", "AB": "Closed"},
    {"D": "Fanta", "E": "Keita", "G": "2001-02-01", "H": "Feminine", "I": "Guinea"},
    {
        "D": "Salif",
        "E": "Koné",
        "G": "1990-02-01",
        "H": "Masculine",
        "I": "Mali",
        "S": "Possible victim of trafficking",
    },
    {"D": "Binta", "E": "Sow", "G": "1995-02-01", "H": "Feminine", "I": "Senegal", "X": "Forced begging"},
)
_DETAILS: tuple[dict[str, Any], ...] = (
    {
        "S": "Actual victim of trafficking",
        "T": "Non-police governmental organization",
        "X": "Forced labour, Sexual exploitation",
        "Y": "Construction, Water supply; sewerage, waste management and remediation",
        "Z": "Private Sexual Services",
        "AC": "Police",
        "AD": "2025-02-03",
        "AH": "CSCOM de Banconi",
        "AJ": "Additional Services Required",
        "AK": "2025-02-09",
    },
    {"S": "PossibleVictimOfTrafficking", "X": "Servitude", "AD": "2025-02-05"},
    {"S": "Possible victim of trafficking", "X": "Sexual exploitation", "AD": "2025-02-06"},
    {"X": "ForcedMarriage", "Y": "A_AgricultureForestryAndFishing", "AD": "2025-02-07"},
    {"AD": "2025-02-08"},
)
LINES = [{**one, **more} for one, more in zip(CASES_OF, _DETAILS, strict=True)]


def sheet(lines: list[dict[str, Any]]) -> Sheet:
    """The case sheet with these lines; every row below has its number, as in the workbook of the toolkit."""
    rows: list[list[Any]] = [[name for _, name, _ in COLUMNS], [label for _, _, label in COLUMNS]]
    for number in range(1, 21):
        line = {**(lines[number - 1] if number <= len(lines) else {}), "A": str(number)}
        rows.append([line.get(letter) for letter, _, _ in COLUMNS])
    return Sheet(rows, hidden_rows=(1,))


_LISTS = (("Validation Lookups",), (None, "Gender", "Country"), (None, "Feminine", "Afghanistan"))
_UNKNOWN = tuple(label for letter, _, label in COLUMNS if label and letter not in READ)


def _case(name: str, lines: list[dict[str, Any]], counts: Mapping[str, tuple[int, int, int, int]], **more: Any) -> Case:
    made = workbook("htcds.xlsx", Case_Sheet=sheet(lines), about=(("Microsoft Excel HTCDS 2.0",),), validation=_LISTS)
    unused = ("about", "validation")
    return Case(name, made, counts, unknown=_UNKNOWN, unused=unused, hidden=(("Case Sheet", 1, 0),), **more)


CASES = [
    _case(
        "classeur HTCDS, cas, exploitation et référencement",
        [LINES[0], {**LINES[1], "X": "Forced begging"}],
        {
            "personnes": (2, 0, 0, 0),
            "sejours": (2, 0, 0, 0),
            "statuts_victime": (2, 0, 0, 0),
            "referencements": (1, 0, 0, 0),
        },
        cells={
            "personnes": [
                {"last_name": "Diarra", "first_name": "Awa", "sex": "f", "birth_date": date(1999, 5, 12)},
                {"last_name": "Mensah", "first_name": "Kofi", "sex": "m", "nationality": "GH"},
            ],
            "sejours": [
                {
                    "admitted_at": datetime(2025, 2, 3),
                    "referral_source": "police",
                    "migration_situation": "indetermine",
                },
                {"admitted_at": datetime(2025, 2, 5), "referral_source": None, "exited_at": None},
            ],
            "statuts_victime": [
                {
                    "victim_status": "identifiee",
                    "status_decided_by": "service_etat",
                    "exploitation_forms": "trav_construction;trav_autre;sex_prive",
                },
                {"victim_status": "presumee", "exploitation_forms": "mendicite_forcee"},
            ],
            "referencements": [
                {
                    "partner": "CSCOM de Banconi",
                    "issued_on": date(2025, 2, 9),
                    "direction": "sortante",
                    "status": "emise",
                }
            ],
        },
    ),
    _case(
        "classeur HTCDS, ce qui peut vouloir dire deux choses",
        [*LINES[1:], {**LINES[0], "AC": "Maison amie"}],
        {"personnes": (0, 0, 0, 5), "sejours": (0, 0, 0, 5), "statuts_victime": (0, 0, 0, 3)},
        refused=(
            ("Case Sheet", 3, "exploitation_forms"),
            ("Case Sheet", 4, "exploitation_forms"),
            ("Case Sheet", 5, "exploitation_labour"),
            ("Case Sheet", 6, "victim_status"),
            ("Case Sheet", 7, "referral_source"),
        ),
    ),
]
