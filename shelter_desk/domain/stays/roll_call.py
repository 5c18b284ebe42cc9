"""The evening roll call: who was seen on a night, and where that differs from what is recorded (3.9, R-31)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.codes import is_code
from shelter_desk.domain.errors import Missing, NotInList, OutsideStay
from shelter_desk.domain.ids import BedId, StayId, UserId
from shelter_desk.domain.moments import ONE_DAY, plain
from shelter_desk.domain.stays.stays import Absence, Placement, Stay

NIGHT_CHANGES_AT = time(12)
NO_REASON = "injustifiee"
DISAPPEARED = "fugue_disparition"
MOST_UNREGISTERED = 999

Kind = Literal["absent", "away", "no_place", "elsewhere", "not_called", "gone", "unregistered"]


@dataclass(frozen=True, slots=True)
class RollCallDone:
    """What was seen of one stay. absence_type: why somebody was not there, "" for who was.

    place: where somebody was seen, `lit` with its bed, `appoint` or `partage`; "" in the place the register has, which
    may change after the call.
    """

    stay: StayId
    absence_type: str = ""
    place: str = ""
    bed: BedId | None = None

    @property
    def is_present(self) -> bool:
        """Seen that night."""
        return not self.absence_type

    @property
    def presence(self) -> str:
        """The code of the list `roll_call`."""
        if self.is_present:
            return "present"
        return "absent_injustifie" if self.absence_type == NO_REASON else "absent_justifie"


@dataclass(frozen=True, slots=True)
class RollCall:
    """The roll call of one night.

    unregistered: persons seen who have no stay; the note may say why.
    """

    night: date
    checked_at: datetime
    checked_by: UserId
    called: tuple[RollCallDone, ...]
    unregistered: int = 0
    note: str = ""

    def of(self, stay: StayId) -> RollCallDone | None:
        """What was seen of that stay."""
        return next((one for one in self.called if one.stay == stay), None)


@dataclass(frozen=True, slots=True)
class NightRecorded:
    """What is recorded of one counted stay that covers the night: its place, "" for none, and whether it is away."""

    stay: StayId
    is_away: bool
    place: str = ""
    bed: BedId | None = None

    @classmethod
    def of(cls, stay: StayId, is_away: bool, placement: Placement | None) -> "NightRecorded":
        """With the place of that night."""
        if placement is None:
            return cls(stay, is_away)
        return cls(stay, is_away, placement.place, placement.bed)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the roll call and what is recorded do not agree on.

    `absent`: not seen, no absence recorded; `away`: seen, recorded as away; `no_place`: seen, without a place;
    `elsewhere`: seen in another place (`place`, `bed`) than is recorded;
    `not_called`: should have slept here, was not called; `gone`: seen, no stay covers the night any more;
    `unregistered`: n persons seen who have no stay, and no word why.
    """

    kind: Kind
    stay: StayId | None = None
    absence_type: str = ""
    n: int = 0
    place: str = ""
    bed: BedId | None = None


def night_in_progress(now: datetime) -> date:
    """The night a roll call is about: before noon it is last night."""
    return now.date() - ONE_DAY if now.time() < NIGHT_CHANGES_AT else now.date()


def is_due(night: date, now: datetime, hour: time) -> bool:
    """True once the hour has come at which the roll of that night is usually called."""
    return now >= datetime.combine(night, hour)


def check_called(called: Iterable[RollCallDone], stays: Mapping[StayId, Stay], night: date, unregistered: int) -> None:
    """Everybody whose stay covers the night is called once, with a reason of the list.

    Raises OutsideStay for another stay, NotInList for a reason, a number or a second line, Missing where somebody was
    not called.
    """
    seen: set[StayId] = set()
    for one in called:
        if one.stay not in stays:
            raise OutsideStay(str(one.stay), plain(night), plain(night + ONE_DAY))
        if one.stay in seen:
            raise NotInList("presence", one.presence)
        check_optional_code("absence_type", one.absence_type)
        if one.place and not (one.is_present and is_code("place", one.place)):
            raise NotInList("place", one.place)
        if (one.place == "lit") is (one.bed is None):
            raise Missing("bed_code")
        seen.add(one.stay)
    if not 0 <= unregistered <= MOST_UNREGISTERED:
        raise NotInList("unregistered", str(unregistered))
    if seen != set(stays):
        raise Missing("presence")


