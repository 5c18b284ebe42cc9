"""The lessons of the incidents closed in the period, below the figures of T12."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.reports.tables.t12_incidents import Lesson
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


def lessons_card(found: Sequence[Lesson]) -> Card | None:
    """None where there is none."""
    if not found:
        return None
    card = Card(words.text("Lessons of the incidents closed in the period"))
    for one in found:
        kind = words.label("incident_type", one.incident_type)
        card.body.addWidget(Label(f"{formats.day(one.closed_on)} · {kind}", size="small", ink="ink2"))
        lesson = Label(one.text)
        lesson.setWordWrap(True)
        card.body.addWidget(lesson)
    return card
