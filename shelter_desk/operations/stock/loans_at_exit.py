"""What the store lent to somebody who leaves, in the act of the exit: it comes back, is lost, or stays out.

An exit that asks nobody, as one typed after a cut or taken in from a workbook, leaves it to be said afterwards.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import MoveId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.exits import BACK, LOST, LoanEnd
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock.refusals import NotLent
from shelter_desk.domain.stock.vouchers import BroughtBack
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.equipment import lending
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock import vouchers
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays
from shelter_desk.storage.stock import stock


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """Who left with something, and nobody said what becomes of it. things: names, of the store and of the equipment."""

    code: str
    things: tuple[str, ...]


@needs(Permission.STOCK_SEE)
def unsaid(desk: Desk) -> tuple[TakenAlong, ...]:
    """Of everybody who is gone, in order of codes; what was said to stay out is left to the store."""
    with desk.reading() as connection:
        known, lent = stock.items(connection), stock.still_lent(connection)
        said = stock.loan_notes(connection, [move.id for move in lent])
        out = [(move.third_party, known[move.item].designation) for move in lent if not said.get(move.id)]
        out += [(one.to, one.asset.designation) for one in lending.lent(connection)]
        persons = stock.persons_of_codes(connection, {to for to, _ in out})
        here = {stay.person for stay in stays.on(connection, desk.today())}
        codes = {key: one.code for key, one in residents.persons(connection, set(persons.values()) - here).items()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for to, thing in out:
        person = persons.get(to.casefold())
        if person in codes:
            found[codes[person]].append(thing)
    return tuple(TakenAlong(code, tuple(found[code])) for code in sorted(found))


def settle(desk: Desk, writing: Writing, stay: Stay, ends: Sequence[LoanEnd], on: date) -> None:
    """Each of them whole, dated on the day of the exit; why one stays out is kept beside it.

    Raises Missing for what is lost or stays out without a reason, NotLent for what this person does not have,
    NotReversible for what was lent later, CountOpen.
    """
    if not ends:
        return
    about = writing.subject  # a voucher gives the act its own number
    out = _out(writing, stay)
    lost: defaultdict[str, list[BroughtBack]] = defaultdict(list)
    back = []
    for one in ends:
        if one.move not in out:
            raise NotLent(str(one.move), 0)
        line, reason = BroughtBack(one.move, out[one.move]), service_log.tidy(one.reason)
        if one.end == BACK:
            back.append(line)
        elif not reason:
            raise Missing("loan_reason")
        elif one.end == LOST:
            lost[reason].append(line)
        else:
            row = {"move_id": one.move, "noted_on": on.isoformat(), "reason": reason, "noted_by": desk.user}
            writing.trail.add("stock_loan_notes", {**row, "recorded_at": to_text(desk.now())})
    if back:
        vouchers.come_back(desk, writing, on, back, "")
    for reason, lines in lost.items():
        vouchers.be_lost(desk, writing, on, lines, reason)
    writing.subject = about


def _out(writing: Writing, stay: Stay) -> dict[MoveId, int]:
    """How much of each loan this person still has, in thousandths."""
    lent = stock.still_lent(writing.connection, person_acts.told_by(writing.connection, stay.id))
    back = stock.brought_back(writing.connection, [move.id for move in lent])
    return {move.id: move.amount - back.get(move.id, 0) for move in lent}
