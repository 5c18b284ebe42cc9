"""Somebody who disappeared and comes back: within some days the same stay goes on, after that a new one begins."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from shelter_desk.domain import settings
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import AbsenceId
from shelter_desk.domain.moments import before
from shelter_desk.domain.stays.roll_call import DISAPPEARED, NO_REASON
from shelter_desk.domain.stays.stays import Absence, Stay

GRACE = "disappearance_grace_days"


class GraceOver(RuleBroken):
    """The return comes so late that it begins a new stay. until: the last day on which the same one went on."""

    stay_no: str
    until: date


class WithinGrace(RuleBroken):
    """The person disappeared a few days ago: the same stay goes on, no new one begins."""

    stay_no: str
    left: datetime
    until: date


class NotDisappeared(RuleBroken):
    """The stay did not end by a disappearance."""

    stay_no: str


def returns_until(stay: Stay, kept: Mapping[str, str]) -> date | None:
    """The last day on which a return goes on with this stay; None where it did not end by a disappearance."""
    if stay.exited_at is None or stay.exit_reason != DISAPPEARED:
        return None
    return stay.exited_at.date() + timedelta(days=settings.whole(kept, GRACE))


def check_return(stay: Stay, back: datetime, kept: Mapping[str, str]) -> None:
    """Raises NotDisappeared, GraceOver."""
    until = returns_until(stay, kept)
    if until is None:
        raise NotDisappeared(stay.stay_no)
    if back.date() > until:
        raise GraceOver(stay.stay_no, until)


def check_admission(former: Sequence[Stay], admitted_at: datetime, kept: Mapping[str, str]) -> None:
    """former: the stays of the person, in order. Raises WithinGrace where the last one goes on instead."""
    gone = [
        one for one in former if one.counts and one.exited_at is not None and not before(admitted_at, one.exited_at)
    ]
    until = returns_until(gone[-1], kept) if gone else None
    if until is not None and gone[-1].exited_at is not None and admitted_at.date() <= until:
        raise WithinGrace(gone[-1].stay_no, gone[-1].exited_at, until)


def resumed(stay: Stay) -> Stay:
    """The stay as if nobody had left."""
    return replace(stay, exited_at=None, exit_reason="", exit_destination="", exit_recorded_at=None)


def away(stay: Stay, back: datetime, absences: Sequence[Absence]) -> Absence | None:
    """The absence between disappearance and return: a last one without a reason goes on; None where no night is."""
    left = stay.exited_at
    if left is None or left.date() >= back.date():
        return None
    last = absences[-1] if absences else None
    if last is not None and last.end == left and last.absence_type == NO_REASON:
        return replace(last, end=back)
    return Absence(AbsenceId(0), stay.id, NO_REASON, left, back)
