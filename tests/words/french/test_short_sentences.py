"""Sentences are short: most within twelve words, none beyond twenty; the measured shares may only get better."""

import re

from tests.words.french.every_text import prose, sentences

LIMIT, USUAL = 20, 12  # words
LONGER = 0.02  # share of the sentences of the screen beyond the usual length
SEMICOLONS = 36  # texts of the screen that still join two sentences


def parts(text: str) -> list[str]:
    """What is read in one breath: up to a full stop, a colon or a semicolon."""
    filled = re.sub(r"\{\w+\}", "X", re.sub(r"(?<=\w)\.(?=\w)", "", text)).replace("\u00a0", " ")
    return re.split(r"(?<=[.?…;:])\s+|\s[;:]\s|\n", filled)


def length(sentence: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())


def test_no_sentence_of_the_screen_is_long() -> None:
    found = {text: length(one) for text in sentences().values() for one in parts(text)}
    assert {text: n for text, n in found.items() if n > LIMIT} == {}


def test_most_sentences_are_as_short_as_a_guard_reads_them() -> None:
    lengths = [length(one) for text in sentences().values() for one in parts(text)]
    assert sum(n > USUAL for n in lengths) / len(lengths) < LONGER


def test_two_sentences_rather_than_a_semicolon() -> None:
    assert sum("\u00a0; " in text for text in sentences().values()) <= SEMICOLONS


def test_no_sentence_of_help_and_guide_is_long() -> None:
    found = {at: length(one) for at, line in prose().items() for one in parts(line)}
    assert {at: n for at, n in found.items() if n > LIMIT + 2} == {}
