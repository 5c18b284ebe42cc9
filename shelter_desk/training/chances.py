"""What chance chooses from in an invented shelter: words, each with its weight."""

from random import Random

Choice = tuple[tuple[str, ...], tuple[int, ...]]  # the words, and the weight of each


def weighted(text: str) -> Choice:
    """The words of `police 20, justice 8`, and their weights."""
    words, weights = zip(*(one.split() for one in text.split(", ")), strict=True)
    return words, tuple(map(int, weights))


def pick(rng: Random, choice: Choice) -> str:
    """One of the words, by its weight."""
    return rng.choices(*choice)[0]
