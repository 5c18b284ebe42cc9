"""Names of the region, brought to one spelling: Coulibaly and Kulubali, Aïssata and Aissatou are near each other."""

import re
import unicodedata

_APART = re.compile(r"[^a-z]+")
_PARTICLES = frozenset({"ag", "walet", "oulet", "ould", "mint", "ben", "bint", "el", "al", "de", "dit", "dite"})
# longest first; each writes one sound one way
_SOUNDS = (
    ("tch", "c"),
    ("eaux", "o"),
    ("eau", "o"),
    ("dio", "jo"),
    ("dia", "ja"),
    ("die", "je"),
    ("gui", "gi"),
    ("gue", "ge"),
    ("qu", "k"),
    ("ck", "k"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "s"),
    ("dj", "j"),
    ("ou", "u"),
    ("oo", "u"),
    ("au", "o"),
    ("ai", "e"),
    ("ei", "e"),
    ("w", "u"),
    ("y", "i"),
    ("q", "k"),
    ("z", "s"),
    ("v", "f"),
    ("x", "s"),
)
_DOUBLED = re.compile(r"(.)\1+")
_HARD_C = re.compile(r"c(?=[aouklrt]|$)")
_SOFT_C = re.compile(r"c(?=[ei])")


def plain_words(text: str) -> list[str]:
    """The words without accents, case, hyphens and apostrophes."""
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [word for word in _APART.split(bare.casefold()) if word]


def sound(word: str) -> str:
    """One spelling for the sounds of a plain word; never empty for a word that is not."""
    heard = _SOFT_C.sub("s", _HARD_C.sub("k", word))
    for written, said in _SOUNDS:
        heard = heard.replace(written, said)
    heard = _DOUBLED.sub(r"\1", heard)
    heard = heard[0] + heard[1:].replace("h", "") if heard else heard
    return heard.rstrip("e") or heard or word


def name_words(text: str) -> list[str]:
    """The plain words of a name, particles left out where something else remains."""
    return without_particles(plain_words(text))


def without_particles(words: list[str]) -> list[str]:
    """Those of plain words that are none, or all of them where nothing else remains."""
    return [word for word in words if word not in _PARTICLES] or words


def sounds(text: str) -> list[str]:
    """The words of a name as they sound, particles left out where something else remains."""
    return [sound(word) for word in name_words(text)]
