"""Finds what is not French in what a French screen, sheet, paper or error shows."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from shelter_desk.domain import codes
from shelter_desk.domain.resources import folder

NAMES = re.compile(r"Shelter Desk|shelter-desk\S*|HTCDS 2\.0|CC BY(?: 4\.0)?|github\.com\S*|\S+@\S+|https?://\S+")
MEANS = (
    r"the and of with your this that these those which who whom whose from not are was were been being have has had"
    r" choose write open close save saved backup bed beds room rooms day days night nights week month year person"
    r" persons people name names nobody somebody nothing everything before after again here there where when why how"
    r" what until since because please cancel delete add new old next previous search found missing wrong file files"
    r" folder password stay stays shelter house child children family exit entry record sheet row rows column cell"
    r" count counted number given taken yes all any each every more less than under over only into onto about is it be"
    r" to by for at as if or but my our their his her its he she they we you do does done did will would can could"
    r" may might must shall should"
)
TOO_FRENCH = {"as", "or", "if", "at", "on", "by", "but"}
WORDS = re.compile(
    r"(?<![\w’'./_-])(?:" + "|".join(sorted(set(MEANS.split()) - TOO_FRENCH)) + r")(?![\w’'/_-]|\.\w)", re.IGNORECASE
)
ENOUGH = 2  # English words that make a text English: one alone may be a name
FEWEST = 12  # letters of a text with places to fill that is compared as a pattern: a shorter one fits anything
NUMBERS = re.compile(r"(?<![\w-])(?:[RSI]-\d{2})(?![\w-])|\((?:[^)]*, )?T\d{1,2}\)")
TAG = re.compile(r"<[^>]*>")


def plainly(text: str) -> str:
    """Without mark-up, mnemonics and kinds of space."""
    return " ".join(TAG.sub(" ", text).replace("\u00a0", " ").replace("\u202f", " ").replace("&", "").split())


def _sides() -> Iterable[tuple[str, str]]:
    with (Path(folder("translations")) / "fr.po").open("rb") as file:
        for message in read_po(file, locale="fr"):
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            told = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from ((plainly(str(a)), plainly(str(b))) for a, b in zip(ids, told, strict=True) if a)


def _labels() -> Iterable[str]:
    for path in sorted((Path(folder("resources")) / "codes").glob("*.csv")):
        yield from (one.label_fr for one in codes.codes(path.stem))


@cache
def sentences() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the program says in English and never in French: as it is, and with places to fill."""
    both = list(_sides())
    french = {one for _, one in both} | {plainly(label) for label in _labels()}
    english = {one for one, told in both if one != told} - french
    patterns = (
        re.compile("".join(".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", one)))
        for one in english
        if "{" in one and len(re.sub(r"\{\w+\}|\W", "", one)) >= FEWEST
    )
    return frozenset(one for one in english if "{" not in one), tuple(patterns)


def is_english(text: str) -> bool:
    """A sentence of the program in English, or a text with English words."""
    plain = plainly(NAMES.sub(" ", text))
    if plain in sentences()[0]:
        return True
    found = WORDS.findall(plain)
    return len(found) >= ENOUGH or bool(found and any(one.fullmatch(plain) for one in sentences()[1]))


def english_in(texts: Iterable[str]) -> list[str]:
    """What of the texts is English."""
    return sorted({one for one in texts if one and is_english(one)})


def not_french(texts: Iterable[str]) -> list[str]:
    """What of the texts is English, or gives the number of a rule or a control, as only the printed report may."""
    every = list(texts)
    return sorted({*english_in(every), *(one for one in every if NUMBERS.search(one))})
