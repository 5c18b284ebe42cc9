"""What tasks say of arrivals that are expected and of beds held for them: never who, but sex, age and place."""

from shelter_desk import words
from shelter_desk.operations.today.task_kinds import Matter, Task
from shelter_desk.words import formats
from shelter_desk.words.beds import held_beds

MATTERS: frozenset[Matter] = frozenset({"arrival_due", "arrival_late", "held_taken", "held_lapsed"})
ADMITTED: frozenset[Matter] = frozenset({"arrival_due", "arrival_late"})  # whose button opens the admission


def sentence(task: Task) -> str:
    """Who is expected, by sex and age, and which place is held until when."""
    line = task.held
    if line is None:
        return ""
    said = {
        "arrival_due": words.text("Arrival expected: {who}. {place}, held until {last}."),
        "arrival_late": words.text("Arrival late: {who}. {place}, held until {last}."),
        "held_taken": words.text("{place} is held for an arrival ({who}) and is not free: {by}."),
        "held_lapsed": words.text("Nobody came until {day}: {place} is free again ({who})."),
    }[task.matter]
    day = formats.short_day(task.day) if task.day else ""
    return said.format(
        who=held_beds.who(line.held.groups),
        place=held_beds.place(line.place, line.held),
        last=formats.short_day(line.held.last),
        day=day,
        by=held_beds.blocked_by(line.blocked_by, line.short),
    )


def verb(task: Task) -> str:
    """What the button of the row does."""
    return words.text("Admit") if task.matter in ADMITTED else words.text("See what is held")
