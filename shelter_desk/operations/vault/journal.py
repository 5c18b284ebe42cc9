"""The journal read: who did what, on which code; verified as one chain; written into a workbook without a name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.residents.notes import CARE
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.file import journal as stored_journal
from shelter_desk.storage.file import journal_search, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.journal_search import Wanted
from shelter_desk.storage.keys.recovery import PROVEN
from shelter_desk.storage.residents import residents

__all__ = ["JournalLine", "Wanted"]

EXPORTED = "journal_exported"
AT_ONCE = 500  # lines read together for a workbook
MOST_ROWS = 40  # told of one line
# what a line tells besides its rows, as it is shown
FACTS = (
    "purpose", "names", "profile", "first", "last", "lines", "backup", "lost", "of", "typed_afterwards", "provisional",
    "tries", "cells", "entries", "read_for", "read_why", "second", "alone", "late_months", "late_reason",
    "actual_on", "merged", "parted", "duplicate_cause", "held_no",
)  # fmt: skip
# what goes to paper and tells of persons, of what was sent or of what the house owns
Paper = Literal[
    "night_list", "kitchen_list", "report_tables", "narrative", "sendings_list", "receipt", "voucher", "stock_count",
    "inventory", "equipment_list", "reception", "bed_calendar", "handover", "list",
]  # fmt: skip
# numbers of rows and what only the program reads, which say nothing to a person, and the sealed key of a person
UNSAID = frozenset(
    {
        "person_id", "stay_id", "head_stay_id", "user_id", "checked_by", "roll_call_id", "seal", "interview_id",
        "held_by", "ended_by", "merged_into", "former_families", "handover_id", "handed_by", "taken_by",
        "written_by", "after_line", "last_line", "appointment_id", "local_service_types", "grant_id", "plan_action_id",
        "last_move", "digest", "former_births", "dims", "media_type", "placement_id", "sending_id", PROVEN,
    }
)  # fmt: skip
_FOR_UNDO = "merges"  # what an undo puts back is told by the rows themselves


# what the facts of a row are seen with, by its table; open codes tell of a person as well (field 6.4)
SEEN_WITH: Mapping[str, Permission] = MappingProxyType(
    {
        table: permission
        for permission, names in {
            Permission.CASE_SEE: (
                "interviews indicator_answers assessments factor_answers plans plan_actions return_files legal_steps"
                " situations exits follow_ups belongings specific_needs case_notes documents appointments incidents"
                " settled_flags profiles guardians best_interests tracings tracing_steps notifications victim_statuses"
                " contacts contact_risks holds not_same merges import_gaps placement_reasons"
            ),
            Permission.ASSIST_SEE: (
                "services diets consents consent_exceptions referrals sent_sheets activities attendances place_requests"
                " place_request_groups partners"
            ),
            Permission.REPORT_SEE: "donor_categories donor_workbooks report_comments report_passages year_targets",
            Permission.REPORT_SEE_FROZEN: "report_versions report_visas sendings",
            Permission.SEE_BEDS: (
                "persons stays placements absences roll_calls roll_call_lines held_beds held_bed_groups"
                " held_bed_arrivals handovers handover_lines"
            ),
            Permission.STOCK_SEE: (
                "stock_items stock_packs stock_kits stock_kit_lines stock_vouchers stock_voucher_lines stock_moves"
                " stock_loan_notes stock_counts stock_count_lines postponed_tasks"
            ),
            Permission.ASSETS_SEE: (
                "grants receptions reception_lines assets asset_photos campaigns campaign_lines asset_events tickets"
                " generator_runs room_inspections"
            ),
            Permission.REGISTERS_IMPORT: "import_batches import_rows import_layouts import_lines house_gaps",
            Permission.SEE_COUNTS: "rooms beds bed_rooms bed_states settings users recipients",
        }.items()
        for table in names.split()
    }
)


@dataclass(frozen=True, slots=True)
class Verified:
    """The whole journal follows from its first line. at: when that was looked at."""

    lines: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Filters:
    """What can be asked of the journal: the people at the desk and the actions that are in it."""

    people: dict[UserId, str]
    actions: tuple[str, ...]


@needs(Permission.JOURNAL_SEE)
def numbers(desk: Desk, wanted: Wanted) -> list[int]:
    """The numbers of the lines of everybody, the last first; `lines` reads those that somebody looks at.

    Who reads no file finds no line by the code of a person.
    """
    with desk.reading() as connection:
        found = journal_search.numbers(connection, wanted)
        if wanted.code and not desk.may(Permission.CASE_SEE):
            parts = (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))
            lines = (line for part in parts for line in _without_persons(connection, part, whole=False))
            found = [line.seq for line in lines if line.subject]
    return found


@needs(Permission.JOURNAL_SEE_OWN)
def own_numbers(desk: Desk, wanted: Wanted) -> list[int]:
    """The same of the person at the desk, whoever is asked for."""
    with desk.reading() as connection:
        return journal_search.numbers(connection, replace(wanted, user=desk.user))


@needs(Permission.JOURNAL_SEE_OWN)
def lines(desk: Desk, seqs: Sequence[int]) -> list[JournalLine]:
    """When, who, what and on which code, in the order asked; what a line tells beside is in its `detail`.

    Those of others only for a role that may see them. Who reads no file reads them without the code of a person.
    """
    return _seen(desk, seqs, whole=False)


def _seen(desk: Desk, seqs: Sequence[int], *, whole: bool) -> list[JournalLine]:
    with desk.reading() as connection:
        if desk.may(Permission.JOURNAL_SEE) and not desk.may(Permission.CASE_SEE):
            return _without_persons(connection, seqs, whole=whole)
        found = stored_journal.of(connection, seqs, whole=whole)
    return found if desk.may(Permission.JOURNAL_SEE) else [line for line in found if line.user == desk.user]


def _without_persons(connection: Connection, seqs: Sequence[int], *, whole: bool) -> list[JournalLine]:
    found = stored_journal.of(connection, seqs, whole=whole)
    persons = residents.by_codes(connection, {line.subject for line in found})
    return [replace(line, subject="") if line.subject in persons else line for line in found]


@needs(Permission.JOURNAL_SEE_OWN)
def filters(desk: Desk) -> Filters:
    """What the lines that this role may see can be filtered by."""
    own = None if desk.may(Permission.JOURNAL_SEE) else desk.user
    with desk.reading() as connection:
        people = settings.user_names(connection)
        actions = journal_search.actions(connection, own)
    shown = people if own is None else {own: people[own]}
    return Filters(dict(sorted(shown.items(), key=lambda one: one[1])), tuple(actions))


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one row, before and after; a new row has no before, one taken out no after.

    is_sealed: a name, which the journal keeps sealed: its values are not given. Beds and rooms
    are given by their codes.
    """

    table: str
    key: str
    before: object
    after: object
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """What a line tells besides: plain facts, and fields before and after. more: rows of an import, only counted."""

    facts: tuple[tuple[str, object], ...]
    changed: tuple[Changed, ...]
    more: int = 0


