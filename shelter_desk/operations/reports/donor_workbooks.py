"""Figures written into the workbook of a donor: found, reviewed, written into a copy, listed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.listing import ListedTable, ListHeading
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.domain.reports.figures import HIDDEN, Ref, Shown
from shelter_desk.domain.reports.hiding.sent import SentDocument
from shelter_desk.domain.reports.references import MARKER, FigureFound, References, looks_like_one, markers, written
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.reports.sendings import WORKBOOK
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.excel.donors import filling as book_of
from shelter_desk.excel.donors.filling import DonorBook, Formulas
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import reports, sent_before
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import clock_check, output_paths
from shelter_desk.storage.assistance import donors as stored_donors
from shelter_desk.words import formats
from shelter_desk.words.assistance import how_found, why_not_written
from shelter_desk.words.reports import reports as report_words

How = Literal["pointed", "marker", "name"]
WhyNot = Literal[
    "", "unknown", "withheld", "mixed", "no_cell", "no_sheet", "formula", "merged", "table", "pivot", "twice"
]
HUNDRED = Decimal(100)
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
Book = DonorBook
Pointed = stored_donors.Pointed


@dataclass(frozen=True, slots=True)
class Target:
    """One cell that a figure is meant for. before: what stands there; asked: the marker, the name or the reference.

    why_not: "" for what will be written. value: None for a rate without a denominator, HIDDEN for a number that the
    reader is not given, both an empty cell; told: the same as the report has it, where the cell shows percents.
    """

    sheet: str
    cell: str
    how: How
    asked: str
    before: str = ""
    why_not: WhyNot = ""
    ref: Ref | None = None
    value: Shown | str = None
    told: Shown | str = None

    @property
    def is_written(self) -> bool:
        """Whether it will be written."""
        return not self.why_not

    @property
    def is_hidden(self) -> bool:
        """Whether its cell stays empty, with a comment, because the reader is not given the number."""
        return self.is_written and self.value is HIDDEN


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and where. listed: the file with the list of cells."""

    path: Path
    listed: Path
    targets: tuple[Target, ...]


