"""The guide: whole in both languages, in the words of the screen, said once."""

import difflib
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import shelter_desk.ui
from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.resources import folder
from shelter_desk.domain.rights import Role
from shelter_desk.words import guide
from shelter_desk.words import help as cards

CASES = [(key, language) for key in guide.chapter_keys() for language in ("fr", "en")]
FRENCH = guide.chapter_keys()
LABEL = re.compile(r"\*\*(.+?)\*\*|«\s*(.+?)\s*»|“(.+?)”")
FEWEST = 12  # letters of a text with places to fill that is compared as a pattern: a shorter one fits anything
RULE_NUMBERS = re.compile(r"\b(?:[RSAICM]-\d{2}|T\d{1,2})\b")
ENGLISH = re.compile(r"\b(the|and|of|with|your|choose|open|backup|bed|press)\b", re.IGNORECASE)


def written(key: str, language: str) -> str:
    return (guide.place() / language / f"{key}.md").read_text(encoding="utf-8")


def plainly(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("&", "").split())


@cache
def said(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the program says in that language: texts as they are, and those with something to fill in."""
    with (folder("translations") / "fr.po").open("rb") as file:
        both = [(message.id, message.string) for message in read_po(file, locale="fr") if message.id]
    every = [one[language == "fr"] for one in both]
    texts = {plainly(one) for told in every for one in ([told] if isinstance(told, str) else told or ())}
    texts |= {plainly(one.label(language)) for columns in LISTS.values() for one in columns}
    lists = [path.stem for path in (folder("resources") / "codes").glob("*.csv")]
    with words.speaking("en" if language == "en" else "fr"):
        texts |= {plainly(words.label(name, one.code)) for name in lists for one in codes.codes(name)}
        texts |= {plainly(cards.explanation(topic).title) for topic in cards.topics()}
    patterns = (
        re.compile("".join(".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", one)))
        for one in texts
        if "{" in one and len(re.sub(r"\{\w+\}|\W", "", one)) >= FEWEST
    )
    return frozenset(texts), tuple(patterns)


def is_said(label: str, language: str) -> bool:
    texts, patterns = said(language)
    plain = plainly(label)
    return bool({plain, plain.removesuffix("."), f"{plain}."} & texts) or any(one.fullmatch(plain) for one in patterns)


def test_the_list_names_every_chapter_of_both_languages() -> None:
    assert len(set(guide.chapter_keys())) == len(guide.chapter_keys()) > 15
    for language in ("fr", "en"):
        assert {path.stem for path in (guide.place() / language).iterdir()} == set(guide.chapter_keys())


@pytest.mark.parametrize(("key", "language"), CASES)
def test_every_label_of_the_guide_is_one_of_the_screen(key: str, language: str) -> None:
    labels = {next(filter(None, found)) for found in LABEL.findall(written(key, language))}
    unknown = {one for one in labels if not is_said(one, language)}
    near = {one: difflib.get_close_matches(plainly(one), said(language)[0], 2) for one in unknown}
    assert near == {}


def test_a_label_that_no_screen_has_is_noticed() -> None:
    assert is_said("Enregistrer l’absence", "fr")
    assert is_said("Importer 12 lignes", "fr")
    assert not is_said("Sauver l’absence", "fr")
    assert not is_said("Save the absence now", "en")


@pytest.mark.parametrize("key", FRENCH)
def test_a_french_chapter_is_french_and_has_no_number_of_a_rule(key: str) -> None:
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "", written(key, "fr"))
    assert ENGLISH.findall(text) == []
    assert RULE_NUMBERS.findall(text) == []
    assert not re.search(r"'| [;:?!%»]|« |!(?!\[)|veuillez|\(e\)", text, re.IGNORECASE)


@pytest.mark.parametrize(("key", "language"), CASES)
def test_sentences_are_short(key: str, language: str) -> None:
    lines = [guide.plain(line) for line in written(key, language).splitlines()]
    sentences = [one for line in lines for one in re.split(r"(?<=[.?:;])\s+", line)]
    assert [one for one in sentences if len(one.split()) > 22] == []


@pytest.mark.parametrize(("key", "language"), CASES)
def test_steps_are_numbered_from_one_without_a_gap(key: str, language: str) -> None:
    for section in re.split(r"^## ", written(key, language), flags=re.MULTILINE):
        numbers = [int(one) for one in re.findall(r"^(\d+)\. ", section, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1)), section[:60]


def test_both_languages_have_the_same_steps_pictures_and_links() -> None:
    shape = re.compile(r"^(## |\d+\. |- )|(\([^)]*\.(?:png|md)\))", re.MULTILINE)
    for key in guide.chapter_keys():
        kinds = [[a or b.replace("/en/", "/fr/") for a, b in shape.findall(written(key, one))] for one in ("fr", "en")]
        assert kinds[0] == kinds[1], key


@pytest.mark.parametrize(("key", "language"), CASES)
def test_every_link_leads_to_a_file(key: str, language: str) -> None:
    for path in re.findall(r"\]\(([^)]+)\)", written(key, language)):
        assert (guide.place() / language / path).is_file(), path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_and_the_cards_do_not_say_the_same_thing_twice(language: str) -> None:
    def sentences(text: str) -> set[str]:
        return {one for one in re.split(r"(?<=[.:;])\s+", guide.plain(text)) if len(one) > 40}

    with words.speaking("en" if language == "en" else "fr"):
        carded = {one for topic in cards.topics() for one in sentences(cards.explanation(topic).text)}
    assert [one for key in guide.chapter_keys() for one in sentences(written(key, language)) if one in carded] == []


def test_every_page_and_form_of_the_window_has_a_chapter() -> None:
    """Rooms without a word of their own are parts of others."""
    shared = {"widgets", "forms"}
    ui = Path(shelter_desk.ui.__path__[0])
    rooms = {path.relative_to(ui).with_suffix("").as_posix().replace("/", ".") for path in ui.rglob("*.py")}
    asked = {one for one in rooms if "." in one and one.split(".")[0] not in shared | {"guide"}}
    assert {one for one in asked if guide.of_room(one) is None} == set()
    assert guide.of_room("stock.counts_part") == "inventaire"
    assert guide.of_room("stock.slip_form") == "stock"
    assert guide.of_room("stocktaking") is None


def test_every_room_that_the_list_names_is_there() -> None:
    ui = Path(shelter_desk.ui.__path__[0])
    named = {room for one in guide.places() for room in one.rooms}
    files = {room: ui / room.replace(".", "/") for room in named}
    assert {room for room, path in files.items() if not path.is_dir() and not path.with_suffix(".py").exists()} == set()


def test_a_search_finds_passages_and_terms_whatever_the_accents() -> None:
    with words.speaking("fr"):
        found = guide.search("mot de passe oublie")
        assert {"problemes.md", "comptes.md"} <= {one.path for one in found}
        assert any("oublié" in one.heading for one in found)
        assert guide.search("nuitee")[0].path == "../../help/fr/nuitee.md"
        assert guide.search("  ") == []
        assert guide.search("xylophone") == []


def test_each_role_of_the_house_has_a_booklet_of_its_own() -> None:
    has = {role: [one.key for one in guide.booklet(role)] for role in Role if role is not Role.AUDITOR}
    assert has[Role.RECEPTION] == ["nuit"]
    assert "stock" in has[Role.STOREKEEPER]
    assert "mois" in has[Role.DIRECTOR]
    assert "entretien" in has[Role.CASE_WORKER]


def test_the_contents_among_the_documents_are_those_of_the_guide() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "README.md").read_text(encoding="utf-8")
    for language in ("fr", "en"):
        with words.speaking("en" if language == "en" else "fr"):
            for number, key in enumerate(guide.chapter_keys(), 1):
                line = f"{number}. [{guide.chapter(key).title}](../../resources/guide/{language}/{key}.md)"
                assert line in told.splitlines()


def test_chapters_are_folded_once_and_not_at_each_search(monkeypatch: pytest.MonkeyPatch) -> None:
    with words.speaking("fr"):
        before = guide.search("sauvegarde")
        asked: list[str] = []

        def fold(text: str) -> str:
            asked.append(text)
            return codes.folded(text)

        monkeypatch.setattr(guide, "folded", fold)
        assert guide.search("sauvegarde") == before != []
    assert asked == ["sauvegarde"]


def test_words_are_looked_for_one_by_one_and_shown_where_they_stand() -> None:
    with words.speaking("fr"):
        apart = guide.search("clé sauvegarde")
        assert {one.path for one in apart} == {one.path for one in guide.search("sauvegarde clé")} != set()
        row = guide.search("mot de passe oublié")
        assert "mot de passe" in f"{row[0].title} {row[0].heading} {row[0].passage}".casefold()
        shown = [one for one in guide.search("matelas") if "matelas" not in one.heading.casefold()]
        assert shown
        assert all("matelas" in one.passage.casefold() for one in shown)
