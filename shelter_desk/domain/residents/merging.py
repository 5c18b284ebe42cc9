"""Two files of one person: what differs and which value is proposed, what keeps them apart, which consent is kept.

Which file goes on is a person's choice; the code of the other one goes on answering.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from typing import Any, Literal

from shelter_desk.domain.assistance.referrals import MINIMUM, Consent
from shelter_desk.domain.consent import consents
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import overlap
from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.residents.residents import (
    CALLED,
    NUMBERS,
    PARENTS,
    Birth,
    Names,
    Person,
    folded_number,
    numbers_in,
)
from shelter_desk.domain.stays.stays import Stay

Side = Literal["kept", "other"]
CAUSES = "duplicate_cause"
NAMES = "names"
# what one value is chosen of, in the order of the screen; names are compared without being shown
CHOSEN = (
    "sex",
    "birth",
    "nationality",
    "other_nationalities",
    "region_origin",
    "languages",
    "marital_status",
    "education_level",
)
NOBODY_SAID = "–"  # of a number whose partner is not known, among others
_SAYS_NOTHING = frozenset({"", "u", "inconnu", "non_precise"})
_PRECISION = {"estimated": 1, "year": 2, "month": 3, "day": 4}
_TAKEN_BACK = ("refuse", "retire")


class OneFileAlready(RuleBroken):
    """Both codes are those of one file already."""

    code: str


class StaysOverlap(RuleBroken):
    """A stay of one file and a stay of the other hold the same instants: one person is not in two places."""

    code: str
    stay_no: str
    since: datetime
    until: datetime | None
    other_code: str
    other_no: str
    other_since: datetime
    other_until: datetime | None


class OfOneFamily(RuleBroken):
    """A stay of one file is said to be of the family of a stay of the other: they would be their own family."""

    code: str
    other_code: str


class MustNotMeet(RuleBroken):
    """It is said, and holds, that these two must not meet."""

    code: str
    other_code: str


class NamesGone(RuleBroken):
    """The names of that person were erased: nobody can say any more who it was."""

    code: str


class EditedSince(RuleBroken):
    """Something of the file was written or erased since the two became one: they are not parted any more."""

    code: str


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One value of both files. proposed: whose says more, None where both say the same."""

    key: str
    kept: Any
    other: Any
    proposed: Side | None


def compared(kept: Person, other: Person) -> list[ComparedValue]:
    """Every value that is chosen, names apart."""
    return [_compared(key, getattr(kept, key), getattr(other, key)) for key in CHOSEN]


def _compared(key: str, kept: Any, other: Any) -> ComparedValue:
    is_same = kept == other or (isinstance(kept, tuple) and set(kept) == set(other))
    return ComparedValue(key, kept, other, None if is_same else proposed(kept, other))


def proposed(kept: Any, other: Any) -> Side:
    """Whose value says more: that of the file that goes on, unless the other one is filled better."""
    return "other" if _told(other) > _told(kept) else "kept"


def _told(value: Any) -> int:
    if isinstance(value, Names):
        return sum(bool(getattr(value, part)) for part in CALLED)
    if isinstance(value, Birth):
        precision = "estimated" if value.birth_date is None else value.precision
        known = 0 if value.birth_date is None and value.age_estimated is None else _PRECISION[precision]
        return 2 * known + bool(value.former)  # of two that say the same, the one that was assessed anew
    return len(value) if isinstance(value, tuple) else value not in _SAYS_NOTHING


def chosen(kept: Person, other: Person, sides: Mapping[str, Side]) -> Person:
    """The person who goes on, with the values of the sides said; what nobody said is as proposed."""
    taken = {
        one.key: one.other for one in compared(kept, other) if sides.get(one.key, one.proposed or "kept") == "other"
    }
    return replace(kept, **taken)


def joined_names(kept: Names, other: Names, side: Side) -> Names:
    """The names of the side said; what the other file calls the person is kept as another spelling, its numbers beside.

    So somebody who comes back under that name or with that number is found by it.
    """
    main, spare = (kept, other) if side == "kept" else (other, kept)
    heard = set(sounds(main.called))
    said = [main.alias]
    for more in (f"{spare.first_name} {spare.last_name}".strip(), spare.alias):
        if more and not set(sounds(more)) <= heard:
            said.append(more)
            heard |= set(sounds(more))
    parents = {key: getattr(main, key) or getattr(spare, key) for key in PARENTS}
    return replace(main, alias=", ".join(filter(None, said)), **parents, **_joined_numbers(main, spare))


