"""The help cards: both languages, short, French typography."""

import re
from collections.abc import Iterator

import pytest

from shelter_desk import words
from shelter_desk.domain.resources import folder
from shelter_desk.words.help import explanation, topics

MOST = 1600  # characters: a card is read standing
CASES = [(topic, language) for topic in topics() for language in ("fr", "en")]


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Iterator[str]:
    topic, language = request.param
    with words.speaking(language):
        yield f"{explanation(topic).title}\n{explanation(topic).text}"


def test_the_terms_that_the_field_confuses_have_a_card() -> None:
    asked = {"traite_trafic", "separe_non_accompagne", "consentement", "nuitee", "acte_moyen_but", "cadre_de_reference"}
    assert asked <= set(topics())


def test_both_languages_have_the_same_cards() -> None:
    names = [{path.stem for path in (folder("resources") / "help" / one).iterdir()} for one in ("fr", "en")]
    assert names[0] == names[1] == set(topics())


@pytest.mark.parametrize("told", CASES, indirect=True, ids="-".join)
def test_a_card_has_a_title_and_is_short(told: str) -> None:
    title, text = told.split("\n", 1)
    assert 5 < len(title) < 60
    assert 100 < len(text) < MOST


@pytest.mark.parametrize("told", [case for case in CASES if case[1] == "fr"], indirect=True, ids=lambda case: case[0])
def test_french_cards_have_french_spaces_and_apostrophes(told: str) -> None:
    assert not re.search(r"'| [;:?!%»]|« ", told)


@pytest.mark.parametrize("told", CASES, indirect=True, ids="-".join)
def test_no_card_shouts_or_asks_politely(told: str) -> None:
    assert not re.search(r"!|veuillez|please", told, re.IGNORECASE)