@needs(Permission.JOURNAL_SEE_OWN)
def detail(desk: Desk, seq: int) -> Detail:
    """What stands behind a line; nothing is unsealed. Empty for a line that this role may not see.

    Rows that a role may not see on its own pages, and notes of care, are only counted for it.
    """
    line = next(iter(_seen(desk, [seq], whole=True)), None)
    known = {} if line is None else line.known
    rows = [] if line is None else [row for row in line.rows if row["table"] != _FOR_UNDO]
    with desk.reading() as connection:
        people = settings.user_names(connection)
        codes = {
            "beds": journal_search.codes(connection, "beds"),
            "rooms": journal_search.codes(connection, "rooms"),
            "tickets": journal_search.codes(connection, "tickets", "ticket_no"),
            "users": {int(key): name for key, name in people.items()},
        }
    facts = tuple(
        (key, people.get(told, told) if key == "second" else told) for key, told in known.items() if key in FACTS
    )
    seen = [row for row in rows if _may_see(desk, row)]
    changed = [one for row in seen[:MOST_ROWS] for one in _changed(row, codes)]
    changed += _changed({"table": "settings", "before": known.get("before"), "after": known.get("after")}, codes)
    counted = sum(_counted(known.get(one)) for one in ("new_rows", "gone_rows"))
    return Detail(facts, tuple(changed), counted + len(rows) - len(seen[:MOST_ROWS]))


