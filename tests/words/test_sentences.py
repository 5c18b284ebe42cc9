"""Every named error and every rule has a sentence, in both languages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, get_type_hints

import pytest

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import refusals
from shelter_desk.words import field_labels
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals.errors import sentence, sentences

FAMILIES = {errors.RuleBroken, errors.Trouble, errors.AccessRefused, errors.Unusable}
WHICH: dict[str, list[Any]] = {
    "state": ["retire", "maintenance", "hors_service"],
    "kind": ["room", "bed", "person", "stay", "placement"],
    "why": [
        "short",
        "common",
        "kind",
        "password",
        "damaged",
        "bomb",
        "time",
        "memory",
        "cells",
        "date",
        "moment",
        "number",
        "whole",
        "yes_no",
        "age",
        "pieces",
        "pieces_in_all",
        "formula",
        "error_cell",
        "too_long",
        "control",
        "here",
        "held",
        "open",
        "nameless",
        "same",
        "role",
        "missing",
        "empty",
        "cut",
        "not_ours",
        "unreadable",
        "altered",
        "foreign",
        "tables",
        "decision",
        "unknown",
        "not_validated",
        "not_recommended",
        "bid_awaited",
        "replaced",
        "receiver",
        "relation",
        "identity",
    ],
    "part": ["database", "keys", "journal", "older"],
    "what": ["stay_overlaps", "bed_taken", "bed_occupied", "absent_twice", "stays"],
    "wait": [0, 1, 30.0],
    "until": [None, datetime(2026, 12, 9, 8)],
    "rules": [("R-04",), ("R-04", "R-06")],
}
PLAIN: dict[Any, Any] = {
    str: "7K3-QMX-E",
    float: 2.0,
    int: 12,
    bool: True,
    datetime: datetime(2026, 12, 3, 16, 35),
    datetime | None: datetime(2026, 12, 3),
    date: date(2026, 12, 3),
    tuple[str, ...]: ("Feuil1", "Feuil2"),
    tuple[date, ...]: (date(2026, 12, 3), date(2026, 12, 4)),
    tuple[Period, ...]: (Period.month(2026, 11), Period.month(2026, 12)),
}


def classes(of: type[ShelterDeskError] = ShelterDeskError) -> Iterator[type[ShelterDeskError]]:
    for kind in of.__subclasses__():
        if kind.__module__ in (errors.__name__, refusals.__name__):
            yield kind
        yield from classes(kind)


def examples(kind: type[ShelterDeskError]) -> Iterator[ShelterDeskError]:
    """The error once, and once more for each value that is told apart."""
    hints = get_type_hints(kind)
    usual = {name: (WHICH.get(name) or [PLAIN[hints[name]]])[0] for name in hints}
    yield kind(**usual)
    for name in usual:
        yield from (kind(**(usual | {name: value})) for value in WHICH.get(name, [])[1:])


KINDS = sorted(set(classes()) - FAMILIES, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_a_sentence_of_its_own(kind: type[ShelterDeskError]) -> None:
    assert sentence(next(examples(kind)))
    assert kind in sentences()


OF_A_LIST = {"state": "fait"}
SAID_AT_ONCE = sorted(
    (kind for kind, say in sentences().items() if say.__name__ == "<lambda>"), key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", SAID_AT_ONCE)
def test_a_sentence_of_a_table_is_filled_in_from_the_fields_of_its_error(
    kind: type[ShelterDeskError], language: words.Language
) -> None:
    """The type checker does not look into what the tables say."""
    error = kind(**{name: OF_A_LIST.get(name, PLAIN[hint]) for name, hint in get_type_hints(kind).items()})
    with words.speaking(language):
        told = sentence(error)
    assert told.endswith(".")
    assert "{" not in told


def test_the_refusals_of_every_subject_have_theirs_where_nothing_else_is_loaded() -> None:
    """As on the command line, where no page brings the words of its subject."""
    script = """
import pkgutil
from importlib import import_module
from shelter_desk import domain
from shelter_desk.domain.errors import NoShelter, ShelterDeskError
from shelter_desk.words.refusals.errors import sentence, sentences

def below(kind):
    return {kind}.union(*map(below, kind.__subclasses__()))

for module in pkgutil.walk_packages(domain.__path__, "shelter_desk.domain."):
    import_module(module.name)
sentence(NoShelter("here"))
ends = [kind for kind in below(ShelterDeskError) if not kind.__subclasses__()]
print(len(ends), sorted(kind.__name__ for kind in ends if not sentences().keys() & set(kind.__mro__)))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    count, _, without = told.strip().partition(" ")
    assert int(count) > len(KINDS)
    assert without == "[]"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_is_filled_in_and_says_at_most_two_things(
    kind: type[ShelterDeskError], language: words.Language
) -> None:
    with words.speaking(language):
        told = [sentence(error) for error in examples(kind)]
    plain = [re.sub(r"[A-Za-z0-9/]\.[0-9]", "", one) for one in told]
    single = [one for one, error in zip(plain, examples(kind), strict=True) if len(getattr(error, "rules", ())) < 2]
    assert all(one.endswith(".") and "{" not in one for one in plain)
    assert all(one.count(". ") <= 1 for one in single)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_is_french_in_french(kind: type[ShelterDeskError]) -> None:
    with words.speaking("fr"):
        french = [sentence(error) for error in examples(kind)]
    with words.speaking("en"):
        english = [sentence(error) for error in examples(kind)]
    assert not set(french) & set(english)


def test_a_taken_bed_says_by_whom_and_since_when() -> None:
    with words.speaking("fr"):
        told = sentence(errors.BedTaken("F1-02", "7K3-QMX-E", datetime(2026, 11, 3, 18, 5), None))
    assert told == "Le lit F1-02 est pris par 7K3-QMX-E depuis le 03/11/2026 18:05. Choisissez un autre lit."


@pytest.mark.parametrize(
    "rule",
    [
        "R-02",
        "R-03",
        "R-04",
        "R-05",
        "R-06",
        "R-07",
        "R-08",
        "R-09",
        "R-10",
        "R-11",
        "R-22",
        "R-32",
        "R-33",
        "R-12",
        "R-13",
        "R-14",
        "R-06A",
        "R-06B",
        "T10",
    ],
)
def test_a_rule_that_warns_has_a_sentence_in_both_languages(rule: str) -> None:
    with words.speaking("fr"):
        french = room_rules.warning(rule)
    with words.speaking("en"):
        english = room_rules.warning(rule)
    assert len({rule, french, english}) == 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_field_is_called_by_its_name_and_never_by_its_key(language: words.Language) -> None:
    keys = {column.key for columns in LISTS.values() for column in columns} | {"password", "town"}
    with words.speaking(language):
        assert [key for key in keys if field_labels.label(key) == key] == []
