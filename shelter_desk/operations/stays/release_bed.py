"""What a stay still holds from a moment on is freed inside an act: its place, its absence."""

from datetime import datetime

from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Writing
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.stays import stays as stored


def placements(writing: Writing, stay: Stay, at: datetime) -> None:
    """Free the place from that moment on; a placement that had not begun is taken out."""
    for placement in stored.placements(writing.connection, [stay.id]).get(stay.id, ()):
        if placement.end is None or placement.end > at:
            if placement.start >= at or (is_plain(placement.start) and placement.start.date() == at.date()):
                writing.trail.remove("placements", placement.id)
            else:
                writing.trail.change("placements", placement.id, {"ended_at": to_text(at)})


def absences(writing: Writing, stay: Stay, at: datetime) -> None:
    """End the absence of that moment; one that had not begun is taken out."""
    for absence in stored.absences(writing.connection, [stay.id]).get(stay.id, ()):
        if absence.end is None or absence.end > at:
            if absence.start >= at:
                writing.trail.remove("absences", absence.id)
            else:
                writing.trail.change("absences", absence.id, {"ended_at": to_text(at)})
