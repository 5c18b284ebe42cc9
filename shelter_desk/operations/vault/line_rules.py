"""Which lines of the journal somebody may have written with the program: by what they tell, and by their role."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.operations.desk import UNDO
from shelter_desk.operations.vault import taken_back
from shelter_desk.storage.file import journal, schema, told_rows
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.keys import slot_versions
from shelter_desk.storage.retention import altered_settings
from shelter_desk.storage.tables import boxed_tables
from shelter_desk.storage.today import handovers

# what a role must hold one of to write rows of a table, whatever act that is part of
WRITTEN_WITH: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        table: frozenset(permissions)
        for permissions, names in (
            (
                (Permission.CASE_EDIT,),
                "interviews indicator_answers assessments factor_answers plans plan_actions return_files legal_steps"
                " exits follow_ups belongings contacts holds not_same merges guardians best_interests"
                " tracings tracing_steps notifications victim_statuses contact_risks documents case_notes"
                " specific_needs diets consents consent_exceptions activities attendances referrals partners"
                " settled_flags import_gaps placement_reasons sent_sheets",
            ),
            (
                (Permission.ADMIT_PROVISIONAL,),
                "persons profiles stays situations placements absences roll_calls roll_call_lines handovers"
                " handover_lines appointments held_beds held_bed_groups held_bed_arrivals place_requests"
                " place_request_groups",
            ),
            (
                (Permission.ADMIT_PROVISIONAL, Permission.STOCK_REQUEST),  # a welcome kit, a slip
                "services stock_vouchers stock_voucher_lines stock_moves stock_loan_notes",
            ),
            (
                (Permission.STOCK_EDIT,),
                "stock_items stock_packs stock_kits stock_kit_lines stock_counts stock_count_lines postponed_tasks",
            ),
            (
                (Permission.ASSETS_EDIT,),
                "grants receptions reception_lines assets asset_photos asset_events campaigns campaign_lines tickets"
                " generator_runs room_inspections bed_states",
            ),
            ((Permission.ROOMS_EDIT,), "rooms beds bed_rooms"),
            ((Permission.INCIDENT_REPORT,), "incidents"),
            ((Permission.REPORT_COMMENT,), "report_comments report_passages"),
            ((Permission.REPORT_CLOSE,), "report_versions"),
            ((Permission.REPORT_VISA,), "report_visas"),
            ((Permission.SETTINGS_EDIT,), "settings recipients donor_categories donor_workbooks year_targets"),
            ((Permission.REGISTERS_IMPORT,), "import_batches import_rows import_layouts import_lines"),
            ((Permission.SEE_COUNTS,), "users house_gaps sendings"),  # one's own
        )
        for table in names.split()
    }
)
# where a row says who wrote it
WRITER: Mapping[str, str] = MappingProxyType(
    {
        "incidents": "reported_by",
        "tickets": "reported_by",
        "asset_events": "recorded_by",
        "generator_runs": "recorded_by",
        "room_inspections": "recorded_by",
        "campaign_lines": "counted_by",
        "handover_lines": "written_by",
        "case_notes": "written_by",
        "documents": "added_by",
        "diets": "by_id",
        "consent_exceptions": "by_id",
        "place_requests": "noted_by",
        "stock_loan_notes": "noted_by",
        "stock_counts": "begun_by",
        "postponed_tasks": "postponed_by",
        "roll_calls": "checked_by",
        "held_beds": "held_by",
        "merges": "merged_by",
        "settled_flags": "settled_by",
        "attendances": "user_id",
        "report_comments": "user_id",
        "report_passages": "user_id",
        "report_versions": "user_id",
        "report_visas": "user_id",
        "sendings": "user_id",
        "import_batches": "taken_by",
    }
)
IMPORT, UPGRADE, UNDO_IMPORT = "take_in", "upgrade", "undo_import"
# what the check believes of a line whatever its rows: with which permission it is written
TOLD_WITH: Mapping[str, Permission] = MappingProxyType(
    {
        "structural_factors": Permission.CASE_EDIT,
        "service_kinds": Permission.SETTINGS_EDIT,
        "erase": Permission.ERASE,
        IMPORT: Permission.REGISTERS_IMPORT,
        told_rows.CHANGE_KEYS: Permission.USERS_EDIT,
    }
)


class OfNobody(NamedTuple):
    """What the program itself tells. permission: held by whoever it does so for; facts: beside which it tells none."""

    permission: Permission
    facts: frozenset[str] = frozenset()


_OF_SECRET = OfNobody(Permission.SEE_NAMES, frozenset({"secret", "sum"}))
OF_NOBODY: Mapping[str, OfNobody] = MappingProxyType(
    {
        UPGRADE: OfNobody(Permission.SEE_COUNTS, frozenset({"from", "after"})),
        "foreign_removed": OfNobody(Permission.SEE_COUNTS, frozenset({"tries"})),
        "seal_unreadable": OfNobody(Permission.USERS_EDIT),
        import_lines.MADE: _OF_SECRET,
        import_lines.RENEWED: _OF_SECRET,
    }
)
_NOBODYS_ALONE = OF_NOBODY.keys() - {"seal_unreadable"}  # which the look for such a name tells as well
_SIGNED_SINCE = "0038"  # the version of the file that brought signatures
# whose rows are changed by who wrote them last alone, unless somebody reads the case file
_OWN_ALONE = frozenset({"persons", "stays"} | {one.name for one in boxed_tables()})


def may_write(role: str, tables: Collection[str]) -> bool:
    """Whether somebody of that role writes rows of all these tables."""
    held = _held(role)
    return all(held & WRITTEN_WITH.get(table, frozenset()) for table in tables)


def _held(role: str) -> frozenset[Permission]:
    return next((PERMISSIONS[one] for one in Role if one == role), frozenset())


def is_in_own_name(action: str, table: str, after: Mapping[str, Any], user: UserId | None) -> bool:
    """Whether a row that is put in or changed says that this person wrote it, if it says who. after: what it tells.

    An import brings what others wrote, and what takes something back puts it back.
    """
    return action in (IMPORT, UNDO_IMPORT, UNDO) or after.get(WRITER.get(table, "")) in (None, user)


class LineJudge:
    """Judges lines in their order, once it learned those of before there were signatures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last = {table: dict[int, UserId | None]() for table in _OWN_ALONE}  # who wrote it last, by id
        self._undone = set[int]()
        self._version = ""  # of the file, as far as a line said it

    def learn(self, line: JournalLine) -> bool:
        """Take in what it wrote. Whether it made no row that was there, and touched none that somebody else wrote last;
        of persons, stays and what goes into the box.
        """
        is_own, known = True, line.known
        for table, last in self._last.items():
            for key in told_rows.ids_brought(known, table, last):
                is_own &= key not in last
                last[key] = line.user
            for key in told_rows.ids_taken_out(known, table, last):
                is_own &= last.pop(key) == line.user
        for row in journal.rows_of(known):
            if row["table"] not in _OWN_ALONE:
                continue
            last, key = self._last[row["table"]], row["id"]
            is_own &= key not in last if "before" not in row else key in last and last[key] == line.user
            if "after" in row:
                last[key] = line.user
            else:
                last.pop(key, None)
        if line.action == UPGRADE:
            self._version = line.subject
        elif line.action == "create" and line.seq == 1:
            self._version = str(known.get("version", ""))
        return is_own

    def may_tell(self, role: str, line: JournalLine) -> bool:
        """Whether somebody of that role can have written it with the program, signed; it is learned as well."""
        held, version = _held(role), self._version
        is_own = self.learn(line)
        if line.user is None:
            return _may_tell_for_nobody(held, line, version)
        if line.action == UNDO and not self._takes_back(line):
            return False
        return _may_tell(role, held, line) and (is_own or Permission.CASE_EDIT in held)

    def _takes_back(self, line: JournalLine) -> bool:
        """Whether it puts back just what another line of the same person wrote, which no line took back so far."""
        of: Any = line.known.get("of")
        if not journal.is_row_id(of) or of >= line.seq or of in self._undone:
            return False
        self._undone.add(of)
        done = next(iter(journal.of(self._connection, [of])), None)
        if done is None or done.user != line.user or done.action == UNDO:
            return False
        return taken_back.takes_back(line.known, done.known)


