"""The rows behind a figure: which stays or beds make it, and what they add up to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Activity
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import ONE_DAY, plain
from shelter_desk.domain.reports.figures import Amount, Ref, Row, added, kind_of
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports import drilldown_care, naming
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days, room_rules
from shelter_desk.words.reports import reports as report_words

_EXITS = frozenset({"t2.exits", "t2.mean_stay", "t2.median_stay"})
_ENDED = frozenset({"t2.mean_stay", "t2.median_stay", "t8.nights", "t8.mean_stay", "t2.exits", "t8.exits"})
_PERSONS = frozenset(
    {
        "t2.distinct_persons",
        "t2.new_persons",
        "t2.estimated_ages",
        "t3.persons",
        "t3.persons_by_sex",
        "t3.adults",
        "t3.needs",
        "t3.ages",
    }
)
_TIMES = frozenset({"t2.mean_time_present", "t8.nights", "t8.mean_stay", "t2.mean_stay", "t2.median_stay"})
_TYPING = "t2.typ"  # how soon entries and exits were typed
# the figure that says which night stands for a total
_NIGHT_OF = {"t1.max_presence": "t1.max_presence_night", "t1.min_presence": "t1.min_presence_night"}


@dataclass(frozen=True, slots=True)
class DrilldownLine:
    """One stay, bed or activity behind a figure. amount: nights, or what the row brings."""

    code: str
    day: str
    amount: Amount
    about: str
    person: PersonId | None = None


Lines = tuple[DrilldownLine, ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with its rows.

    heads: of day, amount and words; first_head: of the codes, of persons where empty. note: how a figure without rows
        is made.
    """

    ref: Ref
    title: str
    value: str
    heads: tuple[str, str, str]
    lines: Lines
    counted: str
    total: Amount | None
    mean: str = ""
    note: str = ""
    signed: bool = False
    first_head: str = ""


def opened(month: Month, asked: Ref) -> OpenedFigure:
    """Everything the card of that figure says."""
    ref = _stands_for(month, asked)
    key, dims = ref
    rows = month.report.rows(key, *dims)
    figure = month.report.find(ref)
    value = report_words.value(month.report.value(key, *dims))
    title = naming.title(ref, month.report.names)
    if figure is not None and figure.rows_kind in _OF_THINGS:
        first_head, heads, lines, counted = _OF_THINGS[figure.rows_kind](month, key, rows)
        total = added(line.amount for line in lines)
        note = ""
        if not lines:
            note = report_words.definition(key) if figure.rows_kind == "move" else _note(month, ref)
        return OpenedFigure(ref, title, value, heads, lines, counted, total, "", note, first_head=first_head)
    lines = tuple(_line(month, ref, row) for row in rows)
    total = added(line.amount for line in lines)
    mean = ""
    if lines and (key in _ENDED or kind_of(key) == "mean"):
        mean = words.text("mean {n}").format(n=formats.number(total / len(lines), 1))
    day_head = words.text("Left on") if _is_exit(key) else words.text("Came on")
    return OpenedFigure(
        ref,
        title,
        value,
        (day_head, _amount_head(key), _about_head(ref)),
        lines,
        _counted(key, len(lines)),
        # the amounts added up mean something: the figure itself, or what its mean is made of
        total if _brings_its_amount(key) or key in _ENDED else None,
        mean,
        "" if lines else _note(month, ref),
        key == "t2.changes",
    )


def _stands_for(month: Month, ref: Ref) -> Ref:
    """The presence of its night for the busiest and the quietest night."""
    night_of = _NIGHT_OF.get(ref[0], ref[0])
    if night_of not in _NIGHT_OF.values():
        return ref
    return next((("t1.presence", dims) for key, dims in month.report.figures if key == night_of), ref)


def _amount_head(key: str) -> str:
    if drilldown_care.is_care(key):
        return drilldown_care.amount_head(key)
    if key.startswith(_TYPING):
        return words.text("Hours") if kind_of(key) == "median" else words.text("How many")
    return words.text("Change") if key == "t2.changes" else words.text("Nights")


def _is_exit(key: str) -> bool:
    return key in _EXITS or key.startswith("t8.")


def _counted(key: str, n: int) -> str:
    if drilldown_care.is_care(key):
        return drilldown_care.counted(key, n)
    if key in _PERSONS or kind_of(key) == "presence":
        return words.count("{n} person", "{n} persons", n)
    return words.count("{n} stay", "{n} stays", n)


# things that are no stays: the head of their numbers, those of day, amount and words, the lines, how many there are
Things = tuple[str, tuple[str, str, str], Lines, str]


