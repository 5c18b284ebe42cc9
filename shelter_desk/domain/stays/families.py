"""A stay joins the family of another, or leaves it, from a day on; the days before stay as they were."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shelter_desk.domain.errors import BadDates, OutsideStay, RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.domain.stays.stays import Stay

LINK, BASIS = "family_link", "link_basis"
OWN_CHILD, SPOUSE = "enfant", "conjoint"
WhyNoFamily = Literal["itself", "away", "joins", "heads"]
DOUBTED = "doute"  # of `link_basis`: the child is seen alone before anything is taken for sure


class FamilyRefused(RuleBroken):
    """A stay cannot belong to that family from that day on.

    why: `itself` of its own family; `away` where the head is not here on that day; `joins` where the head belongs to
    another family on that day or later; `heads` where others would stay behind in the family of somebody who joins
    another one. other: the code of the head, or of who would stay behind.
    """

    code: str
    why: WhyNoFamily
    other: str


@dataclass(frozen=True, slots=True)
class FamilyChange:
    """Whose family a stay belongs to from a day on. head: None for no family, or for a family of their own."""

    stay: StayId
    head: StayId | None = None
    link: str = ""
    basis: str = ""


def rejoined(stay: Stay, day: date, change: FamilyChange) -> Stay:
    """The stay as it is once it changed its family on that day; of the same family only the link is written anew.

    Raises OutsideStay, BadDates for a day before the last change.
    """
    link, basis = (change.link, change.basis) if change.head is not None else ("", "")
    if change.head == stay.head:
        return replace(stay, family_link=link, link_basis=basis)
    check_day(stay, day)
    first = stay.admitted_at.date()
    since = stay.family_since
    kept = stay.former_families
    is_anew = day == (since or first)  # said of the day on which this one began: it never held
    if (stay.head is not None or stay.is_dependant) and not is_anew:
        ended = Membership(stay.head, since, day, stay.family_link, stay.link_basis, stay.is_dependant)
        kept = (*kept, ended.text)
    return replace(
        stay,
        head=change.head,
        is_dependant=change.head is not None,
        family_link=link,
        link_basis=basis,
        family_since=None if change.head is None or day == first else day,
        former_families=kept,
    )


def check_day(stay: Stay, day: date) -> None:
    """Whether a change may be said of that day. Raises OutsideStay, BadDates before the last one."""
    left = stay.exited_at
    if day < stay.admitted_at.date() or (left is not None and day >= left.date()):
        raise OutsideStay(stay.stay_no, plain(day), None)
    days = [one for known in stay.memberships for one in (known.joined, known.left) if one is not None]
    if days and day < max(days):
        raise BadDates(plain(max(days)), plain(day))


def is_head_from(stay: Stay, day: date) -> bool:
    """True of a stay that belongs to nobody else's family on that day and after it."""
    return stay.head is None and all(one.left is not None and one.left <= day for one in stay.memberships)


def in_charge_of(stay: Stay, household: Iterable[Stay], day: date) -> list[Stay]:
    """Who of these belongs to the family of that stay on that day or after it, still here then."""
    here = (one for one in household if not one.is_void and (one.exited_at is None or one.exited_at.date() > day))
    return [
        one
        for one in here
        if any(known.head == stay.id and (known.left is None or known.left > day) for known in one.memberships)
    ]
