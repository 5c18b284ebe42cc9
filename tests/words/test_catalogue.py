"""The catalogue says what the library for such files says, for every sentence in it and for those that are not."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from shelter_desk import words
from shelter_desk.domain.resources import folder
from shelter_desk.words import Catalogue

FRENCH = folder("translations") / "fr"


@pytest.fixture(scope="module", name="ours")
def _ours() -> Catalogue:
    return Catalogue(mo().read_bytes())


@pytest.fixture(scope="module", name="library")
def _library() -> gettext.GNUTranslations:
    with mo().open("rb") as file:
        return gettext.GNUTranslations(file)


def mo() -> Path:
    return FRENCH / "LC_MESSAGES" / "shelter_desk.mo"


def test_every_sentence_is_found(ours: Catalogue, library: gettext.GNUTranslations) -> None:
    with (folder("translations") / "fr.po").open("rb") as file:
        wanted = [message.id for message in read_po(file) if message.id]
    told = {one: ours.text(one) for one in wanted if isinstance(one, str)}
    assert len(told) > 1000
    assert told == {one: library.gettext(one) for one in told}
    counted = [(one[0], one[1], n) for one in wanted if not isinstance(one, str) for n in (0, 1, 2, 21)]
    assert counted
    assert [ours.plural(*one) for one in counted] == [library.ngettext(*one) for one in counted]


@pytest.mark.parametrize("unknown", ["No such sentence.", "a", "~", "Zz"])
def test_what_is_not_in_it_is_said_as_it_stands(ours: Catalogue, unknown: str) -> None:
    assert ours.text(unknown) == unknown
    assert [ours.plural("a fish", "fishes", n) for n in (0, 1, 2)] == ["a fish", "a fish", "fishes"]


def test_another_file_is_no_catalogue() -> None:
    with pytest.raises(ValueError, match="not a catalogue"):
        Catalogue(bytes(64))


@pytest.mark.parametrize(("language", "said"), [("fr", "24\u202f356 lignes"), ("en", "24,356 lines")])
def test_how_many_there_are_is_said_in_groups_of_three_digits(language: words.Language, said: str) -> None:
    with words.speaking(language):
        assert (words.count("{n} line", "{n} lines", 24356), words.count("{n} line", "{n} lines", 999)[:3]) == (
            said,
            "999",
        )
