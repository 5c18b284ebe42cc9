"""The journal in words: the plain fields before and after. What was done: `journal_actions`."""

from collections.abc import Callable
from datetime import datetime

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.reports.figures import known_figures
from shelter_desk.domain.settings import SETTINGS
from shelter_desk.words import (
    assistance,
    contacts,
    field_labels,
    formats,
    journal_columns,
    place_requests,
    sending,
    settings,
)
from shelter_desk.words.beds import held_beds, moved_beds
from shelter_desk.words.casefile import interviews, legal, voluntary_returns
from shelter_desk.words.refusals import stock_refusals
from shelter_desk.words.reports import closing

# which code list the values of a column are of
OF_COLUMNS = {column.key: column.code_list for columns in LISTS.values() for column in columns if column.code_list}
OF_COLUMNS |= {"role": "role", "presence": "roll_call"}
OF_COLUMNS |= {"factor": "vulnerability_factor", "answer": "factor_answer", "risk_level": "risk_level"}
OF_COLUMNS |= {"safe_to_contact_family": "safety_answer", "safe_to_go_out": "safety_answer"}
OF_COLUMNS |= {"threat_likelihood": "level3", "threat_impact": "level3", "safety_measures": "safety_measure"}
OF_COLUMNS |= {"solution_sought": "solution_sought", "agreed_mode": "consent_mode", "action_status": "action_status"}
OF_COLUMNS |= {"domain": "service_type", "family_link": "family_link", "link_basis": "link_basis"}
OF_COLUMNS |= {"kin_relation": "kin_relation", "safe_to_contact": "safety_answer"}
OF_COLUMNS |= interviews.LISTS | place_requests.LISTS | voluntary_returns.LISTS | legal.LISTS
OF_COLUMNS |= {"incident_type": "incident_type", "notified": "notified", "duplicate_cause": "duplicate_cause"}
OF_COLUMNS |= {
    "read_for": "reading_reason",
    "severity": "incident_severity",
    "channel": "incident_channel",
    "step": "admission_step",
    "gbv_type": "gbv_type",
    "recipient_kind": "recipient_kind",
    "purpose_code": "sending_purpose",
    "kind": "sending_kind",
}


def field(key: str, table: str = "") -> str:
    """What a field is called in the detail of a line. table: where it stands, for a key that more than one has."""
    if table == "settings" and key in SETTINGS:
        return settings.label(key)
    own = interviews.columns() if table in interviews.TABLES else {}
    found = own.get(key) or named().get(key) or field_labels.label(key)
    return journal_columns.columns().get(key, key) if found == key else found


def named() -> dict[str, str]:
    """Fields of the case file that stand in no workbook."""
    return {
        "started_at": words.text("From"),
        "ended_at": words.text("Until"),
        "exited_at": words.text("Exit"),
        "recorded_at": words.text("Typed on"),
        "uncounted": words.text("Reason of the exit"),
        "exit_recorded_at": words.text("Exit typed on"),
        "night_of": words.text("Night of"),
        "checked_at": words.text("Called on"),
        "presence": words.text("Presence"),
        "unregistered": words.text("Unregistered persons"),
        "bed_id": words.text("Bed"),
        "room_id": words.text("Room"),
        "active": words.text("Account open"),
        "role": words.text("Role"),
        "name": words.text("Name"),
        "undertaken_at": words.text("Undertaking accepted"),
        "erased_at": words.text("Identity erased"),
        "held_at": words.text("Suspended on"),
        "lifted_at": words.text("Allowed again on"),
        **assistance.fields() | closing.fields() | moved_beds.fields() | _of_alerts(),
        "purpose": words.text("Purpose"),
        "noted_on": words.text("Noted on"),
        "ended_on": words.text("Until"),
        "tries": words.text("How many times"),
        "lines": words.text("Journal lines"),
        "lost": words.text("Journal lines given up"),
        "backup": words.text("Backup of"),
        "of": words.text("Undoes line"),
        "names": words.text("With names"),
        "typed_afterwards": words.text("Typed afterwards"),
        "read_for": words.text("Read for"),
        "read_why": words.text("What is checked"),
        "provisional": words.text("Provisional admission"),
        "second": words.text("Second person"),
        "alone": words.text("Decided by one person alone"),
        "profile": words.text("Reader"),
        "first": words.text("First day"),
        "last": words.text("Last day"),
        "assessment_no": words.text("Number of the assessment"),
        "version": words.text("Version"),
        "factor": words.text("Factor"),
        "answer": words.text("Answer"),
        "risk_level": words.text("Level of risk"),
        "threat_likelihood": words.text("Likelihood"),
        "threat_impact": words.text("Gravity"),
        "safe_to_contact_family": words.text("Safe to contact the family"),
        "safe_to_go_out": words.text("Safe to go out"),
        "safety_measures": words.text("Safety measures"),
        "measured_at": words.text("Measures since"),
        "plan_no": words.text("Number of the plan"),
        "solution_sought": words.text("Solution sought"),
        "action_status": words.text("State"),
        "year": words.text("Year"),
    }


