"""The identities that prove a report (field 4.4): one side from its figures, the other again from the facts.

I-17 proves the equipment: what came and left, against what stands in the register at the end. I-18 to I-20 prove the
figures of the stock.
"""

from collections.abc import Iterable, Iterator, Mapping

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.beds.first_day import counted_from
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Figure, Ref, added, half_up
from shelter_desk.domain.reports.identities.care_identities import identities_of_care
from shelter_desk.domain.reports.identities.own_controls import own_controls
from shelter_desk.domain.reports.identity_sides import FigureReader, balance, hosted_stays, totals
from shelter_desk.domain.reports.lines import in_order
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.reports.tables.t02_movements import BALANCE, ENTRIES, ROLLUPS, rollup
from shelter_desk.domain.reports.tables.t02_place_requests import requested_controls
from shelter_desk.domain.reports.tables.t02_typing import typing_control
from shelter_desk.domain.reports.tables.t05_children import reunited_control, settled_control
from shelter_desk.domain.reports.tables.t08_follow_ups import controls as followed_controls
from shelter_desk.domain.reports.tables.t10_equipment import BALANCE as EQUIPMENT
from shelter_desk.domain.reports.tables.t10_equipment import BY_STATUS, STATES
from shelter_desk.domain.reports.tables.t11_stock import KINDS, lowest, of_item
from shelter_desk.domain.stock.items import units
from shelter_desk.domain.stock.moves import ISSUES, TO_RESIDENT, Move

BY_ROLLUP = (*BALANCE, "t2.person_nights", "t2.distinct_persons")


def identities(facts: ReportFacts, figures: Mapping[Ref, Figure]) -> tuple[Identity, ...]:
    """Judge figures against each other and against the facts they were computed from."""
    read = FigureReader(figures)
    cells = dict.fromkeys(dims for key, dims in read.figures if key in BALANCE)
    return (
        # in total and in every cell of sex and age group and of category
        *[read.equal("I-01", dims, *balance(BALANCE, dims), [("t2.present_end", dims)]) for dims in cells],
        read.equal("I-02", TOTAL, totals("t2.present_start"), facts.present_before, [("t2.present_start", TOTAL)]),
        read.equal("I-03", TOTAL, totals("t2.entries"), totals(*ENTRIES), [("t2.entries", TOTAL)]),
        *_nights(read, facts),
        _beds(read, facts),
        _persons(read, facts),
        *_cuts(read, facts),
        *_rollups(read),
        *_exits(read),
        _lengths(read, facts),
        *identities_of_care(facts, read),
        *_equipment(read),
        # each with a side that is summed another way than its figures; none where nothing is kept in store
        *((*_balances(facts, read), _slips(facts, read), *_services(facts, read)) if facts.store.items else ()),
        *own_controls(read),
        *requested_controls(facts, read),
        reunited_control(facts, read),
        *followed_controls(read),
        typing_control(facts, read),
        settled_control(read),
    )


def _nights(read: FigureReader, facts: ReportFacts) -> list[Identity]:
    """I-04, by place and by night; I-05, whose right side is the length of each stay between two dates."""
    total, here_or_away = totals("t1.person_nights"), totals("t1.person_nights", "t1.absence_nights")
    places = totals(*(f"t1.person_nights_{place}" for place in ("in_bed", "extra", "shared")))
    by_night = read.where("t1.presence", lambda _: True)
    covered = sum(facts.period.nights_of(stay.admitted_at, stay.exited_at) for stay in facts.stays if stay.counts)
    cells = read.where("t2.person_nights", lambda dims: len(dims) == 2)
    return [
        read.equal("I-04", (("by", "place"),), total, places, total.plus),
        read.equal("I-04", (("by", "night"),), total, read.sum(by_night), total.plus),
        read.equal("I-04", (("by", "cell"),), total, read.sum(cells), total.plus),
        read.equal("I-05", TOTAL, here_or_away, covered, here_or_away.plus),
    ]


def _beds(read: FigureReader, facts: ReportFacts) -> Identity:
    """I-06; where the number of beds changed, the installed beds of each night are added up."""
    left = totals("t1.capacity_bed_nights", "t1.unavailable_bed_nights")
    nights = [
        facts.period.nights_of(counted_from(bed.in_service_from, facts.capacity_from), bed.in_service_to)
        for bed in facts.beds
        if not bed.is_extra
    ]
    unchanged = all(count in (0, facts.period.nights) for count in nights)
    right = read("t1.installed_beds") * facts.period.nights if unchanged else sum(nights)
    return read.equal("I-06", TOTAL if unchanged else (("by", "night"),), left, right, [])


