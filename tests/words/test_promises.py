"""Nothing that people read promises what the program does not do."""

import re
from pathlib import Path

import pytest

from tests.words.test_two_readings import every_text

NOT_THERE = {
    "sending": r"envoi est bloqué|sending is blocked|par e-mail|by e-mail",
    "updates by itself": r"se met à jour|updates itself|téléchargez|[Dd]ownload",
    "synchronising": r"synchronis|serveur|\bcloud\b|dans le nuage",
    "erasing by itself": r"s’effacent (seuls|après)",
    "a second language of reports in the window": r"in the other language|dans l’autre langue",
    "protected exports": r"(classeur|export|fichier) (est )?(protégé|chiffré) par (un )?mot de passe",
}


@pytest.mark.parametrize("what", NOT_THERE)
def test_no_text_promises_it(what: str) -> None:
    found = [text for text in every_text() if re.search(NOT_THERE[what], text)]
    assert found == []


def test_the_readme_says_that_somebody_erases() -> None:
    readme = Path(__file__).resolve().parents[2] / "README.md"
    assert "rien ne part tout seul" in readme.read_text(encoding="utf-8")