def _may_tell(role: str, held: Collection[Permission], line: JournalLine) -> bool:
    known = line.known
    after = known.get("after")
    is_set = isinstance(after, dict) and not altered_settings.NAMES.isdisjoint(after)
    is_theirs = line.action not in _NOBODYS_ALONE and TOLD_WITH.get(line.action, Permission.SEE_COUNTS) in held
    is_theirs &= not line.is_of_case_file or Permission.CASE_EDIT in held
    is_theirs &= slot_versions.LISTED not in known or Permission.USERS_EDIT in held
    is_theirs &= "new_sums" in known or not any(known.get(counted) for counted in ("new_rows", "gone_rows"))
    rows = journal.rows_of(known)
    is_theirs &= all(is_in_own_name(line.action, row["table"], row.get("after", {}), line.user) for row in rows)
    is_theirs &= Permission.OVERRIDE_RULE in held or not any(_is_of_other(row, line.user) for row in rows)
    return is_theirs and may_write(role, line.tables | ({"settings"} if is_set else set()))


def _is_of_other(row: Mapping[str, Any], user: UserId | None) -> bool:
    """Whether that takes out what another person added to the shift."""
    is_taken_out = row["table"] == handovers.LINES and "after" not in row
    return is_taken_out and row.get("before", {}).get(WRITER[handovers.LINES]) != user


def _may_tell_for_nobody(held: Collection[Permission], line: JournalLine, version: str) -> bool:
    """version: of the file so far, "" for not known."""
    of, known = OF_NOBODY.get(line.action), line.known
    if of is None or of.permission not in held or not known.keys() <= of.facts or line.is_of_case_file:
        return False
    return line.action != UPGRADE or _is_upgrade(line.subject, known, version)


def _is_upgrade(to: str, known: Mapping[str, Any], version: str) -> bool:
    """None leads back to a file of before there were signatures, or says more than how an older shelter began."""
    former, after = known.get("from"), known.get("after", {})
    if not isinstance(former, str) or not isinstance(after, dict) or (version and former != version):
        return False
    return _SIGNED_SINCE <= former < to <= schema.NEWEST and after.keys() <= altered_settings.BEGUN