def _persons(read: FigureReader, facts: ReportFacts) -> Identity:
    """I-07: the difference is the entries of persons who were counted already."""
    uses: list[Ref] = [("t2.distinct_persons", TOTAL)]
    seen: set[int] = set()
    again = 0
    for stay in in_order(hosted_stays(facts)):
        if stay.admitted_at.date() >= facts.period.first:
            again += stay.person in seen
        seen.add(stay.person)
    right = read("t2.present_start") + read("t2.entries") - again
    return read.equal("I-07", TOTAL, totals("t2.distinct_persons"), right, uses)


def _cuts(read: FigureReader, facts: ReportFacts) -> list[Identity]:
    """I-08: however persons are cut, they are all there. The right side counts persons, not figures."""
    persons = len({stay.person for stay in hosted_stays(facts)})
    key, total = "t2.distinct_persons", ("t2.distinct_persons", TOTAL)
    cells = read.where(key, lambda dims: len(dims) == 2)
    by_sex = [ref for ref in cells if ref[1][0][1] in ("f", "m", "u")]
    by_age = [ref for ref in cells if ref[1][1][1][0] in "au"]
    cuts = {
        "total": [total],
        "sex": by_sex,
        "age_group": by_age,
        "category": read.where(key, lambda dims: dims[0][0] == "category"),
        "nationality": read.where("t3.persons", lambda dims: dims[0][0] == "nationality"),
    }
    return [read.equal("I-08", (("by", cut),), Terms(tuple(refs)), persons, [total]) for cut, refs in cuts.items()]


def _rollups(read: FigureReader) -> Iterator[Identity]:
    """I-09, for each figure of T2 that is a plain count."""
    for key in BY_ROLLUP:
        cells = read.where(key, lambda dims: len(dims) == 2)
        parts = {name: read.sum(ref for ref in cells if rollup(ref[1]) == name) for name in ROLLUPS}
        yield read.equal("I-09", (("figure", key),), sum(parts.values()), read(key), [(key, TOTAL)])


def _exits(read: FigureReader) -> Iterator[Identity]:
    """I-10."""
    for cut in ("exit_reason", "exit_destination"):
        refs = read.where("t8.exits", lambda dims, cut=cut: dims[0][0] == cut)  # type: ignore[misc]
        exits = totals("t2.exits")
        yield read.equal("I-10", (("by", cut),), Terms(tuple(refs)), exits, exits.plus)


def _lengths(read: FigureReader, facts: ReportFacts) -> Identity:
    """I-11: nights of the stays that ended = mean × exits before rounding; a mean that is not their quotient fails."""
    ended = [
        stay
        for stay in hosted_stays(facts)
        if stay.exited_at is not None and stay.exited_at.date() <= facts.period.last
    ]
    left = sum((stay.exited_at.date() - stay.admitted_at.date()).days for stay in ended if stay.exited_at is not None)
    mean = read.figures.get(("t2.mean_stay", TOTAL))
    exits, right = read("t2.exits"), read("t8.nights")
    is_quotient = mean is not None and mean.value == half_up(right, exits)
    nights = totals("t8.nights")
    by_reason = Terms(tuple(read.where("t8.nights", lambda dims: dims[0][0] == "exit_reason")))
    holds = left == right and is_quotient
    return Identity("I-11", TOTAL, left, right, holds, nights.plus, terms=(by_reason, nights))


def _equipment(read: FigureReader) -> Iterator[Identity]:
    """I-17, in total, in every category and for every donor; then by status and by condition.

    Every asset at the end has one status and one condition; the statuses of each category and of each donor add up to
    its end.
    """
    for dims in dict.fromkeys([TOTAL, *(dims for key, dims in read.figures if key in EQUIPMENT)]):
        yield read.equal("I-17", dims, *balance(EQUIPMENT, dims, came=3), [(EQUIPMENT[-1], dims)])
    for key in STATES:
        parts = Terms(tuple(read.where(key, lambda _: True)))
        yield read.equal("I-17", (("by", key[7:]),), parts, totals("t10.end"), [("t10.end", TOTAL)])
    for name, key in BY_STATUS.items():
        for _, dims in read.where("t10.end", lambda dims, name=name: dims[0][0] == name):  # type: ignore[misc]
            cells = read.where(key, lambda found, dims=dims: found[:1] == dims)  # type: ignore[misc]
            where, end = (("by", "status"), *dims), ("t10.end", dims)
            yield read.equal("I-17", where, Terms(tuple(cells)), Terms((end,)), [end])


