"""Sentences about danger, children and what is destroyed allow one reading only, wherever they stand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from shelter_desk.domain.resources import folder

ROOT = Path(__file__).resolve().parents[2]
TWO_READINGS = {
    "never alone may be who refers": r"jamais seul\(e\)|never alone",
    "an author may be the perpetrator": (
        r"\bauteurs?\b(?! possible| présumé| de violences)|author stays|author of the incident"
    ),
    "a post may be one of police": r"\bau poste\b|at the desk",
    "a severity may be a child": r"^mineur,Mineur,",
    "upkeep may be an interview": r"Entretien (à faire|tous les)|Lit et entretien|Looked after every|be looked after",
    "emptying a form may be destroying": r"^Effacer$",
    "no roll call may be no appeal": r"Sans appel\b|Appel manquant|Pointage manquant",
    "an exit has no length": r"Durée moyenne des sorties",
    "above all not what": r"^Surtout pas$|surtout pas|^On no account$",
    "a keyring may be of keys": r"trousseau|[Nn]o keyring|^keyring",
}


def every_text() -> Iterator[str]:
    with (ROOT / "translations" / "fr.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                for side in (message.id, message.string):
                    yield from side if isinstance(side, tuple | list) else (str(side),)
    for path in folder("resources").rglob("*"):
        if path.suffix in {".csv", ".md"}:
            yield from path.read_text(encoding="utf-8").splitlines()
    yield from (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("why", TWO_READINGS)
def test_no_text_has_two_readings(why: str) -> None:
    assert [text for text in every_text() if re.search(TWO_READINGS[why], text)] == []


def test_who_may_take_their_life_is_not_left_alone() -> None:
    assert any("Ne laissez pas la personne seule, référez maintenant." in text for text in every_text())
