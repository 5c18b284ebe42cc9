"""What the first page of the workbook says: its columns, the norms of the house, what moved in the month."""

from collections.abc import Iterator

from shelter_desk import words
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.synthesis import NormHeld, norms, year_before
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

FACTS = 5


def title(report: Report) -> str:
    """What the workbook is, and of which month."""
    month = report_words.as_of(formats.month(report.period.first), report.period)
    return words.text("Activity report, {month}").format(month=month)


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
    """Above the columns of the headlines: the month, the month before, a year ago, the year so far, its targets."""
    period = report.period
    months = (period, period.month_before, year_before(period))
    return (
        words.text("Headlines"),
        *(report_words.period(one) for one in months),
        words.text("Since January {year}").format(year=period.first.year),
        words.text("Target {year}").format(year=period.first.year),
        words.text("% of the target"),
    )


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
    return words.text("Norms not held: {n} of {all}").format(n=broken, all=len(known))


def facts(report: Report) -> list[str]:
    """At most five sentences of what the month was, from its figures alone; a hidden number is not spoken of."""
    return [one for one in _facts(report) if one][:FACTS]


def _facts(report: Report) -> Iterator[str]:
    before = {} if report.compared is None else report.compared.before
    last_month = formats.month(report.period.month_before.first)
    for key, alone, beside in (
        ("t2.entries", words.text("{n} entries"), words.text("{n} entries, against {m} in {month}")),
        ("t2.exits", words.text("{n} exits"), words.text("{n} exits, against {m} in {month}")),
        (
            "t1.person_nights",
            words.text("{n} nights slept"),
            words.text("{n} nights slept, against {m} in {month}"),
        ),
    ):
        now, then = report.value(key), before.get(key)
        told = alone if then is None else beside
        yield told.format(n=report_words.value(now), m=report_words.value(_whole(then)), month=last_month)
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
