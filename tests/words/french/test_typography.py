"""French signs and spaces: in every sentence, label, card and chapter."""

import re

import pytest

from tests.words.french.every_text import every, labels, sentences

NBSP, NARROW = "\u00a0", "\u202f"
UNITS = "XOF|Mo|Ko|m²|L/h|kcal|km|kWh|kVA"
WRONG = {
    "a plain space before a high sign": r" [:;?!%»]",
    "a narrow space before a high sign": rf"{NARROW}[:;?!%»]",
    "no unbreakable space within guillemets": r"«(?!\u00a0)|(?<!\u00a0)»",
    "a narrow space that parts no thousands": rf"{NARROW}(?!\d{{3}})|(?<!\d){NARROW}",
    "a typewriter apostrophe": r"(?<=\w)'(?=\w)",
    "typewriter quotes": r'"',
    "three points": r"\.\.\.",
    "two spaces": r"(?<=\S)  ",
    "a number that parts from its unit": rf"(?:\d|\}}) (?:{UNITS})\b",
    "a number that parts from its sign": r"n° \{",
    "an exclamation mark": r"!(?!\[)",
    "a bar for “or”": r"(?<=[^\W\d]) / (?=[^\W\d])",
    "the first of the month in letters": r"premier (?:janvier|mars)",
    "a polite formula": r"[Vv]euillez|[Ss]’il vous plaît",
}
PASTED = "typewriter quotes"  # of pictures and tables of the guide


@pytest.mark.parametrize("why", WRONG)
def test_signs_and_spaces_are_french(why: str) -> None:
    told = sentences() | labels() if why == PASTED else every()
    assert len(told) > 5000
    assert {at: text for at, text in told.items() if re.search(WRONG[why], text)} == {}


def test_what_is_wrong_is_noticed() -> None:
    wrong = {
        "a plain space before a high sign": "Lit :",
        "a narrow space before a high sign": f"Lit{NARROW}:",
        "no unbreakable space within guillemets": "« Lits »",
        "a narrow space that parts no thousands": f"Lit{NARROW}3",
        "a number that parts from its unit": "{n} XOF",
        "a bar for “or”": "Casse / avarie",
    }
    assert [why for why, text in wrong.items() if not re.search(WRONG[why], text)] == []
    assert not re.search(WRONG["a narrow space that parts no thousands"], f"2{NARROW}100{NBSP}kcal")