def _balances(facts: ReportFacts, read: FigureReader) -> Iterator[Identity]:
    """I-18, item by item: its figures against the whole ledger up to the last day.

    Over all items: how many begin otherwise than the day before ended, and how many fell below zero.
    """
    for item in facts.store.items:
        dims = of_item(item)
        moved = [ref for key in KINDS for ref in read.where(key, lambda found, dims=dims: found[:1] == dims)]  # type: ignore[misc]
        came, went = [ref for ref in moved if ref[0] == "t11.in"], [ref for ref in moved if ref[0] != "t11.in"]
        ledger = Terms((("t11.opening", dims), *came, ("t11.adjustments", dims)), tuple(went))
        closing: Ref = ("t11.closing", dims)
        left = added([*(read.number(*ref) for ref in ledger.plus), *(-read.number(*ref) for ref in ledger.minus)])
        right = units(facts.store.closing.get(item.id, 0))
        holds = left == right == read.number(*closing)
        yield Identity("I-18", dims, left, right, holds, (closing,), terms=(ledger, Terms((closing,))))
    differ = [
        item
        for item in facts.store.items
        if sum(facts.store.eve_lots.get(item.id, {}).values()) != facts.store.opening.get(item.id, 0)
    ]
    yield read.equal("I-18", (("by", "eve"),), len(differ), 0, [])
    yield read.equal("I-18", (("by", "day"),), sum(least < 0 for _, least in lowest(facts)), 0, [])


def _slips(facts: ReportFacts, read: FigureReader) -> Identity:
    """I-19: lines of the slips, with what older registers brought without a slip, against the movements."""
    issued = [move for move in facts.store.moves if move.move_type in ISSUES]
    without = sum(move.amount for move in issued if move.voucher is None)
    lines = sum(line.amount for line in facts.store.slips)
    return read.equal("I-19", TOTAL, units(lines + without), units(sum(move.amount for move in issued)), [])


def _services(facts: ReportFacts, read: FigureReader) -> Iterator[Identity]:
    """I-20: each article given to a resident as a service has it in the log, of that day and person.

    Of the real day: what was given in an earlier month and is dated in this one has its service there.

    What it stood for is said on the movement: the catalogue of today does not judge the past. Of movements of
    registers, which say nothing, it is told how many have no such service; and how many services of those kinds were
    written without anything from the store.
    """
    kinds = {item.id: item.service_type for item in facts.store.items}
    given = [
        move
        for move in facts.store.moves
        if move.move_type == TO_RESIDENT
        and move.id not in facts.store.taken_back
        and move.happened_on >= facts.period.first
    ]
    people = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    served = {one.service_no: one for one in facts.services if one.counts}

    def service_of(move: Move, alike: Iterable[Service]) -> str:
        person = facts.store.persons.get(move.third_party.casefold())
        right = (one for one in alike if one.service_on == move.happened_on and people[one.stay] == person)
        return next((one.service_no for one in right), "")

    said = [move for move in given if move.service_no]
    found = [service_of(move, [served[move.service_no]] if move.service_no in served else []) for move in said]
    yield read.equal("I-20", TOTAL, sum(map(bool, found)), len(said), [])
    unsaid = [move for move in given if not move.service_no and move.voucher is None and kinds[move.item]]
    alike = [service_of(move, [s for s in served.values() if s.service_type == kinds[move.item]]) for move in unsaid]
    if "" in alike:
        yield Identity("I-20", (("by", "register"),), alike.count(""), 0, holds=False, only_warns=True)
    used, linked_kinds = {*found, *alike, *facts.store.served_later}, {kind for kind in kinds.values() if kind}
    alone = [
        no
        for no, one in served.items()
        if one.service_type in linked_kinds and one.provider_kind == "centre" and no not in used
    ]
    yield Identity("I-20", (("by", "store"),), len(alone), 0, not alone, (), only_warns=True)
