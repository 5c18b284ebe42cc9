"""What was written and for whom, and what is known of a file that comes back."""

from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.ids import SendingId, UserId, VersionId
from shelter_desk.domain.moments import Period

REPORT, WORKBOOK, DOSSIER, LIST, REGISTERS, SHEET = "rapport", "classeur", "dossier", "liste", "registres", "fiche"
DHIS2, NARRATIVE, CASES, MY_FILE = "dhis2", "narratif", "cas_htcds", "mon_dossier"
OF_A_MONTH = frozenset({REPORT, NARRATIVE, WORKBOOK, DHIS2})
OF_PERSONS = frozenset({LIST, REGISTERS, SHEET, CASES, MY_FILE})
LEFT, LEAVING, UNCERTAIN, NOT_LEFT = "", "leaving", "uncertain", "not_left"  # of `Sending.departure`


@dataclass(frozen=True, slots=True)
class Sending:
    """What went to one recipient at one level; version: None for a draft of what was not closed, and for no report.

    kind: a code of `sending_kind`. level: of a report, or `nominatif`. purpose: words beside its code. title: what no
    period says. acknowledged_on: when they said that they have it; due_on: until when that is waited for. departure:
    LEAVING before the file lies where it is taken from, LEFT once the journal tells it; UNCERTAIN where a cut came in
    between, until somebody says that it left or that it did not.
    """

    id: SendingId
    first_day: str
    last_day: str
    version: VersionId | None
    level: str
    recipient: str
    purpose: str
    file_name: str
    sha256: str
    size: int
    sent_at: datetime
    user: UserId
    acknowledged_on: str | None
    kind: str = REPORT
    title: str = ""
    purpose_code: str = ""
    channel: str = ""
    carried_by: str = ""
    agreement: str = ""
    due_on: str | None = None
    departure: str = LEFT

    @property
    def number(self) -> str:
        """What papers call it."""
        return f"E-{self.sent_at.year}-{self.id:04}"

    @property
    def period(self) -> Period:
        """The days that it is about; of one that had no night yet when it was written, the first alone."""
        first, last = date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)
        return Period(first, last, first) if last < first else Period(first, last)

    @property
    def left(self) -> bool:
        """False for what the direction wrote for itself, and for what nobody took; what is not sure may have."""
        return self.departure != NOT_LEFT and (self.level != "interne" or bool(self.recipient))


@dataclass(frozen=True, slots=True)
class SentReport:
    """A sending with the number of its version, 0 for a draft, and who sent it."""

    sending: Sending
    version: int
    sent_by: str


@dataclass(frozen=True, slots=True)
class Proven:
    """What is known of a file. sent: which one it is, None for one that never left; changed: its cells that differ.

    recipients: of every sending of the same bytes. replaced_by: the number of the version that replaces that of the
    file, None where none does, and which one it is of those that replaced a closing. is_compared: False where the
    person at the desk holds no key with which cells could be compared.
    """

    sent: SentReport | None
    is_intact: bool = False
    changed: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    replaced_by: int | None = None
    rectified: int = 0
    is_compared: bool = True
