"""What is to be settled before a month is closed, a sentence a point."""

from shelter_desk import words
from shelter_desk.domain.reports.points import Matter, Point
from shelter_desk.words import flags, formats


def sentence(point: Point) -> str:
    """What is the matter, the code first."""
    if point.flag is not None:
        return flags.sentence(point.flag)
    texts: dict[Matter, str] = {
        "unplaced": words.text("{code}: nights without a place, {nights}"),
        "no_destination": words.text("{code}: exit without a destination"),
        "no_exit_reason": words.text("{code}: exit without a reason"),
        "no_birth": words.text("{code}: age unknown"),
        "no_child_status": words.text("{code}: situation of the child missing"),
        "no_source": words.text("{code}: entry without who sent the person"),
        "planned_past": words.text("{code}: service planned for {day}, held or not?"),
        "after_exit": words.text("{code}: service of {day} after the exit"),
    }
    day = formats.day(point.day) if point.day is not None else ""
    return texts[point.matter].format(code=point.code, nights=point.nights, day=day)
