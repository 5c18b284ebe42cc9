"""What the first page says, in window and workbook: its columns, the norms of the house, what moved."""

from collections.abc import Iterator

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import period_before, year_before
from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.synthesis import OF_TARGETS, Column, NormHeld, columns, headline_rows, norms, year_of
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

FACTS = 5
TABLE = "headlines"
CAPACITY = "t1.capacity_bed_nights"


def title(report: Report) -> str:
    """What the workbook is, and of which period."""
    return words.text("Activity report, {month}").format(month=_inside(report.period))


def lead(report: Report, shelter: str, town: str, beds: int) -> list[str]:
    """Below the title: which house, which days, and how far the figures can be leant on."""
    period = report.period
    days = report_words.days(period if period.nights else period.whole)
    nights = words.count("{n} night", "{n} nights", period.nights)
    place = words.text("{shelter}, {town}").format(shelter=shelter, town=town) if town else shelter
    checked = words.text("{state} · controls that hold: {n} of {all}")
    held = sum(one.holds for one in report.identities)
    return [
        place,
        " · ".join((days, nights, words.count("{n} bed", "{n} beds", beds))),
        checked.format(state=report_words.state(report), n=held, all=len(report.identities)),
    ]


def heads(report: Report) -> tuple[str, ...]:
    """Above the columns: the period, the one before, a year ago, the year so far, its target and how much of it is."""
    period, year = report.period, year_of(report.period)
    periods: dict[Column, Period | None] = {
        "now": period,
        "before": period_before(period),
        "last_year": year_before(period),
    }
    named: dict[Column, str] = {one: report_words.title(found) for one, found in periods.items() if found is not None}
    named |= {
        "since_january": words.text("Since January {year}").format(year=year),
        "target": words.text("Target {year}").format(year=year),
        "percent": words.text("% of the target"),
    }
    return words.text("Headlines"), *(named[one] for one in columns(period))


def table(report: Report) -> ReportTable:
    """The headlines as a table of the window; periods that nobody looked at yet are awaited."""
    shown = [one for one in columns(report.period) if report.targets or one not in OF_TARGETS]
    titles = dict(zip(columns(report.period), heads(report)[1:], strict=True))
    along = (FigureColumn(("plain", titles[one]), strong=one == "now") for one in shown)
    is_awaited = report.compared is None and not report.version
    rows = []
    for row in headline_rows(report):
        found = dict(zip(columns(report.period), row.values, strict=True))
        others = ["…" if is_awaited else _beside(one, found[one]) for one in shown[1:]]
        cells = (row.ref, *[None] * len(others))
        rows.append(FigureRow(("headline", row.ref[0]), cells, said=(None, *(("plain", text) for text in others))))
    return ReportTable(TABLE, "", tuple(along), tuple(rows))


def _beside(column: Column, value: Shown) -> str:
    """A number beside that of the period; nothing where there is no target."""
    return "" if column in OF_TARGETS and value is None else report_words.value(value)


def facts_title(report: Report) -> str:
    """Above the sentences of what the period was."""
    if len(facts(report)) < FACTS:
        return words.text("What stands out")
    return words.text("The month in five facts") if report.period.is_month else words.text("The period in five facts")


def _inside(period: Period) -> str:
    """The title of a period inside a sentence."""
    title = report_words.title(period)
    return title[:1].lower() + title[1:]


def targets_from(report: Report) -> str:
    """Where the targets come from, "" where there are none."""
    found = dict.fromkeys(one.target.source for one in report.targets)
    told = words.text("Targets: {list}. Their % is that of the column “Since January”.")
    return told.format(list=" · ".join(found)) if found else ""


def norm(one: NormHeld) -> str:
    """A norm that does not hold: what was found, and what may be."""
    told = words.text("{figure}: {found}, at most {limit}")
    if one.ref[0] == "t1.surface_per_person":
        told = words.text("{figure}: {found}, at least {limit}")
    decimals = 0 if float(one.limit).is_integer() else 1
    return told.format(
        figure=report_words.figure(one.ref[0]),
        found=report_words.value(one.found),
        limit=formats.number(one.limit, decimals),
    )


def norms_title(report: Report) -> str:
    """How many norms do not hold, of those that can be told."""
    known = [one for one in norms(report) if one.holds is not None]
    broken = sum(not one.holds for one in known)
    return words.text("Norms not held: {n} of {all} that can be told").format(n=broken, all=len(known))


def hidden_rule(report: Report) -> str:
    """Which numbers are hidden, "" where none is."""
    if not report.hidden:
        return ""
    told = words.text("Hidden in the tables: fewer than {k} persons, and what would tell of them. Headlines are given.")
    return told.format(k=report.small_cell_k)


def occupancy(report: Report) -> str:
    """How its rate is made, "" where its numbers are not given: children who share a bed take none."""
    nights, extra, capacity = map(report.value, ("t1.person_nights_in_bed", "t1.person_nights_extra", CAPACITY))
    if not isinstance(nights, int) or not isinstance(extra, int) or not isinstance(capacity, int):
        return ""
    told = words.text("Occupancy: {n} nights in a bed or on an extra place, of {capacity}; a shared bed once.")
    return told.format(n=formats.number(nights + extra), capacity=formats.number(capacity))


def facts(report: Report) -> list[str]:
    """At most five sentences of what the month was, from its figures alone; a hidden number is not spoken of."""
    return [one for one in _facts(report) if one][:FACTS]


def _facts(report: Report) -> Iterator[str]:
    before = {} if report.compared is None else report.compared.before
    former = period_before(report.period)
    for key, alone, of_month, of_period in (
        (
            "t2.entries",
            words.text("{n} entries"),
            words.text("{n} entries, against {m} in {month}"),
            words.text("{n} entries, against {m} before ({period})"),
        ),
        (
            "t2.exits",
            words.text("{n} exits"),
            words.text("{n} exits, against {m} in {month}"),
            words.text("{n} exits, against {m} before ({period})"),
        ),
        (
            "t1.person_nights",
            words.text("{n} nights slept"),
            words.text("{n} nights slept, against {m} in {month}"),
            words.text("{n} nights slept, against {m} before ({period})"),
        ),
    ):
        if report.value(key) is HIDDEN:
            continue
        now, then = report_words.value(report.value(key)), before.get(key)
        if then is None or former is None:
            yield alone.format(n=now)
            continue
        told = of_month if report.period.is_month else of_period
        yield told.format(
            n=now, m=report_words.value(_whole(then)), month=formats.month(former.first), period=_inside(former)
        )
    presumed, identified = report.value("t4.new_presumed"), report.value("t4.new_identified")
    if HIDDEN not in (presumed, identified):
        told = words.text("{n} victims presumed, {m} identified")
        yield told.format(n=report_words.value(presumed), m=report_words.value(identified))
    minors, alone_ = report.value("t5.minors"), report.value("t5.alone")
    if HIDDEN not in (minors, alone_):
        told = words.text("{n} minors, of whom {m} unaccompanied or separated")
        yield told.format(n=report_words.value(minors), m=report_words.value(alone_))


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number
