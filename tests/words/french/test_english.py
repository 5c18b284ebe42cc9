"""What finds English finds it, and takes French for French."""

import pytest

from shelter_desk import words
from tests.words.french import english


@pytest.mark.parametrize(
    "text",
    [
        "Choose another bed.",
        "Save",
        "Bed F1-02 is taken by 7K3-QMX-E since 03/11/2026. Choose another bed.",
        "<b>The roll call</b> of the night",
        "Chambre 3: the last backup was not proven",
        "Un séjour trop long est signalé (R-14, T2).",
        "I-01",
    ],
)
def test_what_is_not_french_is_found(text: str) -> None:
    assert english.not_french([text]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Enregistrer",
        "Le lit F1-02 est pris par 7K3-QMX-E depuis le 03/11/2026. Choisissez un autre lit.",
        "Services",
        "Shelter Desk",
        "Colonnes et valeurs portent les noms de HTCDS 2.0, OIM, CC BY 4.0 (github.com/UNMigration/HTCDS).",
        "RT-2026-0001",
        "",
    ],
)
def test_what_is_french_is_not(text: str) -> None:
    assert english.not_french([text]) == []


def test_every_sentence_of_the_program_is_told_apart() -> None:
    known, patterns = english.sentences()
    assert (len(known) > 2000, len(patterns) > 500) == (True, True)
    with words.speaking("fr"):
        assert words.text("Choose another bed.") not in known
