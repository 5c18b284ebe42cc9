"""Who may do what: the roles, the permissions that operations ask for, and the keys that a role holds (field 6.4)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is in the shelter; codes of the list `role`."""

    DIRECTOR = "director"
    CASE_WORKER = "case_worker"
    STOREKEEPER = "storekeeper"
    AUDITOR = "auditor"
    RECEPTION = "reception"


class Permission(StrEnum):
    """What an operation asks for."""

    SEE_COUNTS = "see_counts"
    SEE_BEDS = "see_beds"
    SEE_NAMES = "see_names"
    SEE_NAMES_TONIGHT = "see_names_tonight"
    ADMIT = "admit"
    ADMIT_PROVISIONAL = "admit_provisional"
    DISCHARGE = "discharge"
    MOVE = "move"
    NOTE_ABSENCE = "note_absence"  # of tonight; of other nights with `MOVE`
    DECIDE_STATUS = "decide_status"
    OVERRIDE_RULE = "override_rule"
    ROOMS_EDIT = "rooms_edit"
    ASSIST_SEE = "assist_see"
    ASSIST = "assist"
    CASE_SEE = "case_see"
    CASE_EDIT = "case_edit"
    CARE_NOTES_SEE = "care_notes_see"  # what a psychologist or a nurse noted
    CARE_NOTES_EDIT = "care_notes_edit"
    CHILD_DECIDE = "child_decide"
    INCIDENT_REPORT = "incident_report"
    INCIDENT_SEE = "incident_see"
    INCIDENT_SEE_ALL = "incident_see_all"
    CALL_ROLL = "call_roll"
    ASSETS_SEE = "assets_see"
    ASSETS_EDIT = "assets_edit"
    ASSETS_APPROVE = "assets_approve"
    STOCK_SEE = "stock_see"
    STOCK_REQUEST = "stock_request"
    STOCK_EDIT = "stock_edit"
    STOCK_APPROVE = "stock_approve"
    REPORT_SEE = "report_see"
    REPORT_SEE_FROZEN = "report_see_frozen"
    REPORT_COMMENT = "report_comment"
    REPORT_VISA = "report_visa"
    REPORT_EXPORT = "report_export"
    REPORT_CLOSE = "report_close"
    REGISTERS_EXPORT = "registers_export"
    REGISTERS_IMPORT = "registers_import"
    SETTINGS_EDIT = "settings_edit"
    USERS_EDIT = "users_edit"
    BACKUP = "backup"
    ERASE = "erase"
    JOURNAL_SEE = "journal_see"
    JOURNAL_SEE_OWN = "journal_see_own"


class KeyName(StrEnum):
    """The keys of a shelter: the file itself, names and contacts, the names of those here tonight and what is left for
    the next shift, narratives and medical notes, who has a slot.
    """

    DATABASE = "database"
    IDENTITY = "identity"
    NIGHT = "night"
    PROTECTION = "protection"
    MANAGEMENT = "management"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.DIRECTOR: frozenset(Permission),
        Role.CASE_WORKER: frozenset(
            {
                Permission.SEE_COUNTS,
                Permission.SEE_BEDS,
                Permission.SEE_NAMES,
                Permission.SEE_NAMES_TONIGHT,
                Permission.ADMIT,
                Permission.ADMIT_PROVISIONAL,
                Permission.DISCHARGE,
                Permission.MOVE,
                Permission.NOTE_ABSENCE,
                Permission.DECIDE_STATUS,
                Permission.ASSIST_SEE,
                Permission.ASSIST,
                Permission.CASE_SEE,
                Permission.CASE_EDIT,
                Permission.CARE_NOTES_SEE,
                Permission.CARE_NOTES_EDIT,
                Permission.INCIDENT_REPORT,
                Permission.INCIDENT_SEE,
                Permission.CALL_ROLL,
                Permission.STOCK_SEE,
                Permission.STOCK_REQUEST,
                Permission.REPORT_SEE,
                Permission.REPORT_SEE_FROZEN,
                Permission.REPORT_COMMENT,
                Permission.REPORT_VISA,
                Permission.JOURNAL_SEE_OWN,
            }
        ),
        Role.STOREKEEPER: frozenset(
            {
                Permission.SEE_COUNTS,
                Permission.STOCK_SEE,
                Permission.STOCK_REQUEST,
                Permission.STOCK_EDIT,
                Permission.INCIDENT_REPORT,
                Permission.ASSETS_SEE,
                Permission.ASSETS_EDIT,
                Permission.REPORT_VISA,
                Permission.JOURNAL_SEE_OWN,
            }
        ),
        Role.AUDITOR: frozenset(
            {
                Permission.SEE_COUNTS,
                Permission.ASSETS_SEE,
                Permission.STOCK_SEE,
                Permission.REPORT_SEE_FROZEN,
                Permission.JOURNAL_SEE,
                Permission.JOURNAL_SEE_OWN,
            }
        ),
        Role.RECEPTION: frozenset(
            {
                Permission.SEE_COUNTS,
                Permission.SEE_BEDS,
                Permission.SEE_NAMES_TONIGHT,
                Permission.ADMIT_PROVISIONAL,
                Permission.NOTE_ABSENCE,
                Permission.INCIDENT_REPORT,
                Permission.CALL_ROLL,
            }
        ),
    }
)

KEYS_HELD: Mapping[Role, frozenset[KeyName]] = MappingProxyType(
    {
        Role.DIRECTOR: frozenset(KeyName),
        Role.CASE_WORKER: frozenset({KeyName.DATABASE, KeyName.IDENTITY, KeyName.NIGHT, KeyName.PROTECTION}),
        Role.STOREKEEPER: frozenset({KeyName.DATABASE}),
        Role.AUDITOR: frozenset({KeyName.DATABASE}),
        Role.RECEPTION: frozenset({KeyName.DATABASE, KeyName.NIGHT}),
    }
)
