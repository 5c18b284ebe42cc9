"""The golden example of the reference (November 2026, 12 beds) as a shelter would type it into a workbook."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

Rows = list[dict[str, Any]]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


PERSONS = {
    "P01": ("7K3-QMX-E", "f", "2009-03-15"),
    "P02": ("B4T-9WZ-U", "f", "2001-06-01"),
    "P03": ("H2R-8DE-H", "m", "2010-11-20"),
    "P04": ("222-222-2", "f", "1998-01-01"),
    "P05": ("222-223-8", "f", "2025-05-10"),
    "P06": ("", "m", "1995-01-01"),
    "P07": ("", "m", "2008-11-15"),
    "P08": ("", "f", "2003-01-01"),
    "P09": ("", "m", "1999-01-01"),
    "P10": ("", "m", "1990-01-01"),
    "P11": ("", "f", "2011-08-08"),
    "P12": ("", "m", "2011-02-02"),
    "P13": ("", "m", "1987-01-01"),
    "P14": ("", "f", "2000-01-01"),
}
# stay, person, status or situation, in, out, place
STAYS = (
    ("S01", "P01", "identifiee", "2026-09-20", None, "A1"),
    ("S02", "P02", "identifiee", "2026-10-05", "2026-11-12", "A2"),
    ("S03", "P03", "enas", "2026-10-18", None, "A3"),
    ("S04", "P04", "presumee", "2026-10-25", None, "A4"),
    ("S05", "P05", "accompagnant", "2026-10-25", None, "partage"),
    ("S06", "P06", "retour_volontaire", "2026-10-28", "2026-11-03", "A5"),
    ("S07", "P07", "enas", "2026-10-30", None, "A6"),
    ("S08", "P08", "transit", "2026-11-02", "2026-11-09", "A7"),
    ("S09", "P09", "retour_volontaire", "2026-11-04", "2026-11-11", "A8"),
    ("S10", "P10", "retour_volontaire", "2026-11-04", "2026-11-11", "A9"),
    ("S11", "P11", "presumee", "2026-11-10", None, "A10"),
    ("S12", "P12", "enas", "2026-11-15", None, "A5"),
    ("S13", "P13", "retour_volontaire", "2026-11-20", "2026-11-20", None),
    ("S14", "P09", "retour_volontaire", "2026-11-22", "2026-11-29", "A8"),
    ("S15", "P14", "transit", "2026-11-26", None, "appoint"),
)


def golden() -> Mapping[str, Rows]:
    """The lists of the golden example, cells as Excel keeps them."""
    from shelter_desk.domain.residents.residents import ALPHABET, check_character, printed

    codes = {}
    for at, (key, (code, _, _)) in enumerate(PERSONS.items()):
        six = "QQQQ" + ALPHABET[at] + ALPHABET[at + 7]
        codes[key] = code if key in ("P01", "P02", "P03") else printed(six + check_character(six))
    return {
        "chambres": [
            {
                "room_code": "A",
                "name": "Dortoir A",
                "room_type": "transit",
                "sex_rule": "indifferent",
                "age_rule": "tous",
            }
        ],
        "lits": [
            {"bed_code": f"A{n}", "room_code": "A", "bed_type": "simple", "in_service_from": day("2025-01-01")}
            for n in range(1, 13)
        ],
        "etats_lits": [
            {
                "bed_code": "A12",
                "bed_state": "maintenance",
                "from": day("2026-11-10"),
                "to": day("2026-11-15"),
                "reason": "Sommier",
            }
        ],
        "personnes": [
            {"person_code": codes[key], "sex": sex, "birth_date": day(born), "nationality": "GN"}
            for key, (_, sex, born) in PERSONS.items()
        ],
        "sejours": [_stay(codes, *one[:5]) for one in STAYS],
        "couchages": [_night(*one) for one in STAYS if one[5]],
        "absences": [
            {"stay_no": no, "absence_type": "visite_famille", "from": day("2026-11-16"), "to": day("2026-11-19")}
            for no in ("S04", "S05")
        ],
        "statuts_victime": [
            {"stay_no": no, "victim_status": what, "decided_on": day(since), "status_decided_by": "ong_centre"}
            for no, _, what, since, _, _ in STAYS
            if what in ("identifiee", "presumee")
        ],
    }


def _stay(codes: Mapping[str, str], no: str, person: str, what: str, since: str, until: str | None) -> dict[str, Any]:
    return {
        "stay_no": no,
        "person_code": codes[person],
        "admitted_at": day(since),
        "entry_kind": "readmission" if no == "S14" else "premiere",
        "exited_at": day(until) if until else None,
        "exit_reason": "retour_autonome" if until else None,
        "exit_destination": "pays_origine" if until else None,
        "migration_situation": what if "_" in what or what == "transit" else "etranger_resident",
        "child_status": {"enas": "non_accompagne", "accompagnant": "enfant_residente"}.get(what),
        "is_dependant": "oui" if what == "accompagnant" else None,
        "head_stay_no": "S04" if what == "accompagnant" else None,
        "referral_source": "oim",
    }


def _night(no: str, _: str, __: str, since: str, until: str | None, place: str | None) -> dict[str, Any]:
    return {
        "stay_no": no,
        "place": place if place in ("appoint", "partage") else "lit",
        "bed_code": {"appoint": None, "partage": "A4"}.get(place or "", place),
        "from": day(since),
        "to": day(until) if until else None,
    }


def write(path: Path, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Row 1 labels of our own, row 2 machine keys, data from row 3."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in lists.items():
        sheet = book.create_sheet(name)
        keys = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append([f"Colonne {key}" for key in keys])
        sheet.append(keys)
        for row in rows:
            sheet.append([row.get(key) for key in keys])
    book.save(path)
    return path
