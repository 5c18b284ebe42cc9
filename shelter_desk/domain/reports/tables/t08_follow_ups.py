"""T8, what is known of those who left: the follow-ups due and held in the period (field 3.7, 4.3)."""

from collections.abc import Iterator

from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.identity_sides import FigureReader, totals
from shelter_desk.domain.reports.report import Identity, Terms

DUE, HELD = "t8.follow_ups_due", "t8.follow_ups_held"
REACHED, SAFE, NEEDY = "t8.follow_ups_reached", "t8.follow_ups_safe", "t8.follow_ups_needs"
KEYS = (DUE, HELD, REACHED, SAFE, NEEDY)
OUTCOME, UNREACHED = "follow_up_outcome", "injoignable"
# what was found, by the outcomes that say so; difficulties are no danger
FOUND = {SAFE: ("va_bien", "difficultes"), NEEDY: ("difficultes", "danger")}
CONTROL = "C-14"


def followed(facts: ReportFacts) -> dict[Ref, Figure]:
    """Due by the day that was planned, held by the day of the visit or call; of stays that count."""
    tally = Tally(*KEYS)
    known = {stay.id for stay in (*facts.stays, *facts.aside) if stay.counts}
    for one in facts.protection.follow_ups:
        if one.stay not in known:
            continue
        if one.due_on in facts.period:
            tally.add(DUE, one.stay, 1, TOTAL)
        if one.held_on is None or one.held_on not in facts.period:
            continue
        tally.add(HELD, one.stay, 1, TOTAL, of_outcome(one.outcome))
        if one.outcome != UNREACHED:
            tally.add(REACHED, one.stay, 1, TOTAL)
        for key, outcomes in FOUND.items():
            if one.outcome in outcomes:
                tally.add(key, one.stay, 1, TOTAL)
    return tally.figures()


def of_outcome(outcome: str) -> Dims:
    """The dims of what came out of a follow-up."""
    return ((OUTCOME, outcome or NOT_RECORDED),)


def controls(read: FigureReader) -> Iterator[Identity]:
    """C-14: held = its outcomes added up; reached, safe and with needs are those of their outcomes."""
    lines: list[Ref] = read.where(HELD, lambda dims: dims[0][0] == OUTCOME)
    missed: Ref = (HELD, of_outcome(UNREACHED))
    sides = {
        HELD: Terms(tuple(lines)),
        REACHED: Terms(((HELD, TOTAL),), (missed,)),
        **{key: Terms(tuple((HELD, of_outcome(one)) for one in outcomes)) for key, outcomes in FOUND.items()},
    }
    for key, right in sides.items():
        uses = [(key, TOTAL), *right.plus, *right.minus]
        yield read.equal(CONTROL, (("figure", key),), totals(key), right, uses)
