"""How many families there is room for tonight, in a sentence, with their beds and who would move."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.packing import InfantsAlone, Packed
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.words.refusals.errors import Sentences


def answer(found: Packed, persons: int) -> str:
    """The sentence. persons: of one family."""
    of = words.count("{n} person", "{n} persons", persons)
    if found.without >= found.asked:
        told = words.text("Families of {persons} tonight: room for {asked} of {asked}, with nobody moved.")
        return told.format(persons=of, asked=found.asked)
    if found.moved:
        told = words.text(
            "Families of {persons} tonight: {without} of {asked} with nobody moved, {housed} with {moved}."
        )
        moved = words.count("{n} person moved", "{n} persons moved", found.persons_moved)
        housed = len(found.housed)
        return told.format(persons=of, without=found.without, asked=found.asked, housed=housed, moved=moved)
    told = words.text("Families of {persons} tonight: room for {without} of {asked}. A few moves make no more room.")
    return told.format(persons=of, without=found.without, asked=found.asked)


def in_all(found: Packed) -> str:
    """How many more there would be room for; "" where no more."""
    if found.without <= found.asked:
        return ""
    return words.text("In all there would be room for {n}.").format(n=found.without)


def moves(found: Packed, beds: Mapping[BedId, Bed]) -> Iterator[str]:
    """Who would have to move, from which bed to which."""
    for one in found.moved:
        codes = ", ".join(who.code for who in one.group.members)
        told = words.text("{codes}: from bed {left} to bed {to}")
        yield told.format(codes=codes, left=_codes(one.group.beds, beds), to=_codes(one.beds, beds))


def places(
    found: Packed, rooms: Mapping[RoomId, Room], beds: Mapping[BedId, Bed], short: Callable[[str], str]
) -> Iterator[str]:
    """The room and the beds of each family, with what only warns. short: a rule in two words."""
    for one in found.housed:
        told = words.text("Room {room}: {beds}").format(room=rooms[one.room].code, beds=_codes(one.beds, beds))
        yield " · ".join([told, *map(short, one.warns)])


def _codes(keys: Iterable[BedId], beds: Mapping[BedId, Bed]) -> str:
    return ", ".join(beds[key].code for key in keys)


def labels() -> dict[str, str]:
    """Fields that a refusal names."""
    return {"women": words.text("Women"), "households": words.text("Number of families")}


SENTENCES: Sentences = {
    InfantsAlone: lambda _: words.text(
        "An infant shares the bed of an adult who comes along. Correct the number of infants."
    ),
}
