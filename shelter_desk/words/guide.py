"""The guide: chapters in Markdown, one file a language, read by the window, the booklets and `docs/guide` alike."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.resources import folder
from shelter_desk.domain.rights import Role
from shelter_desk.words import help as cards

MOST_FOUND = 30
SHOWN = 90  # characters of a passage beside what was looked for
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[\]]|^\|[\s|:-]+\|$|\||^#+ |^- |^\d+\. ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChapterPlace:
    """What the list says of a chapter. booklets: the roles whose booklet has it; rooms: what of the window it is of."""

    key: str
    booklets: tuple[Role, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A part of a chapter under its own heading; the first one has none. text: Markdown without the heading."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title, and all of its text in Markdown but the title."""

    key: str
    title: str
    text: str

    def sections(self) -> tuple[ChapterPart, ...]:
        """Its parts, in order."""
        first, *others = re.split(r"^## ", self.text, flags=re.MULTILINE)
        parted = (other.partition("\n") for other in others)
        return (ChapterPart("", first.strip()), *(ChapterPart(head.strip(), body.strip()) for head, _, body in parted))


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Where the words looked for stand. path: of a chapter or a card, as a link in a chapter says it."""

    path: str
    title: str
    heading: str
    passage: str


def place() -> Path:
    """The folder of the guide."""
    return folder("resources") / "guide"


@cache
def places() -> tuple[ChapterPlace, ...]:
    """Every chapter, in the order in which they are read."""
    with (place() / "chapters.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            ChapterPlace(row["chapter"], tuple(map(Role, row["booklets"].split())), tuple(row["rooms"].split()))
            for row in csv.DictReader(file)
        )


def chapter_keys() -> tuple[str, ...]:
    """The keys of all chapters, in order."""
    return tuple(one.key for one in places())


def chapter(key: str) -> Chapter:
    """That chapter in the language spoken. Raises FileNotFoundError where there is none."""
    return _read(key, words.language())


@cache
def _read(key: str, language: str) -> Chapter:
    title, _, text = (place() / language / f"{key}.md").read_text(encoding="utf-8").partition("\n")
    return Chapter(key, title.removeprefix("# "), text.strip())


def at_the_door(told: Chapter) -> str:
    """What of a chapter is for who has not opened yet: how to, and what to do when it fails, with links to nothing.

    How somebody at the desk hides the screen is not.
    """
    first, *sections = told.sections()
    kept = (sections[0], sections[-1]) if sections else ()
    text = "\n\n".join((first.text, *(f"## {one.heading}\n{one.text}" for one in kept)))
    return _LINK.sub(r"\1", text)


def booklet(role: Role) -> tuple[Chapter, ...]:
    """What somebody of that role has on paper."""
    return tuple(chapter(one.key) for one in places() if role in one.booklets)


def of_room(room: str) -> str | None:
    """The chapter of a module of the window, `stock.slip_form`; the longest name that fits decides."""
    fitting = [
        (len(name), one.key) for one in places() for name in one.rooms if room == name or room.startswith(f"{name}.")
    ]
    return max(fitting)[1] if fitting else None


def plain(text: str) -> str:
    """The text without the marks of Markdown, on one line."""
    return " ".join(_MARKS.sub("", text).split())


def search(typed: str) -> list[FoundPassage]:
    """Parts of chapters and cards that have all these words: first those whose title has them, then those in a row."""
    wanted = _folded_words(typed)
    if not wanted:
        return []
    together = " ".join(wanted)
    found = [one for one in _passages(words.language()) if all(word in one.head or word in one.body for word in wanted)]
    found.sort(key=lambda one: (not all(word in one.head for word in wanted), together not in one.body))
    return [_cut(one, wanted) for one in found[:MOST_FOUND]]


class _Folded(NamedTuple):
    """A passage, with its title and heading, and itself, as they are compared: folded once, not at each search."""

    passage: FoundPassage
    head: str
    body: str
    starts: tuple[int, ...]  # where each word of the body stands in the passage


def load() -> None:
    """Read everything that is searched, in the language that is spoken; takes 50 ms."""
    _passages(words.language())


@cache
def _passages(_language: str) -> tuple[_Folded, ...]:
    """Those of the language that is spoken."""
    return tuple(map(_folded, _all_passages()))


def _folded(one: FoundPassage) -> _Folded:
    told = [(word, at.start()) for at in re.finditer(r"\S+", one.passage) if (word := folded(at[0]))]
    head = " ".join(_folded_words(f"{one.title} {one.heading}"))
    return _Folded(one, head, " ".join(word for word, _ in told), tuple(at for _, at in told))


def _folded_words(text: str) -> list[str]:
    return [word for part in text.split() if (word := folded(part))]


def _all_passages() -> Iterator[FoundPassage]:
    for key in chapter_keys():
        told = chapter(key)
        for part in told.sections():
            yield FoundPassage(f"{key}.md", told.title, part.heading, plain(part.text))
    for topic in cards.topics():
        card = cards.explanation(topic)
        yield FoundPassage(card_path(topic), card.title, "", plain(card.text))


def card_path(topic: str) -> str:
    """How a chapter links to the card of a term; the same path leads there among the files."""
    return f"../../help/{words.language()}/{topic}.md"


def _cut(found: _Folded, wanted: Sequence[str]) -> FoundPassage:
    """With as much of the passage as a line shows, around the first word."""
    one = found.passage
    first = min((place for word in wanted if (place := found.body.find(word)) >= 0), default=0)
    at = found.starts[found.body.count(" ", 0, first)] if found.starts else 0
    start = one.passage.rfind(" ", 0, max(0, at - SHOWN // 3)) + 1 if at > SHOWN // 3 else 0
    shown = one.passage[start : start + SHOWN]
    if start + SHOWN < len(one.passage):
        shown = f"{shown.rsplit(' ', 1)[0]}…"
    return FoundPassage(one.path, one.title, one.heading, f"…{shown}" if start else shown)
