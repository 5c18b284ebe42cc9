"""Acts that two persons decide where two may, and the proof that it was so (field 6.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Permission

LASTS = timedelta(minutes=5)  # from the password to the act


class GraveAct(StrEnum):
    """What cannot be taken back, takes everybody's names out of the house, or undoes what two persons decided."""

    EXPORT = "export"  # the registers with names, cases of who agreed to that
    ERASURE = "erasure"
    RETURN = "return"  # to a backup: what was erased since is there again, and the journal of it is gone


PERMISSION_OF: Mapping[GraveAct, Permission] = MappingProxyType(
    {
        GraveAct.EXPORT: Permission.REGISTERS_EXPORT,
        GraveAct.ERASURE: Permission.ERASE,
        GraveAct.RETURN: Permission.BACKUP,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Approval:
    """That passwords were right; good once, at the desk that keeps this very object (`operations.vault.approvals`).

    second: who approved beside the person at the desk, None where nobody else may and it was their own password.
    """

    act: GraveAct
    at: datetime
    second: UserId | None

    @property
    def is_alone(self) -> bool:
        """True where one person decided."""
        return self.second is None

    def is_over(self, now: datetime) -> bool:
        """True once it is too old, or the clock was put back."""
        return not self.at <= now <= self.at + LASTS
