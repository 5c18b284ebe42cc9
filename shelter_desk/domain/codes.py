"""Code lists: machine codes that never change, with their French and English labels (field 2).

Each list is one file, read when it is first asked for.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from shelter_desk.domain.resources import folder

LOCAL = re.compile(r"x_[a-z0-9_]+")
NOTHING = frozenset({"aucune", "aucun"})  # codes that stand alone where several may be chosen
_SAME = {"country": "nationality"}
_COLUMNS = frozenset({"code", "label_fr", "label_en", "sort", "parent", "active", "extensible", "maps_to", "synonyms"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ATTACHED = re.compile(r"(?<=\w)\((\w+)\)")
_MIDDLE_DOT = re.compile(r"(?<=\w)[·•‧∙](\w+)")
_APART = re.compile(r"\s+\([^)]*\)")
_FEMININE = {"ère": "er", "se": "r", "ve": "f", "trice": "teur"}


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a list.

    parent: the code this one belongs to, or the group it is shown in.
    maps_to: the value of an outside standard. extra: the columns that only this list has.
    """

    list: str
    code: str
    label_fr: str
    label_en: str
    sort: int
    parent: str = ""
    active: bool = True
    extensible: bool = False
    maps_to: str = ""
    synonyms: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)


@cache
def codes(list_name: str) -> tuple[Code, ...]:
    """All codes of a list in the order in which they are shown.

    Raises KeyError where there is no such list.
    """
    path = folder("resources") / "codes" / f"{_SAME.get(list_name, list_name)}.csv"
    if not path.is_file():
        raise KeyError(list_name)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Code(
                list=list_name,
                code=row["code"],
                label_fr=row["label_fr"],
                label_en=row["label_en"],
                sort=int(row["sort"]),
                parent=row["parent"],
                active=row["active"] == "yes",
                extensible=row["extensible"] == "yes",
                maps_to=row["maps_to"],
                synonyms=tuple(one for one in row["synonyms"].split(";") if one),
                extra=MappingProxyType({name: value for name, value in row.items() if name not in _COLUMNS}),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda one: one.sort))


def code(list_name: str, value: str) -> Code:
    """One row of a list.

    Raises KeyError where the list does not hold it, local codes among them.
    """
    return _by_code(list_name)[value]


def is_code(list_name: str, value: str) -> bool:
    """True for a code of the list; lists that shelters may extend take local codes `x_…` as well."""
    return value in _by_code(list_name) or (codes(list_name)[0].extensible and LOCAL.fullmatch(value) is not None)


@lru_cache(maxsize=4096)
def read(list_name: str, text: str) -> str | None:
    """The code that a typed text means: a code, a label in either language or a synonym.

    Case, accents, spaces, hyphens and apostrophes are forgiven, and so are `Malien(ne)` and `Malien·ne`. None where
    nothing matches or more than one code does. Country codes are taken in capitals only.
    """
    typed = text.strip()
    if is_code(list_name, typed):
        return typed
    found = _meant(list_name, typed)
    return next(iter(found)) if len(found) == 1 else None


def may_be(list_name: str, text: str) -> tuple[str, ...]:
    """The codes that a typed text may mean, in the order of the list, where it may mean several."""
    found = _meant(list_name, text.strip())
    return tuple(one.code for one in codes(list_name) if one.code in found) if len(found) > 1 else ()


def _meant(list_name: str, typed: str) -> set[str]:
    exact, loose = _meanings(list_name)
    return _matches(exact, _spellings(typed)) or _matches(loose, _spellings(typed))


@cache
def _by_code(list_name: str) -> dict[str, Code]:
    return {one.code: one for one in codes(list_name)}


@cache
def _meanings(list_name: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Which codes each folded spelling may mean: as written, and without what stands apart in brackets."""
    exact: dict[str, set[str]] = {}
    loose: dict[str, set[str]] = {}
    for one in codes(list_name):
        for name in _names(one):
            _note(exact, name, one.code)
            _note(loose, _APART.sub("", name), one.code)
    return exact, loose


def _note(meanings: dict[str, set[str]], name: str, value: str) -> None:
    for spelling in _spellings(name):
        meanings.setdefault(spelling, set()).add(value)


def _names(one: Code) -> Iterator[str]:
    """All a code is called. A country is also called by its people, and both together: `Niger (Nigérien)`."""
    yield from (one.label_fr, one.label_en, *one.synonyms)
    if not one.code.isupper():
        yield one.code
    for people in {one.extra.get("demonym_m_fr"), one.extra.get("demonym_f_fr")} - {None, ""}:
        yield from (str(people), f"{one.label_fr} {people}")


def _matches(meanings: dict[str, set[str]], spellings: set[str]) -> set[str]:
    return {value for spelling in spellings for value in meanings.get(spelling, ())}


def _spellings(name: str) -> set[str]:
    """A name folded: masculine, with the ending in brackets added, and feminine."""
    marked = _MIDDLE_DOT.sub(r"(\1)", name)
    forms = (_ATTACHED.sub("", marked), _ATTACHED.sub(r"\1", marked), _feminine(marked))
    return {folded(form) for form in forms} - {""}


def _feminine(marked: str) -> str:
    """`Étranger(ère)` as `Étrangère`, `Veuf(ve)` as `Veuve`."""
    for ending, masculine in _FEMININE.items():
        marked = re.sub(rf"{masculine}\({ending}\)", ending, marked)
    return _ATTACHED.sub(r"\1", marked)


_NEITHER = "[^\\w\0\1]|_"  # neither letter nor digit, nor what parts texts and rows


def unaccented(text: str) -> str:
    """Without case or accents, all else as it is."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(one for one in plain if not unicodedata.combining(one))


def folded(text: str) -> str:
    """Only letters and digits, without case or accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(character for character in plain if character.isalnum())


def each_folded(rows: Iterable[Iterable[str]]) -> list[str]:
    """The texts of each row folded, with a sign between them that nobody types: of many rows at once, quickly."""
    whole = "\0".join("\1".join(texts).replace("\0", "") for texts in rows)
    plain = unicodedata.normalize("NFKD", whole.casefold().translate(_LIGATURES))
    return re.sub(_NEITHER, "", plain).split("\0")
