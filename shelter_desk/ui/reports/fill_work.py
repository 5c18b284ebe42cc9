"""What filling a donor's workbook does beside the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.reports.references import References
from shelter_desk.domain.reports.report import Profile
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_workbooks
from shelter_desk.operations.reports.donor_workbooks import Book, Filled, Pointed, Target
from shelter_desk.operations.reports.reports import Month


@dataclass(frozen=True, slots=True)
class Looked:
    """A workbook that was read, and the cells pointed to in one of its shape."""

    book: Book
    pointed: tuple[Pointed, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The figures as one reader sees them, every cell meant for one, and the formulas that count a hidden one as 0."""

    known: References
    targets: tuple[Target, ...]
    over_hidden: tuple[tuple[str, str], ...]


def looked(desk: Desk, path: Path) -> Looked:
    """Read the workbook."""
    return Looked(*donor_workbooks.look(desk, path))


def planned(month: Month, profile: Profile, book: Book, pointed: Sequence[Pointed]) -> Planned:
    """What would be written for that reader."""
    known = donor_workbooks.references(month, profile)
    targets = donor_workbooks.plan(known, book, pointed)
    return Planned(known, targets, donor_workbooks.over_hidden(book, targets))


def filled(desk: Desk, month: Month, profile: Profile, book: Book, targets: Sequence[Target], path: Path) -> Filled:
    """Write the copy and the list of its cells."""
    return donor_workbooks.fill(desk, month, profile, book, targets, path)
