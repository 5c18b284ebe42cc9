"""Search as one types over the names of ten years, against LIKE over a folded column."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from string import ascii_lowercase

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.names import plain_words
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.storage.residents import residents as stored_residents
from tests.benchmarks import shelter
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds

PERSONS, MUST_FIND, FIRST = 100, 98, 20


def names_of(desk: Desk) -> Mapping[PersonId, Names]:
    """Everybody's names, unsealed."""
    assert desk.sealer is not None
    with desk.reading() as connection:
        return stored_residents.names(connection, desk.sealer)


def mistyped(rng: Random, text: str) -> str:
    """One error of a hurried hand: a letter replaced, left out, doubled, or two changed about."""
    place = rng.choice([at for at, letter in enumerate(text) if letter.isalpha()])
    before, letter, after = text[:place], text[place], text[place + 1 :]
    error = rng.choice(("replaced", "left out", "doubled", "changed about"))
    if error == "replaced":
        return before + rng.choice(ascii_lowercase) + after
    if error == "left out":
        return before + after
    if error == "doubled" or not after[:1].isalpha():
        return before + letter + letter + after
    return before + after[0] + letter + after[1:]


def asked(desk: Desk) -> list[tuple[str, set[PersonId]]]:
    """What is typed for persons drawn at random, and who has exactly the name that was meant."""
    rng = Random(shelter.SEED)
    names = names_of(desk)
    drawn = rng.sample([name for name in names.values() if name.last_name and name.first_name], PERSONS)
    having: dict[tuple[str, str], set[PersonId]] = {}
    for person, name in names.items():
        having.setdefault((name.last_name, name.first_name), set()).add(person)
    return [
        (mistyped(rng, f"{name.last_name} {name.first_name}"), having[name.last_name, name.first_name])
        for name in drawn
    ]


def found(desk: Desk) -> int:
    """How many of them are among the first found."""
    return sum(bool(meant & set(residents.search(desk, typed, FIRST))) for typed, meant in asked(desk))


def folded(text: str) -> str:
    """As it stands in the column that LIKE looks through."""
    return " ".join(plain_words(text))


@contextmanager
def typed_with_an_error() -> Iterator[Pair]:
    """Ten of what is typed, one after the other; times are of one."""
    with shelter.opened() as desk:
        plain = sqlite3.connect(":memory:")
        plain.execute("CREATE TABLE folded (person INTEGER PRIMARY KEY, name TEXT)")
        rows = [
            (key, folded(f"{name.last_name} {name.first_name} {name.alias}")) for key, name in names_of(desk).items()
        ]
        plain.executemany("INSERT INTO folded VALUES (?, ?)", rows)
        ten = [typed for typed, _ in asked(desk)][:10]
        count = found(desk)

        def searched() -> None:
            for typed in ten:
                residents.search(desk, typed, FIRST)

        def liked() -> None:
            for typed in ten:
                plain.execute("SELECT person FROM folded WHERE name LIKE ?", (f"%{folded(typed)}%",)).fetchall()

        numerator, yardstick = milliseconds(searched), milliseconds(liked)
        limit = Limit(f"{count} of {PERSONS} found in the first {FIRST}, {len(rows)} names", count >= MUST_FIND)
        yield Pair(lambda: numerator() / len(ten), lambda: yardstick() / len(ten), limits=lambda *_: [limit])
        plain.close()


def subjects() -> list[Subject]:
    """The one there is."""
    like = "LIKE '%q%' over a folded column, SQLite in memory"
    return [Subject("search", "a name with one typing error, ten years", like, typed_with_an_error, 4, 2)]
