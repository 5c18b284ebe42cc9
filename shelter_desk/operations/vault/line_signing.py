"""Lines of the journal carry the signature of who wrote them: begun by the first manager, told by the check."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import LinesForged, Trouble
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.keys import keys, signed_lines, slot_list, slot_versions
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.keys.signed_lines import LinePen
from shelter_desk.storage.retention import altered_settings
from shelter_desk.storage.tables import boxed_tables

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


# the same of lines that tell of settings in their own way
TOLD_WITH = MappingProxyType({"structural_factors": Permission.CASE_EDIT, "service_kinds": Permission.SETTINGS_EDIT})


def may_write(role: str, tables: Collection[str]) -> bool:
    """Whether somebody of that role writes rows of all these tables."""
    held = _held(role)
    return all(held & WRITTEN_WITH.get(table, frozenset()) for table in tables)


_OWN_ALONE = frozenset({"persons", "stays"} | {one.name for one in boxed_tables()})


class _Judge:
    """Judges lines in their order."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], int | None] = {}  # by whom, of the rows that some write who read none

    def may_tell(self, role: str, line: JournalLine) -> bool:
        """Whether that may be a line of theirs: by its rows, by the settings that it names, by its action."""
        return _may_tell(role, line) and self._are_own(role, line)

    def _are_own(self, role: str, line: JournalLine) -> bool:
        """Who does not read the case file changes no person, no stay and no row of it but those that they made, and
        makes none twice.
        """
        is_own, is_reader = True, Permission.CASE_EDIT in _held(role)
        for row in line.rows:
            key = row["table"], row["id"]
            if row["table"] not in _OWN_ALONE:
                continue
            by = self._made.get(key)
            is_own &= is_reader or (by == line.user if "before" in row else by is None)
            if "before" not in row:
                self._made[key] = line.user
            elif "after" not in row:
                self._made.pop(key, None)
        return is_own


def _may_tell(role: str, line: JournalLine) -> bool:
    after = line.known.get("after")
    is_set = isinstance(after, dict) and not altered_settings.NAMES.isdisjoint(after)
    needed = TOLD_WITH.get(line.action)
    is_theirs = needed is None or needed in _held(role)
    is_theirs &= not line.is_of_case_file or Permission.CASE_EDIT in _held(role)
    return is_theirs and may_write(role, line.tables | ({"settings"} if is_set else set()))


def _held(role: str) -> frozenset[Permission]:
    return next((PERMISSIONS[one] for one in Role if one == role), frozenset())


def hand_over_pen(database: Database, opened: OpenedKeys) -> None:
    """Whatever is written from now on carries the signature of whose password opened; a slot of before has none."""
    if opened.seed:
        database.signing = LinePen(opened.seed).signing


def begin(database: Database, folder: Path, opened: OpenedKeys) -> None:
    """A manager says whose the keys are, and that from the next line on each is signed, where nobody said so yet.

    The list is the one that the database knows by then. Where the disk refuses, the next manager does.
    """
    if opened.keys.management is None or not opened.seed:
        return
    with suppress(Trouble):
        listed = slot_list.line_signers(folder)
        with database.reading() as connection:
            known = {one.public for one in signed_lines.signers(connection, slot_list.signer(folder, opened.managers))}
            first, after = journal.head(connection)[0] + 1, slot_versions.last(connection)
        if {one.public for one in listed} - known:
            with database.transaction(Changes()) as connection:
                signed_lines.vouch(connection, opened.keys.management, listed)
        if not slot_list.signed_from(folder, opened.managers):
            keys.vouch(folder, opened.keys, after, lines=first)


def check(desk: Desk, connection: Connection) -> None:
    """Raises LinesForged at the first line that was not written with the program by whom it names."""
    first = slot_list.signed_from(desk.folder, desk.managers)
    if not first:
        return
    known = signed_lines.signers(connection, slot_list.signer(desk.folder, desk.managers))
    line = signed_lines.forged(connection, known, first, _Judge().may_tell)
    if line is not None:
        (found,) = journal.of(connection, [line])
        raise LinesForged(line, settings.user_names(connection).get(found.user or UserId(0), ""))