def _beds(month: Month, key: str, rows: tuple[Row, ...]) -> Things:
    last = month.facts.period.last
    rooms = {bed.id: month.facts.rooms[bed.room_on(last)] for bed in month.facts.beds}
    codes = {bed.id: bed.code for bed in month.facts.beds}
    lines = tuple(DrilldownLine(codes[bed], "", amount, rooms[bed].name) for bed, amount in rows)  # type: ignore[index]
    heads = ("", words.text("Nights") if key.endswith("_nights") else words.text("Beds"), words.text("Room"))
    return words.text("Bed"), heads, lines, words.count("{n} bed", "{n} beds", len(lines))


def _activities(month: Month, _key: str, rows: tuple[Row, ...]) -> Things:
    known = {int(one.id): one for one in month.facts.activities}

    def line(one: Activity, amount: Amount) -> DrilldownLine:
        kind = naming.coded("service_type", one.service_type, month.report.names)
        return DrilldownLine(one.activity_no, _day(month, plain(one.held_on)), amount, one.title or kind)

    lines = tuple(line(known[key], amount) for key, amount in rows)
    heads = (words.text("Held on"), words.text("How many"), words.text("Activity"))
    return words.text("No."), heads, lines, words.count("{n} activity", "{n} activities", len(lines))


def _incidents(month: Month, _key: str, rows: tuple[Row, ...]) -> Things:
    """Neither of what type a sealed matter is, nor what is told of any."""
    known = {int(one.id): one for one in month.facts.incidents}

    def line(one: Incident, amount: Amount) -> DrilldownLine:
        told = "" if one.is_sealed else naming.coded("incident_severity", one.severity)
        return DrilldownLine(one.incident_no, _day(month, one.occurred_at), amount, told)

    lines = tuple(line(known[key], amount) for key, amount in rows)
    heads = (words.text("Happened on"), words.text("How many"), words.text("Severity"))
    return words.text("No."), heads, lines, words.count("{n} incident", "{n} incidents", len(lines))


def _requests(month: Month, _key: str, rows: tuple[Row, ...]) -> Things:
    known = {int(one.id): one for one in month.facts.requests or ()}

    def line(one: PlaceRequest, amount: Amount) -> DrilldownLine:
        told = [naming.coded("request_outcome", one.outcome)]
        told += [naming.coded("request_reason", one.reason)] if one.reason else []
        return DrilldownLine(one.request_no, _day(month, plain(one.asked_on)), amount, ", ".join(told))

    lines = tuple(line(known[key], amount) for key, amount in rows)
    heads = (words.text("Asked on"), words.text("How many"), words.text("Outcome of the request"))
    return words.text("No."), heads, lines, words.count("{n} request", "{n} requests", len(lines))


def _assets(month: Month, key: str, rows: tuple[Row, ...]) -> Things:
    known = {int(one.asset.id): one.asset for one in month.facts.assets}
    lines = tuple(
        DrilldownLine(known[id_].tag_no, _day(month, plain(known[id_].acquired_on)), amount, known[id_].designation)
        for id_, amount in rows
    )
    how_many = words.text("XOF") if key == "t10.value" else words.text("How many")
    heads = (words.text("Acquired on"), how_many, words.text("Designation"))
    counted = words.count("{n} line of the register", "{n} lines of the register", len(lines))
    return words.text("Tag"), heads, lines, counted


def _moves(month: Month, _key: str, rows: tuple[Row, ...]) -> Things:
    lines = tuple(DrilldownLine(*told) for told in drilldown_care.stock_lines(month, rows))
    heads = (words.text("Date"), words.text("Quantity"), words.text("Movement"))
    return words.text("No."), heads, lines, words.count("{n} movement", "{n} movements", len(lines))


# what the rows of a figure are, where they are no stays
_OF_THINGS: dict[str, Callable[[Month, str, tuple[Row, ...]], Things]] = {
    "bed": _beds,
    "activity": _activities,
    "incident": _incidents,
    "request": _requests,
    "asset": _assets,
    "move": _moves,
}


def _line(month: Month, ref: Ref, row: Row) -> DrilldownLine:
    stay = month.stays[StayId(row[0])]
    person = month.person_of(stay.id)
    day = stay.exited_at if _is_exit(ref[0]) else stay.admitted_at
    amount = row[1] if _brings_its_amount(ref[0]) else _nights(month, ref, stay)
    return DrilldownLine(person.code, _day(month, day), amount, _about(month, ref, stay), person.id)


def _day(month: Month, day: datetime | None) -> str:
    """Without its year where that is the year of the period."""
    if day is None:
        return formats.NONE
    return formats.short_day(day) if day.year == month.report.period.last.year else f"{day:%d/%m/%y}"


def _brings_its_amount(key: str) -> bool:
    """True where the row says nights or a change itself; where it only counts, the nights of the stay are shown."""
    is_own = key in _TIMES or "nights" in key or key == "t2.changes" or key.startswith(_TYPING)
    return is_own or drilldown_care.is_care(key)