@needs(Permission.REPORT_EXPORT)
def look(desk: Desk, path: Path) -> tuple[DonorBook, tuple[Pointed, ...]]:
    """The workbook, read in the guarded worker, and the cells pointed to in one of the same shape before.

    Raises FileMissing, NotAWorkbook.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise NotAWorkbook(str(path), "kind")
    book = book_of.look(path)
    with desk.reading() as connection:
        return book, stored_donors.pointed(connection, digest(book))


def digest(book: DonorBook) -> str:
    """What workbooks of one shape share: the names of their sheets, and their defined names."""
    names = [*book.sheets, "", *sorted(book.names)]
    return hashlib.sha256("\n".join(name.casefold() for name in names).encode()).hexdigest()


@needs(Permission.REPORT_EXPORT)
def remember(desk: Desk, book: DonorBook, pointed: Sequence[Pointed]) -> None:
    """Keep the cells pointed to for the next workbook of this shape; nothing is written where nothing changed."""
    with desk.reading() as connection:
        if stored_donors.pointed(connection, digest(book)) == tuple(pointed):
            return
    with desk.writing("donor_workbook_layout", Changes()) as writing:
        stored_donors.keep_pointed(writing.connection, digest(book), pointed, desk.now())
        writing.details["cells"] = len(pointed)


@needs(Permission.REPORT_EXPORT)
def references_for(desk: Desk, month: Month, profile: Profile, recipient: str) -> References:
    """As `references`, and nothing that would tell them more beside what they have already."""
    return references(month, profile, sent_before.sent_to(desk, profile, recipient, month.version))


def references(month: Month, profile: Profile, sent: Iterable[SentDocument] = ()) -> References:
    """The figures of the month as this reader may see them, and the words of its period. sent: what they have."""
    period = month.report.period
    texts: dict[str, str | int] = {
        "period.name": report_words.period(period),
        "period.first": formats.day(period.first),
        "period.last": formats.day(period.last),
        "period.nights": period.nights,
        "shelter.name": month.facts.shelter,
    }
    return References(month.report, reports.shown(month, profile, sent), profile, texts)


def choices(known: References) -> list[tuple[str, str]]:
    """What a person may point to, as it is written and in words; the words of the period, totals, then the rest."""
    names = known.report.names
    found = [(text, period_said(text)) for text in known.texts]
    for ref in known.every():
        label = report_words.figure(ref[0])
        if ref[1]:
            label = words.text("{figure}, {where}").format(figure=label, where=report_words.cell(ref[1], names))
        table = ref[0].partition(".")[0].upper()
        found.append((written(ref), words.text("{table} {figure}").format(table=table, figure=label)))
    return found


def period_said(key: str) -> str:
    """The words of the period, in words."""
    return {
        "period.name": words.text("Month, in letters"),
        "period.first": words.text("First day"),
        "period.last": words.text("Last day"),
        "period.nights": words.text("Nights of the period"),
        "shelter.name": words.text("Name of the shelter"),
    }.get(key, key)


def plan(known: References, book: DonorBook, pointed: Sequence[Pointed]) -> tuple[Target, ...]:
    """Every cell that is meant, in the order of the sheets: what will be written, and what cannot be and why.

    What a person points to goes before a marker, and a marker before a name.
    """
    taken: set[tuple[str, str]] = set()
    found = []
    for target in (*_pointed(known, book, pointed), *_marked(known, book), *_named(known, book)):
        place = (target.sheet, target.cell)
        is_double = place in taken and target.is_written
        found.append(replace(target, why_not="twice", value=None, told=None) if is_double else target)
        if target.is_written:
            taken.add(place)
    order = {name: at for at, name in enumerate(book.sheets)}
    return tuple(
        sorted(found, key=lambda one: (order.get(one.sheet, len(order)), book_of.place_of(one.cell) or (0, 0)))
    )


def is_cell(text: str) -> bool:
    """Whether that is a cell, such as `B4`, which a sheet can have."""
    place = book_of.place_of(text)
    return place is not None and 0 < place[0] <= MOST_ROWS and place[1] <= MOST_COLUMNS


def _pointed(known: References, book: DonorBook, pointed: Sequence[Pointed]) -> Iterator[Target]:
    for sheet, cell, figure in pointed:
        if sheet not in book.sheets:
            yield Target(sheet, cell, "pointed", figure, why_not="no_sheet")
        else:
            yield _target(book, sheet, cell, "pointed", figure, known.of_text(figure))


def _marked(known: References, book: DonorBook) -> Iterator[Target]:
    for sheet, shape in book.sheets.items():
        for place, text in shape.cells.items():
            asked = markers(text)
            if not asked:
                continue
            cell = book_of.reference_of(place)
            found = [known.of_text(one) for one in asked]
            wrong = next((one for one in found if one.state != "found"), None)
            if wrong is not None or MARKER.fullmatch(text.strip()):
                yield _target(book, sheet, cell, "marker", text, wrong or found[0])
            else:
                values = iter(found)
                told = MARKER.sub(lambda _, values=values: _in_text(next(values)), text)  # type: ignore[misc]
                yield _target(book, sheet, cell, "marker", text, FigureFound(text, "found", None, told))


def _in_text(found: FigureFound) -> str:
    return found.value if isinstance(found.value, str) else report_words.value(found.value)


def _named(known: References, book: DonorBook) -> Iterator[Target]:
    for name, text in book.names.items():
        if not looks_like_one(name):
            continue
        found, place = known.of_name(name), book_of.place_in(book, text)
        if place is None:
            yield Target("", "", "name", name, text.lstrip("="), "no_cell")
        else:
            yield _target(book, place[0], book_of.reference_of(place[1]), "name", name, found)


def _target(book: DonorBook, sheet: str, cell: str, how: How, asked: str, found: FigureFound) -> Target:
    place, shape = book_of.place_of(cell), book.sheets[sheet]
    if place is None or not is_cell(cell):
        return Target(sheet, cell, how, asked, why_not="no_cell")
    cell, before = book_of.reference_of(place), shape.cells.get(place, "")
    why = shape.why_not(place)
    if why or found.state != "found":
        return Target(sheet, cell, how, asked, before, cast(WhyNot, why or found.state), found.ref)
    value = found.value
    is_rate = found.ref is not None and report_words.unit(found.ref[0]) == "percent"
    if is_rate and place in shape.percents and isinstance(value, (int, float)):
        value = float(Decimal(str(value)) / HUNDRED)
    return Target(sheet, cell, how, asked, before, "", found.ref, value, found.value)


@needs(Permission.REPORT_EXPORT)
def fill(
    desk: Desk,
    month: Month,
    profile: Profile,
    book: DonorBook,
    pointed: Sequence[Pointed],
    path: Path,
    gate: GateAnswers = NOTHING_SAID,
) -> Filled:
    """Write a copy of the workbook and, beside it, the list of the cells written; the journal says so.

    A number that was reviewed stays away where it would tell this recipient more beside what they have already.
    Raises WouldOverwrite for the workbook itself; ClockWrong, NotAWorkbook, DiskFull, ReadOnly, FileMissing, and as
    `sendings.check`.
    """
    from shelter_desk.excel import lists

    output_paths.check(path, read=book.path)
    listed = path.with_name(words.text("{file}-cells.xlsx").format(file=path.stem))
    output_paths.check(listed, read=book.path)
    clock_check.check(desk)
    gate = sendings.check(desk, gate, profile)
    known = references_for(desk, month, profile, gate.recipient)
    targets = plan(known, book, pointed)
    chosen = tuple(one for one in targets if one.is_written)
    made = book_of.content(book, path, [_order(one) for one in chosen])
    beside = {listed: lists.content([_listed(month, book, targets, path.name)], training=desk.is_training)}
    reports.write_sending(
        desk,
        "donor_workbook_filled",
        month,
        profile,
        path,
        gate,
        known.shown,
        made,
        kind=WORKBOOK,
        beside=beside,
        details={"cells": len(chosen)},
    )
    return Filled(path, listed, chosen)


def _order(one: Target) -> book_of.Order:
    """Never the mark: a formula that adds the cell would take a text for 0 without a word."""
    if one.value is HIDDEN:
        return one.sheet, one.cell, None, words.text("Number hidden to protect people")
    return one.sheet, one.cell, one.value, ""


def over_hidden(book: DonorBook, targets: Sequence[Target]) -> tuple[tuple[str, str], ...]:
    """The formulas, by sheet and cell, that take a cell into account which stays empty because its number is hidden."""
    hidden = [(one.sheet, place) for one in targets if one.is_hidden and (place := book_of.place_of(one.cell))]
    formulas = Formulas(book) if hidden else None
    found = {one: None for cell in hidden if formulas is not None for one in formulas.over(cell)}
    order = {name: at for at, name in enumerate(book.sheets)}
    ordered = sorted(found, key=lambda one: (order[one[0]], one[1]))
    return tuple((sheet, book_of.reference_of(place)) for sheet, place in ordered)


def _listed(month: Month, book: DonorBook, targets: Sequence[Target], name: str) -> ListedTable:
    headings = (
        ListHeading(words.text("Sheet"), 24),
        ListHeading(words.text("Cell"), 10),
        ListHeading(words.text("What was there"), 30),
        ListHeading(words.text("Written"), 16),
        ListHeading(words.text("Figure"), 60),
        ListHeading(words.text("Found by"), 40),
        ListHeading(words.text("Not written because"), 50),
    )
    rows = tuple(
        (
            one.sheet,
            one.cell,
            one.before,
            None if not one.is_written else report_words.value(HIDDEN) if one.value is HIDDEN else one.value,
            figure_said(one, month),
            how_found(one.how, one.asked),
            why_not_written(one.why_not),
        )
        for one in targets
    )
    title = words.text("Cells written into {file}").format(file=name)
    notes = [report_words.period(month.report.period), book.path.name]
    if any(one.is_hidden for one in targets):
        notes.append(report_words.hidden())
    return ListedTable(words.text("Cells"), title, headings, rows, tuple(notes))


def figure_said(target: Target, month: Month) -> str:
    """The figure in words, what was asked for where there is none."""
    if target.ref is None:
        alone = MARKER.fullmatch(target.asked.strip())
        asked = alone.group(1) if alone is not None else target.asked
        if target.how == "marker" and alone is None and target.is_written:
            return words.text("figures within a text")
        return period_said(asked)
    key, dims = target.ref
    label = report_words.figure(key)
    if not dims:
        return label
    return words.text("{figure}, {where}").format(figure=label, where=report_words.cell(dims, month.report.names))
