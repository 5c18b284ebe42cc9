"""Short cards that explain a term where the question is asked; written for this program, one file a language."""

from dataclasses import dataclass
from functools import cache

from shelter_desk import words
from shelter_desk.domain.resources import folder


@dataclass(frozen=True, slots=True)
class Explanation:
    """A card: its title, and its text in Markdown."""

    topic: str
    title: str
    text: str


@cache
def topics() -> tuple[str, ...]:
    """Every topic, by the name of its file."""
    return tuple(sorted(path.stem for path in (folder("resources") / "help" / "fr").glob("*.md")))


def explanation(topic: str) -> Explanation:
    """The card of a topic in the language spoken. Raises FileNotFoundError where there is none."""
    return _read(topic, words.language())


@cache
def _read(topic: str, language: str) -> Explanation:
    path = folder("resources") / "help" / language / f"{topic}.md"
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Explanation(topic, title.removeprefix("# "), text.strip())
