"""Whether a file is one that left the shelter, as it left, and whether another one has replaced it since."""

from pathlib import Path

from shelter_desk.domain.reports.sendings import Proven
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.storage.reports import versions

LEAST_ALIKE = 0.5  # of the cells that were sent, from which a file is taken for that one, changed


@needs(Permission.REPORT_SEE_FROZEN)
def verify(desk: Desk, path: Path) -> Proven:
    """Compare a file with everything that left. Which cells changed is told to who holds the key of the case files.

    Raises FileMissing, NotAWorkbook for a file that is none and no sending either.
    """
    from shelter_desk.excel.reading import reading

    digest = reading.digest(path)
    sent = sendings.sent_files(desk)
    same = [one for one in sent if one.sending.sha256 == digest]
    if same:
        return _proven(same, is_intact=True)
    return _nearest(desk, path, sent)


def _nearest(desk: Desk, path: Path, sent: list[SentFile]) -> Proven:
    if desk.protection is None:
        return Proven(None, is_compared=False)
    from shelter_desk.excel.reports import written_cells

    now = written_cells.of(path)
    best, found, changed = LEAST_ALIKE, list[SentFile](), tuple[str, ...]()
    with desk.reading() as connection:
        for one in sent:
            content = versions.sent_content(connection, one.sending.id, desk.protection)
            share = written_cells.alike(content["cells"], now) if content else 0.0
            if share > best:
                best, found = share, [one]
                changed = tuple(written_cells.changed(content["cells"], now))
            elif found and one.sending.sha256 == found[0].sending.sha256:
                found.append(one)
    return _proven(found, changed=changed) if found else Proven(None)


def _proven(same: list[SentFile], *, is_intact: bool = False, changed: tuple[str, ...] = ()) -> Proven:
    """same: the sendings of these bytes, the last first."""
    last = same[0]
    recipients = tuple(dict.fromkeys(one.sending.recipient for one in reversed(same) if one.sending.recipient))
    replaced_by = None if last.replacing is None else last.replacing.version
    return Proven(last.sent, is_intact, changed, recipients, replaced_by, last.replacing_rectified)
