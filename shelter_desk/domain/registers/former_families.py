"""The families that a stay belonged to before, as one cell of the registers tells them (docs/interfaces.md, section 2).

One family after the other with `;` between, each `head | from | until | kinship | basis`: the number of the stay of the
adult, two days, two codes. Empty: a head whom nobody wrote, from the admission on, what is not known. A last part
`non` says that the person was counted as accompanying nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.errors import BadDates, Missing, NoSuch, NotInList, OutsideStay, RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.rows import Values, folded
from shelter_desk.domain.stays.families import BASIS, LINK
from shelter_desk.domain.stays.memberships import Membership

COLUMN, SINCE = "former_families", "family_since"
_APART, _NOT_DEPENDENT = "non", ("non", "no")
_PARTS = 6


class FormerFamily(NamedTuple):
    """One of them. head_no: the number of the stay of the head, "" where nobody wrote whom they accompanied."""

    head_no: str
    membership: Membership

    @property
    def text(self) -> str:
        """As it stands in the cell."""
        one = self.membership
        told = [self.head_no, one.joined, one.left, one.link, one.basis, "" if one.depends else _APART]
        parts = ["" if part is None else str(part) for part in told]
        while not parts[-1]:
            parts.pop()
        return " | ".join(parts)


def read(cell: str) -> Iterator[FormerFamily]:
    """The families that a cell tells, without the stays of their heads. Raises NotInList where one says none."""
    for said in cell.split(";"):
        if not said.strip():
            continue
        parts = [part.strip() for part in said.split("|")]
        head, joined, left, link, basis, apart = (*parts, *[""] * (_PARTS - len(parts)))[:_PARTS]
        if len(parts) > _PARTS or not left or apart.casefold() not in ("", *_NOT_DEPENDENT):
            raise NotInList(COLUMN, said.strip())
        days = _day(joined, said), _day(left, said)
        yield FormerFamily(head, Membership(None, *days, link, basis, not apart))


def _day(text: str, said: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if text:
        raise NotInList(COLUMN, said.strip())
    return None


def written(stored: Iterable[str], number_of: Callable[[StayId], str]) -> str:
    """The cell of what is stored of a stay, as `Membership.text`. number_of: the number of a stay."""
    known = map(Membership.read, stored)
    return "; ".join(FormerFamily("" if one.head is None else number_of(one.head), one).text for one in known)


def to_store(cell: str, find: Callable[[str], int | None]) -> str:
    """What is stored of such a cell. find: the stay of that number."""
    told = ((find(one.head_no) if one.head_no else None, one.membership) for one in read(cell))
    return ";".join(replace(one, head=None if head is None else StayId(head)).text for head, one in told)


def heads(values: Values) -> list[str]:
    """The numbers of the stays of the heads of before, of a row of stays."""
    return [one.head_no for one in read(values.get(COLUMN) or "") if one.head_no]


def problem(values: Values) -> tuple[str, RuleBroken] | None:
    """What is wrong with the families of before of a row of stays: their days, in order and within the stay."""
    try:
        _check(values)
    except (BadDates, NotInList, NoSuch, OutsideStay) as refused:
        return COLUMN, refused
    since = values.get(SINCE)
    if since is not None and not (values.get("head_stay_no") or values.get("is_dependant")):
        return "head_stay_no", Missing("head_stay_no")
    admitted, left = values["admitted_at"].date(), values.get("exited_at")
    if since is not None and (since < admitted or (left is not None and since >= left.date())):
        return SINCE, OutsideStay(values["stay_no"], plain(since), None)
    return None


def _check(values: Values) -> None:
    left, last = values.get("exited_at"), values["admitted_at"].date()
    for one in read(values.get(COLUMN) or ""):
        known = one.membership
        check_optional_code(LINK, known.link)
        check_optional_code(BASIS, known.basis)
        if folded(one.head_no) == folded(values["stay_no"]):
            raise NoSuch("stay", one.head_no)
        joined, until = known.joined or last, known.left or last
        if joined < last or until <= joined:
            raise BadDates(plain(max(joined, last)), plain(until))
        if left is not None and until > left.date():
            raise OutsideStay(values["stay_no"], plain(joined), plain(until))
        last = until
    since = values.get(SINCE)
    if since is not None and since < last:
        raise BadDates(plain(last), plain(since))
