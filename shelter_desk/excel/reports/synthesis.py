"""The first sheet of the workbook: the period on one A4 page that its reader understands alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shelter_desk import words
from shelter_desk.domain.reports.compared import Compared
from shelter_desk.domain.reports.synthesis import columns, headline_rows, norms
from shelter_desk.excel.reports import charts
from shelter_desk.excel.reports.page_layout import OF_A_MONTH
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
    _headlines(writer, places)
    top = writer.row + 1
    drawn = _months(writer, top, compared)
    nights = None if drawn.nights is not None else charts.of_nights(writer.book, places)
    found = [one for one in (drawn.nights or nights, drawn.flows) if one is not None]
    for number, chart in enumerate(found):
        chart.set_size({"width": _WIDE if len(found) > 1 else 2 * _WIDE, "height": _HIGH})
        sheet.insert_chart(top, 0, chart, {"x_offset": number * _HALF, "y_offset": 2})
    writer.row = top + _CHART_ROWS + 1
    writer.text(synthesis_words.norms_title(report), writer.looks.block)
    for one in norms(report):
        if one.holds is False:
            writer.text(f"× {synthesis_words.norm(one)}", writer.looks.plain)
    writer.row += 1
    writer.text(synthesis_words.facts_title(report), writer.looks.block)
    for number, fact in enumerate(synthesis_words.facts(report), 1):
        writer.text(f"{number}. {fact}", writer.looks.plain)
    writer.row += 1
    since = words.text("Since January each person counts once: months are not added up.")
    for note in (
        *([since] if "since_january" in columns(report.period) else []),
        synthesis_words.occupancy(report),
        synthesis_words.hidden_rule(report),
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
    signed = cover_words.signed(writer.report, cover)
    if not signed:
        return
    prepared, _checked, approved = signed
    writer.row += 1
    for label, said in (prepared, *cover_words.visas(writer.report), approved):
        writer.sheet.write_string(writer.row, 0, label, writer.looks.cover_label)
        writer.sheet.merge_range(writer.row, 1, writer.row, _LAST, "", writer.looks.cover_value)
        writer.sheet.write_string(writer.row, 1, safe(said), writer.looks.cover_value)
        writer.row += 1
    writer.row += 1


def _headlines(writer: Writer, places: FigurePlaces) -> None:
    looks, sheet = writer.looks, writer.sheet
    first, *heads = synthesis_words.heads(writer.report)
    # the title of a period that runs takes a line more
    sheet.set_row(writer.row, 43 if writer.report.period.is_running else 30)
    sheet.write_string(writer.row, 0, first, looks.heading_left)
    for place, head in enumerate(heads, 1):
        sheet.write_string(writer.row, place, safe(head), looks.heading)
    writer.row += 1
    for headline in headline_rows(writer.report):
        key = headline.ref[0]
        sheet.set_row(writer.row, 17)
        label = looks.label(strong=False, indented=False)
        sheet.write_string(writer.row, 0, safe(report_words.headline(key)), label)
        now, *others = headline.values
        # the number is said once, in its own table; here it is looked up
        where = places.of(headline.ref)
        formula = f"={where}" if where is not None and isinstance(now, int | float) else ""
        writer.figure(writer.row, 1, now, looks.number(key, now, strong=True, shaded=True), formula)
        for place, value in enumerate(others, 2):
            writer.figure(writer.row, place, value, looks.number(key, value, strong=False))
        writer.row += 1


@dataclass(frozen=True, slots=True)
class MonthCharts:
    """What is drawn of twelve months; None where nothing was counted."""

    nights: Any | None = None
    flows: Any | None = None


def _months(writer: Writer, top: int, compared: Compared) -> MonthCharts:
    """The numbers of twelve months beside the page, and the charts of them; told apart without colours too."""
    if not compared.flows:
        return MonthCharts()
    sheet, first, last = writer.sheet, top + 1, top + len(compared.flows)
    keys = ("t2.entries", "t2.exits", *(["t1.person_nights"] if writer.report.period.nights > OF_A_MONTH else []))
    sheet.write_string(top, _BESIDE_THE_PAGE, words.text("Month"), writer.looks.quiet)
    for row, one in enumerate(compared.flows, first):
        sheet.write_string(row, _BESIDE_THE_PAGE, f"{one.first:%m/%y}", writer.looks.quiet)
    fills: tuple[dict[str, Any], ...] = (
        {"fill": {"color": "#1D2850"}},
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#5D636F", "bg_color": "#FFFFFF"}},
        {"fill": {"color": "#9AA3B5"}},
    )
    series = []
    for place, (key, fill) in enumerate(zip(keys, fills, strict=False), _BESIDE_THE_PAGE + 1):
        name = report_words.figure(key)
        sheet.write_string(top, place, safe(name), writer.looks.quiet)
        for row, one in enumerate(compared.flows, first):
            number = {"t2.entries": one.entries, "t2.exits": one.exits}.get(key, one.nights)
            if number is not None:
                sheet.write_number(row, place, number, writer.looks.quiet)
        along = [writer.name, first, _BESIDE_THE_PAGE, last, _BESIDE_THE_PAGE]
        values = [writer.name, first, place, last, place]
        series.append(
            {"name": name, "categories": along, "values": values, "border": {"color": "#1D2850"}, "gap": 40, **fill}
        )
    flows = _columns(writer, words.text("Entries and exits, 12 months"), series[:2])
    return MonthCharts(_columns(writer, words.text("Person-nights, 12 months"), series[2:]), flows)


def _columns(writer: Writer, title: str, series: Sequence[dict[str, Any]]) -> Any | None:
    if not series:
        return None
    chart = writer.book.add_chart({"type": "column"})
    for one in series:
        chart.add_series(one)
    return charts.framed(chart, title)
