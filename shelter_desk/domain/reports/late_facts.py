"""Late facts: what of a row about a person is counted in a month, and so which closed months a change concerns.

A change concerns a month where something of the row that is counted there is another thing afterwards. What goes on
beyond the month is the same for it however long it goes on: who leaves in November changes nothing of October.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

from shelter_desk.domain.assistance.referrals import SERVED, UNCOUNTED
from shelter_desk.domain.casefile.interviews import is_held
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import FormerBirth
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.domain.stays.place_requests import MISTAKE
from shelter_desk.domain.stays.stays import REDIRECTED, VOID

# why a fact of a closed month is written now; else words of one's own
LateReason = Literal["saisie_tardive", "erreur", "preuve_nouvelle", "doublon", "decision_autorite"]
LATE_REASONS: tuple[LateReason, ...] = ("saisie_tardive", "erreur", "preuve_nouvelle", "doublon", "decision_autorite")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """Something of a row, and when it is counted. what: columns, or what is made of them.

    since, until: columns of its first day and of its end, the first that is filled counts; until is None where it is
    counted on its first day alone.
    """

    since: tuple[str, ...]
    until: tuple[str, ...] | None
    what: tuple[str | Callable[[Row], Any], ...]


def _on(day: str, *what: str | Callable[[Row], Any]) -> Counted:
    return Counted((day,), None, (day, *what))


def _while(since: str, until: str, *what: str | Callable[[Row], Any]) -> Counted:
    return Counted((since,), (until,), (since, *what))


def _held(row: Row) -> bool:
    return is_held(row.get("interview_state", ""), row.get("stage") or 0, row.get("consent_interview", ""))


def _done(row: Row) -> bool:
    return row.get("bia_status") not in ("a_faire", "en_cours")


def _served(row: Row) -> bool:
    return row.get("referral_status") in SERVED


def _redirected(row: Row) -> bool:
    return row.get("uncounted") == REDIRECTED


# by table; `stay_…`, `request_…`, `night_of` and `held_on` of what a row belongs to are read beside it
COUNTED: Mapping[str, tuple[Counted, ...]] = {
    "persons": (
        _while(
            "stay_admitted_at", "stay_exited_at", "sex", "birth_date", "birth_date_precision", "age_estimated",
            "age_estimated_on", "nationality",
        ),
    ),
    "profiles": (_while("stay_admitted_at", "stay_exited_at", "region_origin"),),
    "stays": (
        _on("admitted_at", "person_id", "entry_kind"),
        _on("exited_at", "admitted_at", "uncounted"),
        _while("admitted_at", "exited_at", "person_id", "is_dependant", "head_stay_id", _redirected),
    ),
    "situations": (
        _on("stay_admitted_at", "referral_source"),
        _on("stay_exited_at", "exit_destination", "exit_reason"),
        _while("stay_admitted_at", "stay_exited_at", "migration_situation", "child_status", "country_last"),
    ),
    "placements": (_while("started_at", "ended_at", "stay_id", "place", "bed_id", "room_id"),),
    "absences": (_while("started_at", "ended_at", "stay_id", "absence_type"),),
    "specific_needs": (_while("found_on", "ended_on", "stay_id", "specific_need"),),
    "victim_statuses": (
        _on("decided_on", "stay_id", "victim_status"),
        _while(
            "decided_on", "stay_exited_at", "stay_id", "victim_status", "exploitation_forms", "assimilated_practices"
        ),
    ),
    "services": (
        _on(
            "service_on", "stay_id", "service_type", "quantity", "provider_kind", "partner", "donor", "cost_xof",
            "service_status", "activity_id",
        ),
    ),
    "activities": (
        _on(
            "held_on", "service_type", "theme", "hours", "audience", "service_status", "donor", "outside_f",
            "outside_m", "outside_girls", "outside_boys",
        ),
    ),
    "attendances": (_on("held_on", "user_id", "staff_name", "sex", "pre_score", "post_score"),),
    "referrals": (
        _on("issued_on", "stay_id", "direction", "partner", "service_wanted"),
        _on("accepted_on"),
        _on("served_on", _served),
        _on("closed_on", "referral_status"),
        Counted(("issued_on",), ("served_on", "closed_on"), ("issued_on", "direction")),
    ),
    "incidents": (
        _on("occurred_at", "incident_type", "severity", "gbv_type"),
        _on("answered_on"),
        _on("closed_on"),
        _while("occurred_at", "closed_on", "incident_type"),
    ),
    "place_requests": (
        _on("asked_on"),
        _on("decided_on", "request_outcome", "request_reason"),
        _while("asked_on", "decided_on"),
    ),
    "place_request_groups": (_while("request_asked_on", "request_decided_on", "sex", "age_group", "persons"),),
    "roll_calls": (_on("night_of", "unregistered"),),
    "roll_call_lines": (_on("night_of", "stay_id", "presence", "absence_type", "place", "bed_id"),),
    "interviews": (
        _on("interview_at", "stay_id", _held),
        _while(
            "interview_at", "stay_exited_at", "exploitation_countries", "exploitation_regions", "assimilated_practices"
        ),
    ),
    "exits": (_on("stay_exited_at", "stay_id", "child_decision_ref", "handed_relation"),),
    "legal_steps": (_on("done_on", "stay_id", "legal_step"),),
    "follow_ups": (_on("due_on", "stay_id"), _on("held_on", "stay_id", "outcome")),
    "guardians": (
        Counted(
            ("started_on", "requested_on", "recorded_at"), (),
            ("person_id", "guardian_status", "started_on", "requested_on"),
        ),
        _on("ended_on"),
    ),
    "best_interests": (_while("assessed_on", "stay_exited_at", "stay_id", "form", _done), _on("bid_requested_on")),
    "tracings": (_on("requested_on", "stay_id"), _on("located_on", "stay_id"), _on("reunified_on", "stay_id")),
}  # fmt: skip
# what makes a whole row count nowhere
_UNCOUNTED: Mapping[str, tuple[str, frozenset[str]]] = {
    "stays": ("uncounted", frozenset({VOID})),
    "situations": ("stay_uncounted", frozenset({VOID})),
    "referrals": ("referral_status", UNCOUNTED),
    "place_requests": ("request_outcome", frozenset({MISTAKE})),
}


def concerned(table: str, before: Row | None, after: Row | None, months: Iterable[Period]) -> set[Period]:
    """The months of which a change of a row moves something. before: None for a new row; after: for one taken out."""
    if table not in COUNTED:
        return set()
    return {month for month in months if _counted(table, before, month) != _counted(table, after, month)}


def _counted(table: str, row: Row | None, month: Period) -> tuple[Any, ...]:
    """What of a row is counted in a month; the same length for all rows of a table."""
    parts = COUNTED[table]
    if row is None or _is_aside(table, row):
        return (None,) * len(parts)
    if table == "persons" and row.get("former_births"):
        row = _as_held(row, month)
    if table == "stays" and (row.get("former_families") or row.get("family_since")):
        row = _in_families(row, month)
    return tuple(_within(part, row, month) for part in parts)


def _as_held(row: Row, month: Period) -> Row:
    """The row of a person with what was held of the birth at the end of the month."""
    formers = map(FormerBirth.read, row["former_births"].split(";"))
    held = next((one.birth for one in formers if month.last < one.until), None)
    if held is None:
        return row
    return {
        **row,
        "birth_date": None if held.birth_date is None else held.birth_date.isoformat(),
        "birth_date_precision": held.precision,
        "age_estimated": held.age_estimated,
        "age_estimated_on": None if held.age_estimated_on is None else held.age_estimated_on.isoformat(),
    }


def _in_families(row: Row, month: Period) -> Row:
    """The row of a stay with the family of that month, and with the days of each where there were several."""
    known = [Membership.read(one) for one in (row.get("former_families") or "").split(";") if one]
    if row.get("head_stay_id") or row.get("is_dependant"):
        joined = date.fromisoformat(row["family_since"]) if row.get("family_since") else None
        known.append(Membership(row.get("head_stay_id"), joined, depends=bool(row.get("is_dependant"))))
    on = [(None if one is None else (one.head, one.depends)) for one in map(partial(_held_on, known), month)]
    if len(set(on)) > 1:
        return {**row, "head_stay_id": tuple(on)}
    head, depends = on[0] or (None, 0)
    return {**row, "head_stay_id": head, "is_dependant": int(depends)}


def _held_on(known: Iterable[Membership], day: date) -> Membership | None:
    return next((one for one in known if one.on(day)), None)


def _is_aside(table: str, row: Row) -> bool:
    column, codes = _UNCOUNTED.get(table, ("", frozenset()))
    return row.get(column) in codes


def _within(part: Counted, row: Row, month: Period) -> tuple[Any, ...] | None:
    start = _first(row, part.since)
    if start is None or start > month.last:
        return None
    if part.until is None:
        return _told(part, row) if start in month else None
    end = _first(row, part.until)
    if end is not None and end < month.first:
        return None
    return (end if end is not None and end <= month.last else None, *_told(part, row))


def _told(part: Counted, row: Row) -> tuple[Any, ...]:
    """What is said; an empty text and nothing are one."""
    said = ((row.get(one) if isinstance(one, str) else one(row)) for one in part.what)
    return tuple(None if one == "" else one for one in said)


def _first(row: Row, columns: Iterable[str]) -> date | None:
    """The day in the first of these columns that is filled."""
    told = next((row[column] for column in columns if row.get(column)), None)
    return None if told is None else date.fromisoformat(str(told)[:10])