def _nights(month: Month, ref: Ref, stay: Stay) -> int:
    """The length of the stay up to its exit, to the night asked for, or to the end of the period."""
    period = month.report.period
    until = period.last if stay.exited_at is None else min(stay.exited_at.date(), period.last + ONE_DAY)
    if kind_of(ref[0]) == "presence":
        until = date.fromisoformat(ref[1][0][1]) + ONE_DAY
    return (until - stay.admitted_at.date()).days


def _about_head(ref: Ref) -> str:
    key, dims = ref
    if drilldown_care.is_care(key):
        return drilldown_care.about_head(key)
    if kind_of(key) == "presence" or "nights" in key:
        return words.text("Bed")
    if dims and dims[0][0] == "exit_destination":
        return words.text("Destination")
    return words.text("Reason") if _is_exit(key) or key == "t1.overrides" else words.text("Situation")


def _about(month: Month, ref: Ref, stay: Stay) -> str:
    key, dims = ref
    if drilldown_care.is_care(key):
        return drilldown_care.about(month, ref, stay)
    if kind_of(key) == "presence":
        return _places(month, stay, date.fromisoformat(dims[0][1]))
    if _is_exit(key):
        if dims and dims[0][0] == "exit_destination":
            return naming.coded("exit_destination", stay.exit_destination)
        return naming.coded("exit_reason", stay.exit_reason)
    told = _telling(key)
    return told(month, stay) if told is not None else naming.coded("migration_situation", stay.migration_situation)


def _telling(key: str) -> Callable[[Month, Stay], str] | None:
    """What is said of a stay behind figures that are about something else than its situation."""
    if "nights" in key:
        return _places
    if key == "t3.entries":
        return lambda _, stay: naming.coded("referral_source", stay.referral_source)
    if key.startswith("t2.entries"):
        return lambda _, stay: naming.coded("entry_kind", stay.entry_kind)
    if key.startswith(_TYPING):
        return _typed
    return {"t1.overrides": _overridden, "t2.late_entries": _typed, "t2.estimated_ages": _age}.get(key)


def _places(month: Month, stay: Stay, night: date | None = None) -> str:
    """Where the nights of the period, or that night, were slept."""
    found = []
    for placement in month.facts.placements.get(stay.id, ()):
        end = placement.end or stay.exited_at
        slept = month.report.period.nights_of(placement.start, end) > 0
        if night is not None:
            slept = placement.start.date() <= night and (end is None or night < end.date())
        if slept:
            place = naming.coded("place", placement.place)
            found.append(place if placement.bed is None else month.bed_code(placement.bed))
    return ", ".join(dict.fromkeys(found)) or words.text("no place recorded")


def _overridden(month: Month, stay: Stay) -> str:
    found = [one.override_rule for one in month.facts.placements.get(stay.id, ()) if one.override_rule]
    return ", ".join(room_rules.warning(rule.strip()) for text in found for rule in text.split(";"))


def _typed(month: Month, stay: Stay) -> str:
    left_here = stay.exited_at is not None and stay.exited_at.date() in month.report.period
    typed = stay.exit_recorded_at if left_here else stay.recorded_at
    return words.text("typed on {day}").format(day=formats.short_day(typed)) if typed else formats.NONE


def _age(month: Month, stay: Stay) -> str:
    birth = month.person_of(stay.id).birth
    return formats.age(birth.age(month.report.period.last))


def _note(month: Month, ref: Ref) -> str:
    """The numbers a rate is made of, what a figure counts, or that nobody is behind a zero."""
    if ref[0].startswith("t1.") and month.report.value(ref[0], *ref[1]) is None and month.report.capacity_from:
        return first_days.no_capacity(month.report)
    made = _made_of(month, ref[0])
    if made:
        return made
    if ref[1] or month.report.value(ref[0], *ref[1]) == 0:
        return words.text("No row is behind this figure.")
    return report_words.definition(ref[0])


def _made_of(month: Month, key: str) -> str:
    def of(name: str) -> str:
        return report_words.value(month.report.value(f"t1.{name}"))

    if key == "t1.occupancy_rate":
        text = words.text("({in_bed} nights in beds + {extra} on extra places) ÷ {capacity} bed-nights × 100")
    elif key == "t1.occupancy_rate_held":
        text = words.text("({in_bed} + {extra} + {held} nights held) ÷ {capacity} bed-nights × 100")
    elif key == "t1.mean_presence":
        text = words.text("{total} person-nights ÷ {nights} nights")
    else:
        return ""
    return text.format(
        in_bed=of("person_nights_in_bed"),
        extra=of("person_nights_extra"),
        held=of("absence_nights_held"),
        capacity=of("capacity_bed_nights"),
        total=of("person_nights"),
        nights=month.report.period.nights,
    )
