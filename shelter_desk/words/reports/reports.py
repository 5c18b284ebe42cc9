"""What figures, rows, columns and identities of a report are called, and the report in a few lines."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import kind_of
from shelter_desk.domain.reports.figures import HIDDEN, NOT_RECORDED, Dims, Shown, known_figures
from shelter_desk.domain.reports.layout.stay_tables import LISTS, Label
from shelter_desk.domain.reports.report import Identity, Profile, Report
from shelter_desk.words import flags, formats
from shelter_desk.words.beds import first_days
from shelter_desk.words.reports import report_names as names_of
from shelter_desk.words.reports import stock_names

HIDDEN_MARK = "s"  # the one for every hidden number, whatever its size
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def label(one: Label, names: Mapping[str, str] = NO_NAMES) -> str:
    """The words for a row or a column of a table: a figure, a subtotal, or a code of a list.

    names: those of the sub-types of services that the shelter added, by code.
    """
    kind, code = one
    if code == NOT_RECORDED:
        return words.text("Not recorded")
    if kind == "figure":
        return figure(code)
    if kind == "headline":
        return headline(code)
    if kind == "service_type":
        # else an activity, which is no service
        return names.get(code) or words.label(
            "service_type" if codes.is_code("service_type", code) else "group_activity_type", code
        )
    if kind in stock_names.KINDS:
        return stock_names.label(kind, code, names)
    said = names_of.words_of(kind, code)
    if said is not None:
        return said
    return names_of.others(words.language()).get(one) or words.label(kind, code)


def group(code: str) -> str:
    """The heading above several columns."""
    return names_of.others(words.language()).get(("group", code), "")


def value(found: Shown) -> str:
    """A figure as text: a dash without a denominator, the mark of a hidden one, a true minus below zero."""
    if found is None:
        return formats.NONE
    if found is HIDDEN:
        return HIDDEN_MARK
    decimals = 0 if isinstance(found, int) else len(str(found).partition(".")[2])
    return formats.number(found, decimals).replace("-", "−")


def hidden() -> str:
    """What the mark of a hidden number means, below each table that has one."""
    return words.text("{mark}: a number hidden to protect people").format(mark=HIDDEN_MARK)


def cell(dims: Dims, names: Mapping[str, str] = NO_NAMES) -> str:
    """Where a figure stands, in words: `Féminin, 12–17 ans`. names: as for `label`."""
    return ", ".join(_dim(name, code, names) for name, code in dims) if dims else words.text("Total")


def _dim(name: str, code: str, names: Mapping[str, str]) -> str:
    if name in ("night", "day"):
        return formats.day(date.fromisoformat(code))
    if name == "rule":
        return flags.label(code)
    if name == "by":
        return names_of.cuts().get(code, code)
    if name == "figure":
        return figure(code)
    return label((LISTS.get(name, name), code), names)


def period(found: Period) -> str:
    """`Novembre 2026`, or both days of a free period; up to which day where it runs."""
    return as_of(formats.month_title(found.first) if found.is_month else days(found.whole), found)


def title(found: Period) -> str:
    """`Novembre 2026`, a quarter, a year, or both days; up to which day where it runs."""
    kind, year = kind_of(found), found.first.year
    if kind == "quarter":
        quarter = words.text("Quarter {n}, {year}").format(n=(found.first.month + 2) // 3, year=year)
        return as_of(quarter, found)
    if kind == "year":
        return as_of(words.text("Year {year}").format(year=year), found)
    return period(found)


def days(found: Period) -> str:
    """The first and the last day."""
    return words.text("{first} to {last}").format(first=formats.day(found.first), last=formats.day(found.last))


def as_of(title: str, found: Period) -> str:
    """The title of a period, with the last day that is in it where it runs."""
    if not found.is_running:
        return title
    # after the title of a period: `Novembre 2026, provisoire au 27/11`
    return words.text("{period}, provisional as of {day}").format(period=title, day=formats.short_day(found.last))


def version(number: int, rectified: int) -> str:
    """What a version of a closed month is called: `v1`, `rectificatif 1`. rectified: as `closing.rectified` says."""
    return words.text("rectified version {n}").format(n=rectified) if rectified else f"v{number}"


def level(code: Profile) -> str:
    """Whom a report is for."""
    names: dict[Profile, str] = {
        "interne": words.text("Internal"),
        "convention": words.text("Agreement"),
        "partenaire": words.text("Partner"),
        "public": words.text("Public"),
    }
    return names[code]


def state(report: Report) -> str:
    """What stands on a report: its period runs, is to be closed, or is closed."""
    found = report.period
    if report.version:
        return words.text("Closed, {version}").format(version=version(report.version, report.rectified))
    if not found.is_running:
        return words.text("To be closed")
    return words.text("Provisional as of {day}").format(day=formats.short_day(found.last))


def in_file_name(found: Period) -> str:
    """`2026-11`, or both days of a free period; a period that runs says up to which day, in French as reports do."""
    whole = found.whole
    name = f"{whole.first:%Y-%m}" if found.is_month else f"{whole.first:%Y-%m-%d}-{whole.last:%Y-%m-%d}"
    return name + provisional_file(found)


def provisional_file(found: Period) -> str:
    """What a file name ends with while the period runs."""
    return f"-provisoire-au-{found.last:%d-%m}" if found.is_running else ""


def definition(key: str) -> str:
    """What a figure counts, in one sentence; empty where nothing is written."""
    known = known_figures().get(key)
    return "" if known is None else known.definitions[words.language()]


FEW = 20  # persons in a month below which a quarter tells the public more


def asks_for_quarter(report: Report) -> bool:
    """Whether so few persons were there that the page of the public would hide most of a month."""
    persons = report.value("t2.distinct_persons")
    return 0 < report.period.nights <= 31 and isinstance(persons, int) and persons < FEW


def quarter_instead() -> str:
    """What is proposed then."""
    return words.text("Fewer than {n} persons in the month: for the public a quarter shows more.").format(n=FEW)


def left_out() -> str:
    """What the mark means of figures that are left out of the level."""
    return words.text("{mark}: not given at this level, to protect people").format(mark=left_out_mark())


def left_out_mark() -> str:
    """What stands in their cells; a dash is a number that there is not."""
    return words.text("n.g.")


def unit(key: str) -> str:
    """The machine word of its unit: `stays`, `persons`, `nights`, `beds`, `percent`…"""
    known = known_figures().get(key)
    return "" if known is None else known.unit


def identity_line(found: Identity) -> str:
    """A control that fails, for the command line and the message bar."""
    text = words.text("{identity}: {left} and {right} differ ({meaning}).")
    return text.format(identity=found.id, left=value(found.left), right=value(found.right), meaning=identity(found.id))


def main_figures(report: Report) -> list[str]:
    """The report in a few lines."""

    said: list[Shown] = []

    def of(key: str) -> str:
        said.append(report.value(key))
        return value(said[-1])

    without = first_days.no_capacity(report)
    lines = [
        period(report.period),
        words.text(
            "Present at the start {start} + entries {entries} − exits {exits} = present at the end {end}"
        ).format(
            start=of("t2.present_start"), entries=of("t2.entries"), exits=of("t2.exits"), end=of("t2.present_end")
        ),
        words.text("Distinct persons: {persons}, person-nights: {nights}, capacity: {capacity} bed-nights").format(
            persons=of("t2.distinct_persons"), nights=of("t2.person_nights"), capacity=of("t1.capacity_bed_nights")
        ),
        words.text("Occupancy: {rate} %, with held beds {held} %").format(
            rate=of("t1.occupancy_rate"), held=of("t1.occupancy_rate_held")
        ),
        *([without] if without else []),
        words.text("Mean presence: {presence}, mean stay: {stay} nights, median {median}").format(
            presence=of("t1.mean_presence"), stay=of("t2.mean_stay"), median=of("t2.median_stay")
        ),
        words.count("{n} control holds", "{n} controls hold", sum(one.holds for one in report.identities)),
    ]
    return [*lines, hidden()] if HIDDEN in said else lines


def figure(key: str) -> str:
    """The name of a figure, as its row says it."""
    known = known_figures().get(key)
    return key if known is None else known.labels[words.language()]


def headline(key: str) -> str:
    """What a figure is called by itself, away from the table that explains it."""
    alone = {
        "t5.alone": words.text("Minors unaccompanied or separated"),
        "t6.events": words.text("Services given"),
        "t7.issued": words.text("Referrals issued"),
        "t7.served": words.text("Referrals that led to the service"),
        "t5.exits_settled": words.text("Minors who left for their family or a placement"),
        "t8.follow_ups_reached": words.text("Follow-ups after exit, person reached"),
        "t9.sessions": words.text("Group activities held"),
    }
    return alone.get(key) or figure(key)


def identity(name: str) -> str:
    """What an identity says (field 4.4)."""
    return names_of.identities(words.language()).get(name, name)


def table(name: str) -> str:
    """The heading of a table: its own, else that of the figure that it shows, whole or cut by a dim."""
    own = names_of.tables(words.language()).get(name)
    return own or figure(name if name in known_figures() else name.rpartition(".")[0] or name)
