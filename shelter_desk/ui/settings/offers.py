"""The sections of the settings: what they are called, and who may see them. Looked at without loading one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shelter_desk import words
from shelter_desk.domain.rights import Permission

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Offer:
    """A section and who may see it. needs: one of these is enough; nothing named, everybody may."""

    key: str
    word: str
    icon: str
    needs: tuple[Permission, ...] = ()


def offers() -> list[Offer]:
    """Every section there is, in the order of the list."""
    return [
        Offer("shelter", words.text("Shelter"), "home", (Permission.SETTINGS_EDIT,)),
        Offer("limits", words.text("Limits and delays"), "calendar-bars", (Permission.SETTINGS_EDIT,)),
        Offer("rooms", words.text("Rooms and beds"), "bed", (Permission.ROOMS_EDIT,)),
        Offer("services", words.text("Services and donors"), "heart", (Permission.SETTINGS_EDIT,)),
        Offer("people", words.text("People and rights"), "two-people", (Permission.USERS_EDIT,)),
        Offer("backups", words.text("Backups"), "save", (Permission.BACKUP,)),
        Offer("retention", words.text("Retention"), "calendar", (Permission.ERASE,)),
        Offer("journal", words.text("Journal"), "list", (Permission.JOURNAL_SEE, Permission.JOURNAL_SEE_OWN)),
        Offer("security", words.text("Security"), "shield", (Permission.USERS_EDIT,)),
        Offer("account", words.text("My account"), "person"),
        Offer("display", words.text("Display"), "screen"),
        Offer("help", words.text("Help"), "help"),
    ]


def offered(desk: "Desk") -> list[Offer]:
    """Those that who is at the desk may see."""
    return [one for one in offers() if not one.needs or any(desk.may(permission) for permission in one.needs)]
