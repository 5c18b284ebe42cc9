"""Workbooks turned into what no program writes: bytes flipped, parts missing, cells of the wrong kind."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from tests.own_workbooks import admissions, stores
from tests.own_workbooks.builder import Case, binary, stored, text, workbook
from tests.own_workbooks.files_of_all_kinds import ROWS

Mutate = Callable[[random.Random, bytes], bytes]
HUGE = (b"0", b"-1", b"65536", b"1048577", b"4294967295", b"99999999999999999999", b"1e308", b"NaN")
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**18,
    1e300,
    0.1 + 0.2,
    time(8, 30),
    date(1900, 1, 1),
    datetime(9999, 12, 31, 23, 59),
    "",
    " ",
    "=1+1",
    "a\nb",
    "\u202e\u200b",
    "x" * 32_767,
    "_x0001_",
    "#REF!",
    "'",
    "0" * 400,
    "31/12/9999",
    "0001-01-01",
    "1" * 5000,
    "-0",
    "٣",
    "∞",
    "TOTAL",
)
ODD_ONES = 0.06
SOUND: dict[str, tuple[Any, ...]] = {
    "Nom et prénoms": ("DIARRA Awa", "Kofi Mensah", "Bah"),
    "Sexe": ("F", "M", "Femme"),
    "Âge": (25, "8 mois", "env. 30"),
    "Nationalité": ("Mali", "Ghanéen"),
    "Date d'entrée": ("03/02/2025", date(2025, 3, 4), 45691, datetime(2025, 4, 5, 14, 30)),
    "Catégorie": ("transit", "bloque"),
    "Date de sortie": (None, "03/06/2025"),
    "Lit": (None, None, "1A", "2B"),
    "Statut victime": (None, "Présumée"),
    "Date de naissance": (None, None, 1999, "12/05/1999"),
    "Langues": (None, "Bambara, Peul"),
    "N° dossier": (None, None, "00012"),
    "Désignation": ("Lits", "Tables", "Groupe électrogène"),
    "Quantité": (1, 2, "3"),
    "État": ("Bon", "Moyen"),
    "Bailleur": ("OIM", None),
    "Emplacement": (None, "1"),
    "N° inventaire": (None, None, "00042"),
    "Valeur": (None, "12 500 FCFA"),
    "Date d'acquisition": (None, 2023, "05/01/2025"),
    "Article": ("Riz", "Savon", "Lait en poudre"),
    "Unité": ("kg",),
    "Lot": (None, "L-7"),
    "Péremption": (None, "31/12/2027"),
    "Code article": (None,),
    "Date": ("04/02/2025",),
    "Chambre": ("A", "B", "C"),
    "Type de chambre": ("dortoir_f",),
    "Capacité": (1, 2),
    "En service du": ("01/01/2025",),
    "Type de service": ("Repas servi",),
    "Fourni par": ("Le centre",),
}


def bases(folder: Path) -> list[tuple[str, bytes]]:
    """One sound file of each kind, and the richest lists."""
    chosen = (
        "une feuille par mois, lignes reportées",
        "stock de départ",
        "tout dans un classeur",
        "chambres et nombre de lits",
    )
    cases: list[Case] = [case for case in (*admissions.CASES, *stores.CASES) if case.name in chosen]
    makes = [
        *((f"{number}.xlsx", case.make) for number, case in enumerate(cases)),
        ("a.xlsm", workbook("a.xlsm", Registre=ROWS)),
        ("a.xlsb", binary("a.xlsb", "Registre", ROWS)),
        ("a.xls", stored("registre.xls")),
        ("a.ods", stored("registre.ods")),
        ("a.csv", text("a.csv", ROWS)),
        ("a.txt", text("a.txt", ROWS, separator="\t", encoding="utf-16")),
    ]
    return [(name, make(folder).read_bytes()) for name, make in makes]


def mutated(chance: random.Random, content: bytes) -> bytes:
    """The file after one to three accidents."""
    for _ in range(chance.randint(1, 3)):
        ways = (*_RAW, *(_INSIDE if zipfile.is_zipfile(io.BytesIO(content)) else ()))
        content = chance.choice(ways)(chance, content)
    return content


def odd_cells(chance: random.Random, folder: Path) -> Path:
    """Lists with headings that are known, and cells of any kind under them."""
    sheets = {
        "Registre": (*admissions.HEADINGS, "Lit", "Statut victime", "Date de naissance", "Langues", "N° dossier"),
        "Biens": (*stores.ASSETS, "N° inventaire", "Valeur", "Date d'acquisition"),
        "Stock": (*stores.STOCK, "Date", "Code article"),
        "Plan": ("Chambre", "Type de chambre", "Capacité", "En service du"),
        "services": stores.SERVICES,
    }
    rows: dict[str, Any] = {
        name: (headings, *([_cell(chance, heading) for heading in headings] for _ in range(30)))
        for name, headings in sheets.items()
    }
    return workbook("odd.xlsx", **rows)(folder)


def _cell(chance: random.Random, heading: str) -> Any:
    """Of any kind once in a while, else one that fits the heading, or nothing."""
    return chance.choice(ODD) if chance.random() < ODD_ONES else chance.choice(SOUND.get(heading, (None, "A", 7)))


# Accidents ------------------------------------------------------------------------------------------------------------


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _double(chance: random.Random, content: bytes) -> bytes:
    at, size = chance.randrange(len(content) + 1), chance.choice((1, 100, 4000))
    return content[:at] + content[at : at + size] * 2 + content[at + size :]


def _inside(change: Callable[[random.Random, str, bytes], bytes | None]) -> Mutate:
    """Repacked as a sound archive with one part changed, left out where there is nothing to say."""

    def mutate(chance: random.Random, content: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
        except Exception:  # noqa: BLE001 damaged by an accident before
            return content
        hit = chance.randrange(len(parts)) if parts else -1
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for at, (name, data) in enumerate(parts):
                changed = change(chance, name, data) if at == hit else data
                if changed is not None:
                    archive.writestr(name, changed)
        return out.getvalue()

    return mutate


def _number(chance: random.Random, _name: str, data: bytes) -> bytes:
    found = [match.span() for match in re.finditer(rb"[0-9]+", data)]
    for start, end in sorted(chance.sample(found, min(len(found), 3)), reverse=True):
        data = data[:start] + chance.choice(HUGE) + data[end:]
    return data


def _kind(chance: random.Random, _name: str, data: bytes) -> bytes:
    return re.sub(rb't="\w+"', lambda _: b't="%s"' % chance.choice((b"n", b"s", b"b", b"e", b"d", b"inlineStr")), data)


def _tag(chance: random.Random, _name: str, data: bytes) -> bytes:
    found = [match.span() for match in re.finditer(rb"<[^>]*>", data)]
    for start, end in sorted(chance.sample(found, min(len(found), 2)), reverse=True):
        data = data[:start] + chance.choice((b"", data[start:end] * 3, b"<c>", b"</row>")) + data[end:]
    return data


_RAW: tuple[Mutate, ...] = (_flip, _cut, _double)
_INSIDE: tuple[Mutate, ...] = (
    _inside(lambda _chance, _name, _data: None),
    _inside(lambda chance, _name, data: _cut(chance, data)),
    _inside(lambda chance, _name, data: _flip(chance, data)),
    _inside(lambda chance, _name, data: _double(chance, data)),
    _inside(_number),
    _inside(_number),
    _inside(_kind),
    _inside(_tag),
)