def _of_alerts() -> dict[str, str]:
    return {
        "rule": words.text("Rule"),
        "matter": words.text("About"),
        "subject": words.text("About"),
        "settled_at": words.text("Set aside on"),
        "postponed_at": words.text("Set aside on"),
        "until": words.text("Shown again on"),
    }


def value(key: str, stored: object, table: str) -> str:
    """A plain value as a person reads it: codes by their labels, days and moments, yes and no.

    table: where it stands, "" for a fact of the line.
    """
    if stored is None or stored == "":
        return formats.NONE
    if isinstance(stored, bool) or (key in _YES_OR_NO and stored in (0, 1)):
        return words.text("Yes") if stored else words.text("No")
    typed = ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored)
    if key in _SAID:
        return _SAID[key](typed)
    if key == "figure":
        return closing.figure((typed, ())) if typed in known_figures() else typed
    if key in SETTINGS:
        return settings.value(SETTINGS[key], typed)
    if table in _OF_STOCK and key in _THOUSANDTHS and isinstance(stored, int):
        return stock_refusals.quantity(stored / 1000 if stored % 1000 else stored // 1000)
    of = _OF_TABLES.get((table, key)) or OF_COLUMNS.get(key) or journal_columns.LISTS.get(key)
    if of:
        return ", ".join(words.label(of, part) for part in typed.split(";"))
    is_moment = key in _MOMENTS or key.endswith(("_at", "_on", "_date", "_since"))
    return ", ".join(map(_moment, typed.split(", "))) if is_moment else typed


_SAID: dict[str, Callable[[str], str]] = {
    "late_reason": closing.late_reason,
    "interview_state": interviews.state,
    "stop_reason": interviews.stop_reason,
    "stage": lambda typed: interviews.stage(int(typed)),
    "contact_wish": contacts.wish,
    "end_reason": held_beds.reason,
    "departure": sending.departure,
    "sha256": lambda typed: " ".join(typed[at : at + 8] for at in range(0, len(typed), 8)),  # as the column is wide
}
# where another table has the key with other codes
_OF_TABLES = {("sendings", "channel"): "sending_channel", ("stays", "uncounted"): "exit_reason"}
_OF_TABLES |= {("referrals", "urgency"): "referral_urgency", ("tickets", "urgency"): "maintenance_urgency"}
_OF_STOCK = frozenset({"stock_items", "stock_kit_lines", "stock_moves", "stock_packs", "stock_voucher_lines"})
_OF_STOCK |= {"stock_count_lines"}
_THOUSANDTHS = frozenset(
    {"amount", "asked", "change", "counted", "factor", "max_level", "min_level", "norm", "pack_factor", "recount"}
    | {"theoretical"}
)
_YES_OR_NO = frozenset(
    {"accessible", "active", "has_expiry", "house_rules_explained", "interpreter_needed", "is_active", "is_contact"}
    | {"is_dependant", "is_dropped", "lendable", "lent", "made_with_person", "moves", "names", "needs_bid"}
    | {"restricted", "tested_ok", "valuables_returned", *interviews.YES_OR_NO}
)
_MOMENTS = frozenset(
    {"backup", "capacity_from", "first", "first_day", "in_service_from", "in_service_to", "last", "last_day"}
    | {"next_review", "out_from", "out_to", "until"}
)


def _moment(typed: str) -> str:
    try:
        return formats.moment(datetime.fromisoformat(typed))
    except ValueError:
        return typed


def sealed(table: str = "persons") -> str:
    """What stands for a name, or for words about a person, which the journal keeps sealed."""
    return words.text("name changed, sealed") if table == "persons" else words.text("text changed, sealed")


def verified(lines: int, clock: str) -> str:
    """The whole chain was followed."""
    told = words.text("Chain verified at {clock}: {lines}.")
    return told.format(clock=clock, lines=words.count("{n} line", "{n} lines", lines))


def broken(line: str) -> str:
    """The chain does not follow at that line: what it means, and the way out."""
    told = words.text("Journal altered at line {n}: go back to the last backup, keep the folder, call for help.")
    return told.format(n=line)
