"""Every French text of the program with where it stands: sentences, lists, rules, figures, help cards, guide."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from shelter_desk.domain.resources import folder

COLUMNS = ("label_fr", "definition_fr")
LISTS = ("codes/*.csv", "rules/red_flags.csv", "report/figures.csv")
PROSE = ("help/fr/*.md", "guide/fr/*.md")


@cache
def sentences() -> dict[str, str]:
    """The texts of the catalogue: where it stands (the English) and the French."""
    found: dict[str, str] = {}
    with (folder("translations") / "fr.po").open("rb") as file:
        for message in read_po(file, locale="fr"):
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            told = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found |= {
                (a if a not in found else f"{a} (n)"): b
                for a, b in zip(map(str, ids), map(str, told), strict=True)
                if a
            }
    return found


@cache
def labels() -> dict[str, str]:
    """The labels of lists, rules and figures: `list/code` and the French."""
    return dict(_labels())


def _labels() -> Iterator[tuple[str, str]]:
    for pattern in LISTS:
        for path in sorted(Path(folder("resources")).glob(pattern)):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    key = next(iter(row.values()))
                    yield from ((f"{path.stem}/{key} {one}", row[one]) for one in COLUMNS if row.get(one))


@cache
def prose() -> dict[str, str]:
    """The lines of help and guide, without links and what is typed as it stands."""
    return {
        f"{path.parent.parent.name}/{path.name}:{at}": re.sub(r"`[^`]*`", "X", re.sub(r"\]\([^)]*\)", "]", line))
        for pattern in PROSE
        for path in sorted(Path(folder("resources")).glob(pattern))
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    }


def every() -> dict[str, str]:
    """All of them."""
    return sentences() | labels() | prose()
