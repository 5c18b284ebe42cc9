"""Whether a file is one that left the shelter, as it left, and whether another one has replaced it since."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import closing
from shelter_desk.operations.reports.closing import SentReport
from shelter_desk.storage.reports import versions

LEAST_ALIKE = 0.5  # of the cells that were sent, from which a file is taken for that one, changed
LARGEST = 50 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Proven:
    """What is known of a file. sent: which one it is, None for one that never left; changed: its cells that differ.

    replaced_by: the number of the version that replaces that of the file, None where none does.
    """

    sent: SentReport | None
    is_intact: bool = False
    changed: tuple[str, ...] = ()
    replaced_by: int | None = None


@needs(Permission.REPORT_SEE_FROZEN)
def verify(desk: Desk, path: Path) -> Proven:
    """Compare a file with everything that left. Which cells changed is told to who holds the key of the case files.

    Raises FileMissing, NotAWorkbook for a file that is none and no sending either.
    """
    try:
        if path.stat().st_size > LARGEST:
            return Proven(None)
        digest = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise FileMissing(str(path)) from error
    sent = closing.sendings(desk)
    same = next((one for one in sent if one.sending.sha256 == digest), None)
    if same is not None:
        return Proven(same, True, (), _replaced_by(desk, same))
    return _nearest(desk, path, sent)


def _nearest(desk: Desk, path: Path, sent: list[SentReport]) -> Proven:
    if desk.protection is None:
        return Proven(None)
    from shelter_desk.excel.reports import written_cells

    now = written_cells.of(path)
    best, found = LEAST_ALIKE, Proven(None)
    with desk.reading() as connection:
        for one in sent:
            content = versions.sent_content(connection, one.sending.id, desk.protection)
            share = written_cells.alike(content["cells"], now) if content else 0.0
            if share > best:
                best = share
                found = Proven(one, False, tuple(written_cells.changed(content["cells"], now)))
    if found.sent is None:
        return found
    return Proven(found.sent, False, found.changed, _replaced_by(desk, found.sent))


def _replaced_by(desk: Desk, one: SentReport) -> int | None:
    sending = one.sending
    period = Period(date.fromisoformat(sending.first_day), date.fromisoformat(sending.last_day))
    current = closing.standing(desk, period).current
    return current.version if current is not None and current.version > one.version else None
