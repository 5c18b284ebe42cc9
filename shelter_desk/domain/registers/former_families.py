"""The families that a stay belonged to before, a row each in the registers (docs/interfaces.md, section 2).

Workbooks of before, and what is judged, have them in one cell of the stay: one family after the other with `;` between,
each `head | from | until | kinship | basis`: the number of the stay of the adult, two days, two codes. Empty: a head
whom nobody wrote, from the admission on, what is not known. A last part `non` says that the person was counted as
accompanying nobody.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.errors import BadDates, Missing, NoSuch, NotInList, OutsideStay, RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.rows import FAMILIES, Kept, Key, Values, folded
from shelter_desk.domain.stays.families import BASIS, LINK
from shelter_desk.domain.stays.memberships import Membership

COLUMN, SINCE = "former_families", "family_since"
JOINED, LEFT = "joined_on", "left_on"  # of a row of its own
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


# Rows -----------------------------------------------------------------------------------------------------------------


def rows_of(stays: Iterable[tuple[int, Values]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same, a row each, of the rows of stays; numbered one after the other, as they have no table."""
    number = 0
    for _, values in stays:
        for one in read(values.get(COLUMN) or ""):
            number += 1
            yield number, _row(values["stay_no"], one)


def _row(stay_no: str, one: FormerFamily) -> dict[str, Any]:
    known = one.membership
    told = {
        "stay_no": stay_no,
        "head_stay_no": one.head_no,
        JOINED: known.joined,
        LEFT: known.left,
        LINK: known.link,
        BASIS: known.basis,
        "is_dependant": None if known.depends else False,
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


def _told(values: Values) -> FormerFamily:
    days = values.get(JOINED), values.get(LEFT)
    depends = values.get("is_dependant") is not False
    known = Membership(None, *days, values.get(LINK) or "", values.get(BASIS) or "", depends)
    return FormerFamily(values.get("head_stay_no") or "", known)


def row_problem(values: Values) -> tuple[str, RuleBroken] | None:
    """What is wrong with such a row by itself."""
    joined, left = values.get(JOINED), values[LEFT]
    if joined is not None and left <= joined:
        return LEFT, BadDates(plain(joined), plain(left))
    if folded(values.get("head_stay_no")) == folded(values["stay_no"]):
        return "head_stay_no", NoSuch("stay", str(values["head_stay_no"]))
    return None


def lay(standing: Mapping[str, Mapping[Key, Kept]]) -> None:
    """Lay the incoming rows over what their stays have, which is what is judged and written."""
    incoming = _incoming(standing)
    for key, stay in standing["sejours"].items():
        if key[0] in incoming or COLUMN in stay.values:  # a row that was refused since is taken away again
            _fill(stay, _laid(stay, incoming.get(key[0], ())))


def disagreements(standing: Mapping[str, Mapping[Key, Kept]]) -> Iterator[tuple[str, Key, str, RuleBroken]]:
    """Incoming rows that do not follow the others of their stay: the one without which all is well, else the last."""
    for key, rows in _incoming(standing).items():
        stay = standing["sejours"][(key,)]
        found = problem(stay.values)
        if found is None:
            continue

        def is_well(without: Kept, stay: Kept = stay, rows: list[tuple[Key, Kept]] = rows) -> bool:
            cell = _laid(stay, [row for row in rows if row[1] is not without])
            return problem({**stay.values, COLUMN: cell}) is None

        ordered = sorted(rows, key=lambda row: row[1].number)
        at, _ = next((row for row in reversed(ordered) if is_well(row[1])), ordered[-1])
        yield FAMILIES, at, LEFT, found[1]


def _incoming(standing: Mapping[str, Mapping[Key, Kept]]) -> dict[Any, list[tuple[Key, Kept]]]:
    found: dict[Any, list[tuple[Key, Kept]]] = {}
    for key, kept in standing[FAMILIES].items():
        if kept.incoming is not None:
            found.setdefault(key[0], []).append((key, kept))
    return found


def _laid(stay: Kept, rows: Collection[tuple[Key, Kept]]) -> str:
    """The cell of that stay with these rows in place of those that began on the same day."""
    said: Values = stay.incoming.values if stay.incoming is not None and COLUMN in stay.incoming.values else {}
    cell = str(said.get(COLUMN) or (stay.before or {}).get(COLUMN) or "")
    if not rows:
        return cell
    known = {one.membership.joined: one for one in read(cell)}
    known |= {(one := _told(kept.values)).membership.joined: one for _, kept in rows}
    ordered = sorted(known.values(), key=lambda one: one.membership.left or date.min)
    return "; ".join(one.text for one in ordered)


def _fill(stay: Kept, cell: str) -> None:
    if cell:
        stay.values[COLUMN] = cell
    else:
        stay.values.pop(COLUMN, None)
