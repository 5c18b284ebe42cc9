"""What is said of the rows behind figures of T4 to T7 and T9.

The movements behind a figure of the stock.
"""

from collections.abc import Iterable, Mapping

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import LODGING, type_of
from shelter_desk.domain.assistance.referrals import Referral
from shelter_desk.domain.casefile.legal import COMPLAINT
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports.figures import Amount, Ref, Row
from shelter_desk.domain.reports.tables.t07_legal_steps import COMPLAINTS
from shelter_desk.domain.reports.tables.t07_legal_steps import OTHERS as STEPS
from shelter_desk.domain.reports.tables.t07_referrals import INCOMING
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock.moves import Move
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports import naming
from shelter_desk.words import formats

Told = tuple[str, str, Amount, str]  # number, day, what it brings, kind with for whom


def stock_lines(month: Month, rows: tuple[Row, ...]) -> tuple[Told, ...]:
    """Each movement with its voucher, its day and what it brings."""
    known: Mapping[int, Move] = {int(move.id): move for move in month.facts.store.moves}
    return tuple(_line(known[key], amount) for key, amount in rows)


def _line(move: Move, amount: Amount) -> Told:
    kind = words.label("stock_move_type", move.move_type)
    about = words.text("{kind}, {who}").format(kind=kind, who=move.third_party) if move.third_party else kind
    return move.voucher_no or move.move_no, formats.short_day(move.moved_on), amount, about


PERSONS = frozenset(
    {
        "t4.new_presumed",
        "t4.new_identified",
        "t4.not_victim",
        "t4.identified_by_form",
        "t4.identified_by_body",
        "t4.victims",
        "t4.victims_new",
        "t4.victims_continuing",
        "t4.victims_by_form",
        "t4.victims_by_group",
        "t4.victims_by_group_profile",
        "t4.victims_by_origin",
        "t5.minors",
        "t6.beneficiaries",
        "t6.beneficiaries_profile",
        "t6.beneficiaries_category",
        "t6.beneficiaries_sub_profile",
        "t6.beneficiaries_sub_category",
        "t6.victims_served",
        "t5.minors_profile",
        "t9.participants",
    }
)
_TABLES = ("t4.", "t5.", "t6.", "t7.", "t9.")


def is_care(key: str) -> bool:
    """True for figures of these tables."""
    return key.startswith(_TABLES)


def counted(key: str, n: int) -> str:
    """How many rows there are, in words."""
    if key in PERSONS:
        return words.count("{n} person", "{n} persons", n)
    if key == COMPLAINTS:
        return words.count("{n} complaint", "{n} complaints", n)
    if key == STEPS:
        return words.count("{n} step", "{n} steps", n)
    if key.startswith("t7."):
        return words.count("{n} referral", "{n} referrals", n)
    return words.count("{n} stay", "{n} stays", n)


def amount_head(key: str) -> str:
    """The head of what each row brings."""
    return words.text("Days") if key.endswith("mean_days_to_service") else words.text("How many")


def about_head(key: str) -> str:
    """The head of the words about a row."""
    if key.startswith("t4."):
        return words.text("Status")
    if key.startswith("t5."):
        return words.text("Situation")
    if key in (COMPLAINTS, STEPS):
        return words.text("Legal file")
    return words.text("Structure") if key.startswith("t7.") else words.text("Services")


def about(month: Month, ref: Ref, stay: Stay) -> str:
    """What is told of a stay behind that figure."""
    key = ref[0]
    if key.startswith("t4."):
        return _decisions(month, stay.id)
    if key.startswith("t5."):
        return naming.coded("child_status", stay.child_status)
    if key in (COMPLAINTS, STEPS):
        return _steps(month, stay.id, dict(ref[1]).get("legal_step", COMPLAINT))
    if key.startswith("t7."):
        direction = "entrante" if key.startswith(INCOMING) else "sortante"
        found: Iterable[Referral] = (one for one in month.facts.referrals if one.stay == stay.id and one.counts)
        text = words.text("{partner}: {state}")
        told = [
            text.format(partner=one.partner, state=naming.coded("referral_status", one.state))
            for one in found
            if one.direction == direction
        ]
        return ", ".join(dict.fromkeys(told))
    return _services(month, stay, dict(ref[1]).get("service_type", ""))


def _steps(month: Month, stay: StayId, kind: str) -> str:
    """The days of the steps of that kind, with whom where it was said."""
    taken = [
        (one.done_on, one.partner)
        for one in month.facts.protection.legal_steps
        if one.stay == stay and one.kind == kind and one.done_on is not None and one.done_on in month.report.period
    ]
    told = (" · ".join(filter(None, (formats.short_day(day), partner))) for day, partner in sorted(taken))
    return ", ".join(told)


def _decisions(month: Month, stay: StayId) -> str:
    last = month.report.period.last
    decided = [one for one in month.facts.statuses.get(stay, ()) if one.decided_on <= last]
    text = words.text("{status} on {day}")
    return ", ".join(
        text.format(status=naming.coded("victim_status", one.victim_status), day=formats.short_day(one.decided_on))
        for one in decided
    )


def _services(month: Month, stay: Stay, wanted: str) -> str:
    person = stay.person
    stays = {one.id for one in month.stays.values() if one.person == person}
    kinds = [one.service_type for one in month.facts.services if one.stay in stays and one.counts]
    if wanted in ("", LODGING, type_of(LODGING)) and any(one in stays and slept for one, slept in month.report.nights):
        kinds = [LODGING, *kinds]
    kept = dict.fromkeys(kind for kind in kinds if wanted in ("", kind, type_of(kind)))
    return ", ".join(naming.coded("service_type", kind, month.report.names) for kind in kept)
