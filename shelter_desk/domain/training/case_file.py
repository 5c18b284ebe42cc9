"""The case files of an invented shelter, and what else its house kept: subject by subject, in a fixed order.

A subject is a module with a function that writes into a `Book`; one more is a line here.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from shelter_desk.domain.training import (
    admitting,
    agreeing,
    asking,
    children,
    dining,
    gathering,
    incidents,
    interviewing,
    nights,
    noting,
    parting,
    planning,
    reaching,
    returning,
    weighing,
)
from shelter_desk.domain.training.facts import Book, Fact, number, refer
from shelter_desk.domain.training.registers import Invented

EAS_CHANNEL = "Ligne d’écoute affichée dans le couloir (exercice)"
SUBJECTS: Mapping[str, Callable[[Book], None]] = MappingProxyType(
    {
        "admitting": admitting.write,
        "agreeing": agreeing.write,
        "interviewing": interviewing.write,
        "weighing": weighing.write,
        "planning": planning.write,
        "children": children.write,
        "parting": parting.write,
        "noting": noting.write,
        "gathering": gathering.write,
        "dining": dining.write,
        "incidents": incidents.write,
        "nights": nights.write,
        "reaching": reaching.write,
        "asking": asking.write,
        "returning": returning.write,
    }
)


def facts(house: Invented) -> list[Fact]:
    """Everything beside the registers, numbered in order of time; nothing of it is dated after yesterday evening."""
    found: list[Fact] = []
    for subject, write in SUBJECTS.items():
        book = Book(subject, house)
        write(book)
        found += book.facts
    number(found, Counter(str(row["service_on"].year) for row in house.services))
    return list(refer(found))


def settings(house: Invented) -> Mapping[str, str]:
    """What the shelter said of its house: taps for twenty persons less than it holds, and where a complaint goes."""
    toilets, showers = (2, 1) if house.profile == "bamako" else (3, 2)
    return {"toilets": str(toilets), "showers": str(showers), "eas_channel": EAS_CHANNEL}