def _joined_numbers(main: Names, spare: Names) -> dict[str, str]:
    """The numbers of both, each once; beside those of partners the partners, in the same order."""
    found = {}
    for kind in NUMBERS:
        partners = [numbers_in(one.partner_no_of) if kind == "partner_no" else [] for one in (main, spare)]
        pairs: dict[str, tuple[str, str]] = {}
        for one, named in zip((main, spare), partners, strict=True):
            for at, number in enumerate(numbers_in(getattr(one, kind))):
                pairs.setdefault(folded_number(number), (number, named[at] if at < len(named) else NOBODY_SAID))
        found[kind] = "; ".join(number for number, _ in pairs.values())
        if kind == "partner_no":
            said = [partner for _, partner in pairs.values()]
            found["partner_no_of"] = "; ".join(said) if set(said) - {NOBODY_SAID} else ""
    return found


# What keeps two files apart -------------------------------------------------------------------------------------------


def _heads(stay: Stay) -> set[StayId | None]:
    return {one.head for one in stay.memberships}


def check_stays(kept: Person, mine: Iterable[Stay], other: Person, theirs: Iterable[Stay]) -> None:
    """Raises StaysOverlap for the first two that share an instant, OfOneFamily."""
    mine, theirs = list(mine), list(theirs)
    for one, two in product(mine, theirs):
        if two.id in _heads(one) or one.id in _heads(two):
            raise OfOneFamily(kept.code, other.code)
        if one.is_void or two.is_void:
            continue
        if overlap(one.admitted_at, one.exited_at, two.admitted_at, two.exited_at):
            first = (kept.code, one.stay_no, one.admitted_at, one.exited_at)
            raise StaysOverlap(*first, other.code, two.stay_no, two.admitted_at, two.exited_at)


# Consents -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stricter:
    """One purpose and, for sharing, one recipient: what counts in each file, and what counts afterwards.

    changed: the consents that are written for it.
    """

    purpose: str
    recipient: str
    kept: Consent | None
    other: Consent | None
    after: Consent | None
    changed: tuple[Consent, ...] = ()


def stricter(kept: Sequence[Consent], other: Sequence[Consent], on: date) -> list[Stricter]:
    """How each purpose stands when both files are one: no purpose allows more than either file does.

    Where one file refuses or took back what the other one allows, that consent is taken back on this day, so that who
    got data is told. Where both allow, the fewer data and the earlier end count. What was never asked, or ended by
    itself, takes nothing back.
    """
    found = []
    for purpose, recipient in _asked([*kept, *other]):
        mine = consents.decisive(kept, purpose, recipient, on)
        theirs = consents.decisive(other, purpose, recipient, on)
        changed = _changed(mine, theirs, on)
        by_id = {one.id: one for one in changed}
        united = [by_id.get(one.id, one) for one in (*kept, *other)]
        after = consents.decisive(united, purpose, recipient, on)
        found.append(Stricter(purpose, recipient, mine, theirs, after, changed))
    return found


def _asked(every: Iterable[Consent]) -> list[tuple[str, str]]:
    """Each purpose once, for sharing once for each recipient, as it was written first."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for one in every:
        recipient = one.recipient if one.purpose in consents.SHARING else ""
        known.setdefault((one.purpose, recipient.casefold().strip()), (one.purpose, recipient))
    return list(known.values())


def _changed(mine: Consent | None, theirs: Consent | None, on: date) -> tuple[Consent, ...]:
    decided = [one for one in (mine, theirs) if one is not None]
    allowing = [one for one in decided if consents.why_not(one, on) is None]
    if any(consents.why_not(one, on) in _TAKEN_BACK for one in decided):
        return tuple(consents.withdrawn(one, on, on) for one in allowing)
    if len(allowing) < 2:
        return ()
    return _narrowed(allowing, on)


def _narrowed(allowing: Sequence[Consent], on: date) -> tuple[Consent, ...]:
    """The later of two that allow, with what both allow."""
    last = max(allowing, key=lambda one: (one.given_on, one.id))
    first = next(one for one in allowing if one is not last)
    scope = last.scope
    if last.purpose in consents.SHARING:
        agreed = set(first.scope or MINIMUM)
        both = tuple(one for one in last.scope or MINIMUM if one in agreed)
        if not both:
            return tuple(consents.withdrawn(one, on, on) for one in allowing)
        scope = last.scope if set(both) == set(last.scope or MINIMUM) else both
    ends = [one.valid_until for one in allowing if one.valid_until is not None]
    made = replace(last, scope=scope, valid_until=min(ends, default=None))
    return () if made == last else (made,)


# How they look alike --------------------------------------------------------------------------------------------------


def apart_by(kept: Names, other: Names, letters: Callable[[str, str], int]) -> int | None:
    """How many letters the two names are apart, None where one of them is not known."""
    if not kept.called or not other.called:
        return None
    one, two = (f"{names.last_name} {names.first_name}".strip() or names.alias for names in (kept, other))
    return letters(one.casefold(), two.casefold())


def sound_alike(kept: Names, other: Names) -> bool:
    """Whether both names are heard as the same words."""
    one, two = (set(sounds(f"{names.last_name} {names.first_name}")) for names in (kept, other))
    return bool(one) and one == two
