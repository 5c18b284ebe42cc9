"""The facts of the case file as lines of the thread, topic by topic."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.ids import NoteId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.residents.timeline import TimelineEntry
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui.residents.record.timeline import TimelineItem, typed_by
from shelter_desk.words import timeline as in_words

ICONS: Mapping[Topic, str] = {
    "stay": "bag",
    "interviews": "person",
    "assessments": "shield",
    "plan": "flag",
    "services": "heart",
    "referrals": "send",
    "minor": "baby",
    "return": "leave",
    "consents": "circle-check",
    "notes": "note",
    "documents": "document",
    "incidents": "triangle",
}
OF_FACT = {"appointment": "calendar", "withdrawn": "close", "tracing": "search", "case_closed": "check"}


def entries(desk: Desk, record: Record) -> list[TimelineItem]:
    """The facts that this role may see, in no order; the meals of a month are one line."""
    found = timeline.of(desk, record.person.id)
    catalogue = (
        service_catalogue.all_kinds(desk) if any(one.event.topic in ("services", "plan") for one in found) else {}
    )
    named = {code: kind.label(words.language()) for code, kind in catalogue.items()}
    authors = typed_by(record)
    made = [_entry(one, named, authors) for one in found if not _is_meal(one)]
    return made + _meals([one for one in found if _is_meal(one)], named.get(MEAL, MEAL))


def _is_meal(one: TimelineEntry) -> bool:
    return one.event.what == "service" and one.event.told["service_type"] == MEAL


def _entry(one: TimelineEntry, named: Mapping[str, str], authors: Mapping[tuple[str, int], str]) -> TimelineItem:
    event = one.event
    code = event.told.get("service_type", "")
    title, detail = in_words.describe(event, named.get(code, words.label("service_type", code) if code else ""))
    return TimelineItem(
        event.at,
        event.topic,
        OF_FACT.get(event.what, ICONS.get(event.topic, "info")),
        title,
        detail,
        one.by or authors.get((event.table, event.key), ""),
        event.recorded,
        NoteId(event.key) if event.topic == "notes" else None,
    )


def _meals(meals: Sequence[TimelineEntry], named: str) -> list[TimelineItem]:
    """One line a month, on the day of its last meal."""
    days = sorted({one.event.at.date() for one in meals if one.event.told["service_status"] == "fait"})
    made = []
    for _, of_month in groupby(days, key=lambda day: (day.year, day.month)):
        ones = list(of_month)
        detail = words.count("on {n} day of the month", "on {n} days of the month", len(ones))
        made.append(TimelineItem(plain(ones[-1]), "services", "heart", named, detail))
    return made
