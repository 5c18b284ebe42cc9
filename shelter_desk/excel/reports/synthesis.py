"""The first sheet of the workbook: the month on one A4 page that its reader understands alone (report of one month)."""

from collections.abc import Mapping
from typing import Any

from shelter_desk import words
from shelter_desk.domain.reports.compared import Compared
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.domain.reports.synthesis import norms
from shelter_desk.excel.reports import charts
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.reports.report_style import FigurePlaces
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words
from shelter_desk.words.reports.cover import CoverSaid

SHEET = "00_Synthese"
_WIDTHS = (34, 12, 12, 12, 12, 9, 9)  # of the columns, the last of them that of the % of a target
_LAST = len(_WIDTHS) - 1
_BESIDE_THE_PAGE = 9  # the column from which the numbers of a chart stand, outside what is printed
_WIDE, _HIGH, _HALF = 362, 215, 372  # pixels of a chart, and from where the second one stands
_CHART_ROWS = 12


def write(writer: Writer, compared: Compared, places: FigurePlaces, cover: CoverSaid) -> None:
    """Headlines, two charts, norms, facts, who made and signed it, on one page."""
    sheet, report = writer.sheet, writer.report
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.fit_to_pages(1, 1)
    writer.row -= 1
    for line in synthesis_words.lead(report, cover.shelter, cover.town, cover.beds):
        writer.text(line, writer.looks.quiet)
    writer.row += 1
    _headlines(writer, compared, places)
    top = writer.row + 1
    nights = charts.of_nights(writer.book, places)
    if nights is not None:
        _place(writer, nights, top, 0)
    _flows(writer, top, compared, alone=nights is None)
    writer.row = top + _CHART_ROWS + 1
    writer.text(synthesis_words.norms_title(report), writer.looks.block)
    for one in norms(report):
        if one.holds is False:
            writer.text(f"× {synthesis_words.norm(one)}", writer.looks.plain)
    writer.row += 1
    writer.text(words.text("The month in five facts"), writer.looks.block)
    for number, fact in enumerate(synthesis_words.facts(report), 1):
        writer.text(f"{number}. {fact}", writer.looks.plain)
    writer.row += 1
    for note in (
        words.text("Since January each person counts once: months are not added up."),
        words.text("— : not applicable, or before the first month of the house."),
        words.text("What each figure counts is said on the sheet Definitions of the file."),
        synthesis_words.targets_from(report),
    ):
        if note:
            writer.text(note, writer.looks.quiet)
    writer.legend()
    _signed(writer, cover)
    if report.sha256:
        writer.text(words.text("SHA-256 of the version: {sum}").format(sum=report.sha256), writer.looks.quiet)
    sheet.print_area(0, 0, writer.row, _LAST)


def _signed(writer: Writer, cover: CoverSaid) -> None:
    """Who prepared it and which tables were signed; the public is told of nobody."""
    signed = cover_words.visas(writer.report)
    if not signed:
        return
    writer.row += 1
    for label, said in ((words.text("Prepared by"), cover.prepared_by), *signed, (words.text("Approved by"), "")):
        writer.sheet.write_string(writer.row, 0, label, writer.looks.cover_label)
        writer.sheet.merge_range(writer.row, 1, writer.row, _LAST, "", writer.looks.cover_value)
        writer.sheet.write_string(writer.row, 1, safe(said), writer.looks.cover_value)
        writer.row += 1
    writer.row += 1


def _headlines(writer: Writer, compared: Compared, places: FigurePlaces) -> None:
    looks, sheet = writer.looks, writer.sheet
    first, *heads = synthesis_words.heads(writer.report)
    sheet.set_row(writer.row, 30)
    sheet.write_string(writer.row, 0, first, looks.heading_left)
    for place, head in enumerate(heads, 1):
        sheet.write_string(writer.row, place, safe(head), looks.heading)
    writer.row += 1
    targets = {one.target.figure: one for one in writer.report.targets}
    for key in dict.fromkeys((*HEADLINE_KEYS, *targets)):
        sheet.set_row(writer.row, 17)
        label = looks.label(strong=False, indented=False)
        sheet.write_string(writer.row, 0, safe(report_words.headline(key)), label)
        now = writer.report.value(key)
        # the number is said once, in its own table; here it is looked up
        where = places.of((key, ()))
        formula = f"={where}" if where is not None and isinstance(now, int | float) else ""
        writer.figure(writer.row, 1, now, looks.number(key, now, strong=True, shaded=True), formula)
        of_year = targets.get(key)
        periods = (compared.before, compared.last_year, compared.since_january)
        for place, found in enumerate(periods, 2):
            # beside a number that is kept back its other periods would tell of it
            value: Shown = HIDDEN if now is HIDDEN else _number(found, key)
            if key not in HEADLINE_KEYS and found is compared.since_january and of_year is not None:
                value = of_year.reached
            writer.figure(writer.row, place, value, looks.number(key, value, strong=False))
        wanted = (None, None) if of_year is None else (of_year.target.value, of_year.percent)
        for place, value in enumerate(wanted, _LAST - 1):
            writer.figure(writer.row, place, value, looks.number(key, value, strong=False))
        writer.row += 1


def _number(found: Mapping[str, float], key: str) -> int | float | None:
    value = found.get(key)
    return int(value) if value is not None and float(value).is_integer() and key != "t1.occupancy_rate" else value


def _flows(writer: Writer, top: int, compared: Compared, *, alone: bool) -> None:
    """Entries and exits of twelve months; told apart without colours too. alone: no chart stands beside it."""
    if not compared.flows:
        return
    sheet, first = writer.sheet, top + 1
    heads = (words.text("Month"), report_words.figure("t2.entries"), report_words.figure("t2.exits"))
    for place, head in enumerate(heads, _BESIDE_THE_PAGE):
        sheet.write_string(top, place, safe(head), writer.looks.quiet)
    for row, one in enumerate(compared.flows, first):
        sheet.write_string(row, _BESIDE_THE_PAGE, f"{one.first:%m/%y}", writer.looks.quiet)
        sheet.write_number(row, _BESIDE_THE_PAGE + 1, one.entries, writer.looks.quiet)
        sheet.write_number(row, _BESIDE_THE_PAGE + 2, one.exits, writer.looks.quiet)
    last = first + len(compared.flows) - 1
    chart = writer.book.add_chart({"type": "column"})
    fills: tuple[dict[str, Any], ...] = (
        {"fill": {"color": "#1D2850"}},
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#5D636F", "bg_color": "#FFFFFF"}},
    )
    for place, fill in enumerate(fills, 1):
        chart.add_series(
            {
                "name": heads[place],
                "categories": [writer.name, first, _BESIDE_THE_PAGE, last, _BESIDE_THE_PAGE],
                "values": [writer.name, first, _BESIDE_THE_PAGE + place, last, _BESIDE_THE_PAGE + place],
                "border": {"color": "#1D2850"},
                "gap": 40,
                **fill,
            }
        )
    framed = charts.framed(chart, words.text("Entries and exits, 12 months"))
    if alone:
        _place(writer, framed, top, 0, wide=2 * _WIDE)
    else:
        _place(writer, framed, top, _HALF)


def _place(writer: Writer, chart: Any, row: int, offset: int, wide: int = _WIDE) -> None:
    chart.set_size({"width": wide, "height": _HIGH})
    writer.sheet.insert_chart(row, 0, chart, {"x_offset": offset, "y_offset": 2})
