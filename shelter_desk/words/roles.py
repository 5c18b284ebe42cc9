"""Roles said in sentences: what each may do, and what it may see, as its permissions have it."""

from shelter_desk import words
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role


def may(role: Role) -> str:
    """What somebody of this role does here, in one sentence."""
    return {
        Role.DIRECTOR: words.text("May do everything: people, settings, reports, backups, other accounts."),
        Role.CASE_WORKER: words.text("Admits, moves and lets leave; reads names on demand; prepares the report."),
        Role.STOREKEEPER: words.text("Keeps the stores; sees numbers, never a name or a record."),
        Role.AUDITOR: words.text("Reads the journal, the stock and the equipment; changes nothing and sees no name."),
        Role.RECEPTION: words.text("Sees the beds and the names of tonight; admits provisionally at night."),
    }[role]


def sees(role: Role) -> list[tuple[str, str]]:
    """What this role may see and do, as label and value."""
    yes, no = words.text("Yes"), words.text("No")

    def said(*told: tuple[Permission, str], otherwise: str = no) -> str:
        """The words of the first of these permissions that the role holds."""
        return next((value for permission, value in told if permission in PERMISSIONS[role]), otherwise)

    beds = said((Permission.SEE_BEDS, words.text("Yes, by code")), otherwise=words.text("Numbers only"))
    names = said(
        (Permission.SEE_NAMES, words.text("On demand; each reading is in the journal")),
        (Permission.SEE_NAMES_TONIGHT, words.text("Of those here tonight; each reading is in the journal")),
        otherwise=words.text("Never: your password does not open them"),
    )
    care = said((Permission.CARE_NOTES_SEE, words.text("For a reason; each reading is in the journal")))
    admissions = said((Permission.ADMIT, yes), (Permission.ADMIT_PROVISIONAL, words.text("Provisional only")))
    reports = said(
        (Permission.REPORT_EXPORT, words.text("Read and export")),
        (Permission.REPORT_SEE, words.text("Read")),
    )
    journal = said(
        (Permission.JOURNAL_SEE, words.text("Read")), (Permission.JOURNAL_SEE_OWN, words.text("Your own acts"))
    )
    return [
        (words.text("Beds and residents"), beds),
        (words.text("Names"), names),
        (words.text("Psychological and medical notes"), care),
        (words.text("Admissions"), admissions),
        (words.text("Reports"), reports),
        (words.text("Journal"), journal),
        (words.text("Accounts and settings"), said((Permission.USERS_EDIT, yes))),
    ]
