"""T7: referrals to other structures, and those received from them apart (field 4.3; interfaces.md section 4)."""

from collections.abc import Iterator

from shelter_desk.domain.referrals import SERVED, Referral
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import TOTAL, Figure, Ref, Tally, half_up

_ENDS = {
    "refusee_structure": "refused_provider",
    "refusee_personne": "refused_person",
    "sans_suite": "no_response",
}
ENDED = ("served", *_ENDS.values())
# open at the start + issued − served − refused − without answer = open at the end (I-13)
BALANCE = ("open_start", "issued", *ENDED, "open_end")
NAMES = (
    "open_start",
    "issued",
    "accepted",
    *ENDED,
    "open_end",
    "late",
    "completed",
    "completion_rate",
    "mean_days_to_service",
)
OUTGOING, INCOMING = "t7.", "t7.incoming_"
PREFIXES = {"sortante": OUTGOING, "entrante": INCOMING}


def referred(facts: Facts) -> dict[Ref, Figure]:
    """The figures of T7."""
    counts = [prefix + name for prefix in PREFIXES.values() for name in NAMES if name != "completion_rate"]
    tally = Tally(*counts)
    for referral in facts.referrals:
        if not referral.counts:
            continue
        prefix = PREFIXES[referral.direction]
        for name, amount in _counts(facts, referral):
            tally.add(prefix + name, referral.stay, amount, TOTAL)
    figures = tally.figures()
    for prefix in PREFIXES.values():
        ref: Ref = (f"{prefix}completion_rate", TOTAL)
        figures[ref] = Figure(*ref, _rate(figures, prefix))
    return figures


def _rate(figures: dict[Ref, Figure], prefix: str) -> int | float | None:
    issued, completed = (len(figures[prefix + name, TOTAL].rows) for name in ("issued", "completed"))
    return half_up(completed * 100, issued)


def _counts(facts: Facts, referral: Referral) -> Iterator[tuple[str, int]]:
    """What a referral counts for. Days for the mean, 1 elsewhere."""
    period, issued, ended = facts.period, referral.issued_on, referral.ended_on
    if issued < period.first and (ended is None or ended >= period.first):
        yield "open_start", 1
    if issued in period:
        yield "issued", 1
        if referral.state in SERVED:
            yield "completed", 1
    if referral.accepted_on is not None and referral.accepted_on in period:
        yield "accepted", 1
    if ended is not None and ended in period:
        yield _ENDS.get(referral.state, "served"), 1
        if referral.state in SERVED:
            yield "mean_days_to_service", (ended - issued).days
    if issued <= period.last and (ended is None or ended > period.last):
        yield "open_end", 1
        if referral.follow_up_on is not None and referral.follow_up_on < period.last:
            yield "late", 1
