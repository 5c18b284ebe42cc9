"""Requests for a place in the month, in requests and in persons: what could be met, and what could not.

A shelter that never noted one has no such figures.
"""

from collections.abc import Iterator

from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.identity_sides import FigureReader, balance, totals
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.stays.place_requests import ADMITTED, GIVEN_UP, REFUSED, PlaceRequest

# waiting at the start + asked − admitted − refused − given up = waiting at the end (C-12)
FLOWS = ("waiting_start", "asked", "admitted", "refused", "given_up", "waiting_end")
REQUESTS = tuple(f"t2.requests_{flow}" for flow in FLOWS)
PERSONS = tuple(f"t2.requested_{flow}" for flow in FLOWS)
BY_REASON = ("t2.requests_by_reason", "t2.requested_by_reason")
BY_PROFILE = "t2.requested_by_profile"
KEYS = frozenset({*REQUESTS, *PERSONS, *BY_REASON, BY_PROFILE})
# tables that an outside reader sees whole or not at all
CONTROL = "C-12"
_ENDS = {ADMITTED: "admitted", REFUSED: "refused", GIVEN_UP: "given_up"}


def requested(facts: ReportFacts) -> dict[Ref, Figure]:
    """The figures; rows are requests."""
    if facts.requests is None:
        return {}
    tally = Tally(*REQUESTS, *PERSONS)
    for one in facts.requests:
        if one.counts:
            _count(tally, one, facts.period)
    return tally.figures("request")


def _count(tally: Tally, one: PlaceRequest, period: Period) -> None:
    sexes: list[Dims] = [(("sex", sex),) for sex in dict.fromkeys(group.sex for group in one.groups)]
    for flow in _flows(one, period):
        tally.add(f"t2.requests_{flow}", one.id, 1, TOTAL)
        tally.add(f"t2.requested_{flow}", one.id, one.persons, TOTAL)
        for dims in sexes:
            tally.add(f"t2.requested_{flow}", one.id, one.of_sex(dims[0][1]), dims)
        if flow == "refused":
            reason: Dims = (("request_reason", one.reason),)
            tally.add(BY_REASON[0], one.id, 1, reason)
            tally.add(BY_REASON[1], one.id, one.persons, reason)
        if flow == "asked":
            for group in one.groups:
                cell: Dims = (("sex", group.sex), ("age_group", group.age_group))
                tally.add(BY_PROFILE, one.id, group.persons, cell)


def _flows(one: PlaceRequest, period: Period) -> Iterator[str]:
    if one.waited_on(period.first - ONE_DAY):
        yield "waiting_start"
    if one.asked_on in period:
        yield "asked"
    if one.decided_on is not None and one.decided_on in period and one.outcome in _ENDS:
        yield _ENDS[one.outcome]
    if one.waited_on(period.last):
        yield "waiting_end"


def requested_controls(facts: ReportFacts, read: FigureReader) -> Iterator[Identity]:
    """C-12, in requests, in persons and by sex; and however refusals and persons are cut, they are all there."""
    if facts.requests is None:
        return
    cells: list[tuple[tuple[str, ...], Dims]] = [(REQUESTS, TOTAL), (PERSONS, TOTAL)]
    cells += [(PERSONS, (("sex", sex),)) for sex in ("f", "m")]
    for keys, dims in cells:
        uses: list[Ref] = [(key, dims) for key in keys]
        yield read.equal(CONTROL, (("figure", keys[1]), *dims), *balance(keys, dims), uses)
    for cut, total in zip(BY_REASON, ("t2.requests_refused", "t2.requested_refused"), strict=True):
        yield _cut(read, cut, total)
    yield _cut(read, BY_PROFILE, "t2.requested_asked")


def _cut(read: FigureReader, cut: str, total: str) -> Identity:
    whole, parts = totals(total), Terms(tuple(read.where(cut, lambda _: True)))
    return read.equal(CONTROL, (("figure", total), ("by", "cell")), whole, parts, whole.plus + parts.plus)
