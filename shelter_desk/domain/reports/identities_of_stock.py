"""I-18 to I-20, which prove the figures of the stock (field 4.4)."""

from collections.abc import Iterable, Iterator

from shelter_desk.domain.assistance import Service
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref, added
from shelter_desk.domain.reports.report import Identity
from shelter_desk.domain.reports.sides import Read, equal
from shelter_desk.domain.reports.stocked import KINDS, lowest, of_item
from shelter_desk.domain.stock.moves import ISSUES, TO_RESIDENT, Move
from shelter_desk.domain.stock.quantities import units


def identities_of_stock(facts: Facts, read: Read) -> tuple[Identity, ...]:
    """Each with a side that is summed another way than its figures; none where nothing is kept in store."""
    if not facts.store.items:
        return ()
    return (*_balances(facts, read), *_whole(facts), _slips(facts), *_services(facts))


def _balances(facts: Facts, read: Read) -> Iterator[Identity]:
    """I-18, item by item: its figures against the whole ledger up to the last day."""
    for item in facts.store.items:
        dims = of_item(item)
        parts = {
            key: [read.figures.get((key, (*dims, ("move_type", kind)))) for kind in kinds]
            for key, kinds in KINDS.items()
        }
        sums = {key: [one.value for one in found if one is not None] for key, found in parts.items()}
        left = added(
            [
                _number(read, "t11.opening", dims),
                *(_as_number(value) for value in sums["t11.in"]),
                *(-_as_number(value) for value in (*sums["t11.out"], *sums["t11.losses"])),
                _number(read, "t11.adjustments", dims),
            ]
        )
        uses: list[Ref] = [("t11.closing", dims)]
        right = units(facts.store.closing.get(item.id, 0))
        holds = left == right == _number(read, "t11.closing", dims)
        yield Identity("I-18", dims, left, right, holds, tuple(uses))


def _number(read: Read, key: str, dims: Dims) -> int | float:
    found = read.figures.get((key, dims))
    return _as_number(found.value) if found is not None else 0


def _as_number(value: object) -> int | float:
    return value if isinstance(value, int | float) else 0


def _whole(facts: Facts) -> Iterator[Identity]:
    """I-18 over all items: how many begin otherwise than the day before ended, and how many fell below zero."""
    differ = [
        item
        for item in facts.store.items
        if sum(facts.store.eve_lots.get(item.id, {}).values()) != facts.store.opening.get(item.id, 0)
    ]
    yield equal("I-18", (("by", "eve"),), len(differ), 0, [])
    yield equal("I-18", (("by", "day"),), sum(least < 0 for _, least in lowest(facts)), 0, [])


def _slips(facts: Facts) -> Identity:
    """I-19: lines of the slips, with what older registers brought without a slip, against the movements."""
    issued = [move for move in facts.store.moves if move.move_type in ISSUES]
    without = sum(move.amount for move in issued if move.voucher is None)
    lines = sum(line.amount for line in facts.store.slips)
    return equal("I-19", TOTAL, units(lines + without), units(sum(move.amount for move in issued)), [])


def _services(facts: Facts) -> Iterator[Identity]:
    """I-20: each article given to a resident as a service has it in the log, of that day and person.

    What it stood for is said on the movement: the catalogue of today does not judge the past. Of movements of
    registers, which say nothing, it is told how many have no such service; and how many services of those kinds were
    written without anything from the store.
    """
    kinds = {item.id: item.service_type for item in facts.store.items}
    given = [move for move in facts.store.moves if _is_given(facts, move)]
    people = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    served = {one.service_no: one for one in facts.services if one.counts}

    def service_of(move: Move, alike: Iterable[Service]) -> str:
        person = facts.store.persons.get(move.third_party.casefold())
        right = (one for one in alike if one.service_on == move.moved_on and people[one.stay] == person)
        return next((one.service_no for one in right), "")

    said = [move for move in given if move.service_no]
    found = [service_of(move, [served[move.service_no]] if move.service_no in served else []) for move in said]
    yield equal("I-20", TOTAL, sum(map(bool, found)), len(said), [])
    unsaid = [move for move in given if not move.service_no and move.voucher is None and kinds[move.item]]
    alike = [service_of(move, [s for s in served.values() if s.service_type == kinds[move.item]]) for move in unsaid]
    if "" in alike:
        yield Identity("I-20", (("by", "register"),), alike.count(""), 0, holds=False, only_warns=True)
    used, linked_kinds = {*found, *alike}, {kind for kind in kinds.values() if kind}
    alone = [
        no
        for no, one in served.items()
        if one.service_type in linked_kinds and one.provider_kind == "centre" and no not in used
    ]
    yield Identity("I-20", (("by", "store"),), len(alone), 0, not alone, (), only_warns=True)


def _is_given(facts: Facts, move: Move) -> bool:
    return move.move_type == TO_RESIDENT and move.id not in facts.store.taken_back
