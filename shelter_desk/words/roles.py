"""Roles said in sentences: what each may do, and what it may see, as its permissions have it."""

from shelter_desk import words
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role


def may(role: Role) -> str:
    """What somebody of this role does here, in one sentence."""
    return {
        Role.DIRECTOR: words.text("May do everything: people, settings, reports, backups, other accounts."),
        Role.CASE_WORKER: words.text("Admits, moves and lets leave; reads names on demand; prepares the report."),
        Role.STOREKEEPER: words.text("Keeps the stores; sees numbers, never a name or a record."),
        Role.AUDITOR: words.text("Reads frozen reports and the journal; changes nothing and sees no name."),
        Role.RECEPTION: words.text("Sees the beds and the names of tonight; admits provisionally at night."),
    }[role]


def sees(role: Role) -> list[tuple[str, str]]:
    """What this role may see and do, as label and value."""
    held = PERMISSIONS[role]
    return [
        (words.text("Beds and residents"), _residents(held)),
        (words.text("Names"), _names(held)),
        (words.text("Psychological and medical notes"), _care(held)),
        (words.text("Admissions"), _admissions(held)),
        (words.text("Reports"), _reports(held)),
        (words.text("Journal"), _journal(held)),
        (words.text("Accounts and settings"), _yes(Permission.USERS_EDIT in held)),
    ]


def _yes(is_so: bool) -> str:
    return words.text("Yes") if is_so else words.text("No")


def _residents(held: frozenset[Permission]) -> str:
    if Permission.SEE_BEDS in held:
        return words.text("Yes, by code")
    return words.text("Numbers only")


def _names(held: frozenset[Permission]) -> str:
    if Permission.SEE_NAMES in held:
        return words.text("On demand; each reading is in the journal")
    if Permission.SEE_NAMES_TONIGHT in held:
        return words.text("Of those here tonight; each reading is in the journal")
    return words.text("Never: your password does not open them")


def _care(held: frozenset[Permission]) -> str:
    if Permission.CARE_NOTES_SEE in held:
        return words.text("For a reason; each reading is in the journal")
    return words.text("No")


def _admissions(held: frozenset[Permission]) -> str:
    if Permission.ADMIT in held:
        return words.text("Yes")
    if Permission.ADMIT_PROVISIONAL in held:
        return words.text("Provisional only")
    return words.text("No")


def _reports(held: frozenset[Permission]) -> str:
    if Permission.REPORT_EXPORT in held:
        return words.text("Read and export")
    if Permission.REPORT_SEE in held:
        return words.text("Read")
    if Permission.REPORT_SEE_FROZEN in held:
        return words.text("Frozen ones only")
    return words.text("No")


def _journal(held: frozenset[Permission]) -> str:
    if Permission.JOURNAL_SEE in held:
        return words.text("Read")
    if Permission.JOURNAL_SEE_OWN in held:
        return words.text("Your own acts")
    return words.text("No")
