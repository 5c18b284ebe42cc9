"""What documents of several periods mean together: months, and the longer period that they are a part of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.figures import Dims, Ref, known_figures
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.hiding.printed_relations import Printed, is_cut, shapes

Cell = tuple[int, Ref]  # the number of a document, and its figure
JointLine = tuple[list[Cell], list[Cell], bool]
STOCKS = (
    ("t2.present_start", "t2.present_end"),
    ("t4.pending_start", "t4.pending_end"),
    ("t7.open_start", "t7.open_end"),
    ("t7.incoming_open_start", "t7.incoming_open_end"),
    ("t12.open_start", "t12.open_end"),
    ("t2.requests_waiting_start", "t2.requests_waiting_end"),
    ("t2.requested_waiting_start", "t2.requested_waiting_end"),
)
PERSONS = (
    *("t2.distinct_persons", "t2.present_start", "t2.present_end", "t3.persons", "t3.persons_by_sex", "t3.needs"),
    *("t3.adults", "t3.ages", "t2.over_max_stay", "t2.estimated_ages", "t4.assimilated", "t4.assimilated_profile"),
    *("t4.victims", "t4.victims_new", "t4.victims_continuing", "t4.victims_by_form", "t4.victims_by_origin"),
    *("t4.victims_by_group", "t6.victims_served"),
)  # who is counted once in a period, however many months they were here
FLOWS = tuple(
    one.key
    for one in known_figures().values()
    if one.counts_persons
    and one.kind == "count"
    and one.key.startswith(("t1.person_nights", "t2.", "t3.", "t4.", "t6.", "t7.", "t8.", "t9.", "t12."))
    and one.key not in (*PERSONS, *chain.from_iterable(STOCKS))
    and not one.key.endswith(("_profile", "_category", "not_hosted", "late", "completed"))
)


def between(documents: Sequence[tuple[Printed, Report]]) -> Iterator[JointLine]:
    """What documents of several periods mean together."""
    for number, (printed, whole) in enumerate(documents):
        period = whole.period
        for other, (_, of_other) in enumerate((one, also.period) for one, also in documents):
            if other == number:
                continue
            if period == of_other and number < other:
                yield from (([(number, ref)], [(other, ref)], False) for ref in printed.values)
            for start, end in STOCKS:
                for dims in _shapes_of(documents, (number, other), (start, end)):
                    if period.first == of_other.last + ONE_DAY:
                        yield [(number, (start, dims))], [(other, (end, dims))], False
                    if period.first == of_other.first:
                        yield [(number, (start, dims))], [(other, (start, dims))], False
                    if period.last == of_other.last:
                        yield [(number, (end, dims))], [(other, (end, dims))], False
        yield from _sums(documents, number)


def _sums(documents: Sequence[tuple[Printed, Report]], number: int) -> Iterator[JointLine]:
    """A longer period and what is known of days in it: of each day by the last document of the longest that has it."""
    period = documents[number][1].period
    periods = {whole.period: at for at, (_, whole) in enumerate(documents)}
    inside = [of for of in periods if of != period and of.first in period and of.last in period]
    parts = {of: periods[of] for of in inside if not any(is_within(of, other) for other in inside)}
    if not parts:
        return
    is_whole = sum(of.nights for of in parts) == period.nights
    for key in FLOWS:
        for dims in _shapes_of(documents, (number, *parts.values()), (key,)):
            yield [(at, (key, dims)) for at in parts.values()], [(number, (key, dims))], not is_whole
    for key in PERSONS[:1]:
        for dims in _shapes_of(documents, (number, *parts.values()), (key,)):
            for at in parts.values():
                yield [(at, (key, dims))], [(number, (key, dims))], True
            if is_whole:
                yield [(number, (key, dims))], [(at, (key, dims)) for at in parts.values()], True


def is_within(part: Period, whole: Period) -> bool:
    """Whether all its days are days of the other, which has more."""
    return part != whole and part.first in whole and part.last in whole


def _shapes_of(
    documents: Sequence[tuple[Printed, Report]], numbers: Iterable[int], keys: tuple[str, ...]
) -> list[Dims]:
    """The cells in which one of these documents prints one of these figures, and of which each says something."""
    chosen = [documents[number] for number in numbers]
    found = dict.fromkeys(dims for printed, _ in chosen for dims in shapes(printed, keys))

    def says(printed: Printed, whole: Report, ref: Ref) -> bool:
        is_zero = not printed.headlines_alone and not whole.value(ref[0], *ref[1])
        return not ref[1] or is_zero or is_cut(printed, ref)

    kept = [dims for dims in found if not dims or dims[0][0] not in ("zone", "night")]
    return [dims for dims in kept if all(says(*one, (key, dims)) for one in chosen for key in keys)]