def _counted(told: Any) -> int:
    return sum(one for one in told.values() if isinstance(one, int)) if isinstance(told, dict) else 0


def _may_see(desk: Desk, row: dict[str, Any]) -> bool:
    table, kinds = row["table"], {row.get(side, {}).get("note_kind") for side in ("before", "after")}
    if table == "case_notes" and kinds & CARE and not desk.may(Permission.CARE_NOTES_SEE):
        return False
    return desk.may(SEEN_WITH.get(table, Permission.CASE_SEE))


def _changed(row: dict[str, Any], codes: Mapping[str, Mapping[int, str]]) -> Iterator[Changed]:
    before, after, table = row.get("before") or {}, row.get("after") or {}, str(row.get("table"))
    for key in {**before, **after}:
        if (table, key) in stored_journal.SEALED:
            if key not in UNSAID:
                yield Changed(table, key, None, None, is_sealed=True)
        elif key in UNSAID:
            continue
        elif named := journal_search.named_table(table, key):
            known = codes.get(named)
            if known is not None:
                yield Changed(table, key, known.get(before.get(key) or 0), known.get(after.get(key) or 0))
        else:
            yield Changed(table, key, before.get(key), after.get(key))


@needs(Permission.SEE_COUNTS)
def verify(desk: Desk, progress: Callable[[int], None] | None = None) -> Verified:
    """Follow the whole chain; half a second for a hundred thousand lines.

    progress: told the lines followed, each thousand; what it raises ends it. Raises Damaged("journal") at the first
    line that is wrong.
    """
    with desk.reading() as connection:
        return Verified(stored_journal.verify(connection, progress), desk.now())


@needs(Permission.JOURNAL_SEE)
def export(desk: Desk, seqs: Sequence[int], path: Path, purpose: str, said: Callable[[str], str]) -> None:
    """Write these lines into a workbook: when, who, what, on which code; never what stood in a field.

    said: the sentence of an action. The journal keeps who took them and for what purpose. Raises DiskFull, ReadOnly,
    WouldOverwrite.
    """
    output_paths.check(path)
    from shelter_desk.excel.registers import registers

    with desk.reading() as connection:
        people = settings.user_names(connection)
    registers.write_journal(path, _rows(desk, seqs, people, said), training=desk.is_training)
    desk.note(EXPORTED, lines=len(seqs), purpose=purpose.strip())


def _rows(
    desk: Desk, seqs: Sequence[int], people: dict[UserId, str], said: Callable[[str], str]
) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(seqs), AT_ONCE):
        for line in lines(desk, seqs[start : start + AT_ONCE]):
            who = "" if line.user is None else people.get(line.user, "")
            yield line.seq, datetime.fromisoformat(line.at), who, said(line.action), line.subject


# Paper ----------------------------------------------------------------------------------------------------------------


Told = TypeVar("Told", str, str | None)


def printed(desk: Desk, paper: Paper, told: Told, subject: str = "") -> Told:
    """Keep that it went to paper, or into a PDF. told: what was done, nothing where it was given up; returned.

    Paper that is out of the printer is said so where the journal cannot take a line.
    """
    if told:
        desk.tell(f"{paper}_printed", subject)
    return told
