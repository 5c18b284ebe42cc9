"""What is sealed and opened one at a time, for a reason (X of field 3; decision 012)."""

from dataclasses import dataclass

from shelter_desk.domain.errors import AccessRefused

# table and column; sealed kinds of incidents and notes of care go by their kind, which their operations look at
FOR_A_REASON = frozenset(
    {
        ("interviews", "summary"),
        ("victim_statuses", "reason"),
        ("assessments", "threat_sources"),
        ("assessments", "note"),
        ("factor_answers", "note"),
        ("exits", "handed_to"),
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is read: a code of `reading_reason`. told: what is checked, where that is the reason."""

    code: str
    told: str = ""

    def kept(self) -> dict[str, str]:
        """What the journal line of a reading keeps of it."""
        return {"read_for": self.code, **({"read_why": self.told} if self.told else {})}


class ReasonMissing(AccessRefused):
    """Nobody said yet why this is opened. subject: the code of a person, the number of an incident."""

    subject: str
