"""The charts of a report."""

from collections.abc import Sequence
from typing import Any

from shelter_desk import words
from shelter_desk.excel.reports.report_style import FigurePlaces
from shelter_desk.words.reports import reports as report_words

Cells = str | Sequence[str | int]  # as XlsxWriter takes them


def of_nights(book: Any, places: FigurePlaces) -> Any | None:
    """The chart of the nights in the cells where they stand; None where their reader is not given the persons."""
    found = [places.ranges.get(key) for key in ("t1.presence", "t1.operational_by_night", "night")]
    if None in found:
        return None
    present, beds, days = (f"=({one})" if "," in str(one) else f"={one}" for one in found)
    return presence(book, present, beds, days)


def presence(book: Any, present: Cells, beds: Cells, days: Cells | None = None) -> Any:
    """Persons present each night as columns, beds to sleep in as a line; told apart without colours too."""
    along = {} if days is None else {"categories": days}
    chart, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": report_words.figure("t1.presence"),
            "values": present,
            "fill": {"color": "#9AA3B5"},
            "gap": 35,
            **along,
        }
    )
    line.add_series(
        {
            "name": report_words.figure("t1.operational_by_night"),
            "values": beds,
            "line": {"color": "#1B1F2A", "width": 1.5, "dash_type": "dash"},
            **along,
        }
    )
    chart.combine(line)
    return framed(chart, words.text("Persons present each night"))


def framed(chart: Any, title: str) -> Any:
    """The chart with its title, axes and legend."""
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_x_axis({"num_font": {"size": 10}, "date_axis": False, "num_format": "dd"})
    lines = {"visible": True, "line": {"color": "#E8E7E2"}}
    chart.set_y_axis({"min": 0, "num_font": {"size": 10}, "major_gridlines": lines})
    chart.set_legend({"position": "bottom", "font": {"size": 10}})
    return chart