def differences(call: RollCall, recorded: Iterable[NightRecorded]) -> list[Difference]:
    """Where the call and what is recorded of that night do not agree; derived, never stored."""
    seen = {one.stay: one for one in call.called}
    known = {one.stay: one for one in recorded}
    found = [made for one in known.values() if (made := _of_stay(one, seen.get(one.stay))) is not None]
    found += [Difference("gone", one.stay) for one in call.called if one.is_present and one.stay not in known]
    if call.unregistered and not call.note.strip():
        found.append(Difference("unregistered", n=call.unregistered))
    return found


def _of_stay(known: NightRecorded, seen: RollCallDone | None) -> Difference | None:
    if seen is None:
        return None if known.is_away else Difference("not_called", known.stay)
    if not seen.is_present:
        return None if known.is_away else Difference("absent", known.stay, seen.absence_type)
    if known.is_away:
        return Difference("away", known.stay)
    if not known.place:
        return Difference("no_place", known.stay, place=seen.place, bed=seen.bed)
    same_bed = seen.place != "lit" or seen.bed == known.bed
    if seen.place in ("", known.place) and same_bed:
        return None
    return Difference("elsewhere", known.stay, place=seen.place, bed=seen.bed)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Since when somebody who disappears was not seen. left: the moment at which the stay would end.

    called: the first night called absent since the last one seen; away: where none was, the start of the absence that
    is recorded; both None where nothing says that they were not here.
    """

    left: datetime
    called: date | None = None
    away: date | None = None


def last_proven(
    night: date,
    stay: Stay,
    placements: Iterable[Placement],
    nights_present: Iterable[date],
    nights_absent: Iterable[date],
) -> datetime | None:
    """When somebody not seen that night was last proven present, None who was seen on a later one.

    The morning after the last night called present, or the last placement where that is later. Who was never called
    present is recorded present until the first night called absent.
    """
    seen = sorted(nights_present)
    if seen and seen[-1] > night:
        return None
    known = max([stay.admitted_at, *(one.start for one in placements if one.start.date() <= night)])
    if seen:
        return max(known, plain(seen[-1] + ONE_DAY)) if seen[-1] < night else known
    missed = [one for one in nights_absent if known.date() <= one <= night]
    return max(known, plain(min(missed, default=night)))


def unseen(
    now: datetime,
    stay: Stay,
    placements: Sequence[Placement],
    absences: Iterable[Absence],
    nights_present: Sequence[date],
    nights_absent: Iterable[date],
) -> Unseen:
    """Since when, by roll calls, else by the absence that is recorded; else last night was not slept here."""
    today, away = now.date(), None
    proofs = [stay.admitted_at, *(one.start for one in placements if one.start <= now)]
    proofs += [plain(night + ONE_DAY) for night in nights_present]
    for one in absences:
        if one.end is not None and one.end.date() <= today:
            proofs.append(one.end)
        elif one.start.date() <= today:
            away = one.start.date()
    known = max(proofs)
    missed = sorted(night for night in nights_absent if known.date() <= night <= today)
    if missed:
        first = missed if away is None else [*missed, away]
        left = last_proven(missed[-1], stay, placements, nights_present, first)
        return Unseen(min(now, known if left is None else max(known, left)), called=missed[0])
    if away is not None:
        return Unseen(max(known, plain(away)), away=away)
    return Unseen(min(now, max(known, plain(today - ONE_DAY))))


def first_night_back(night: date, absences: Iterable[Absence], nights_present: Iterable[date]) -> date | None:
    """Where an absence that begins that night must end: before the next one, or on the next night called present."""
    later = [one.start.date() for one in absences if one.start.date() > night]
    later += [one for one in nights_present if one > night]
    return min(later, default=None)


def missing(first: date | None, since: date, until: date, called: Iterable[date]) -> Iterator[date]:
    """The nights of [since, until) without a roll call, from the first one ever called on (R-31)."""
    if first is None:
        return
    done = set(called)
    begin = max(first, since)
    for n in range((until - begin).days):
        night = begin + timedelta(days=n)
        if night not in done:
            yield night
