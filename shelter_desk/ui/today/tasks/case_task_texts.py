"""What each task of the case files says: of whom, what is late or near, where the button leads."""

from typing import get_args

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.assistance.appointments import STEPS
from shelter_desk.domain.casefile.voluntary_returns import StepName
from shelter_desk.operations.today.postponed_tasks import Aside
from shelter_desk.operations.today.task_kinds import Matter, Task
from shelter_desk.words import formats, import_memory, voluntary_returns

NAMED = 3  # persons named before the others are counted
MATTERS = frozenset(
    {"referral_late", "action_late", "appointment_late", "high_risk", "birthday", "loans_unsaid", "to_complete"}
)


def sentence(task: Task) -> str:
    """Who first, then what is the matter."""
    if task.matter == "birthday":
        return _of_birthday(task)
    if task.matter == "high_risk":
        return words.text("High risk: {codes}.").format(codes=_named(task.codes))
    if task.matter == "to_complete" and not task.codes:
        return _of_gaps(task)
    if task.codes:
        return words.text("{what}: {codes}.").format(what=_together(task), codes=_named(task.codes))
    day = formats.day(task.day) if task.day else ""
    if task.matter == "action_late" and task.n > 1:
        return words.text("{what}: {codes}.").format(what=_together(task), codes=task.code)
    return {
        "referral_late": words.text("{code}: no answer from {what}."),
        "action_late": words.text("{code}: action of the plan to be done by {day} ({what})."),
        "appointment_late": words.text("{code}: {what} of {day}. Say what became of it."),
        "loans_unsaid": words.text("{code} left with what was lent ({what}). Say what becomes of it."),
    }[task.matter].format(code=task.code, what=_what(task), day=day)


def aside(one: Aside) -> str:
    """What was set aside, of whom; the matter alone where it is settled meanwhile."""
    told = {
        "referral_late": words.text("no answer from {what}"),
        "action_late": words.text("late action of the plan ({what})"),
        "appointment_late": words.text("appointment to close ({what})"),
        "high_risk": words.text("high risk"),
        "birthday": words.text("18th birthday"),
        "return_step": words.text("step of the return ({what})"),
    }[one.matter]
    what = _name(one) if one.what else words.text("settled meanwhile")
    return words.text("{code}: {what}.").format(code=one.code, what=told.format(what=what))


def _name(one: Aside) -> str:
    if one.matter == "return_step":
        return next((voluntary_returns.step(name) for name in get_args(StepName) if name == one.what), one.what)
    return one.what if one.matter == "referral_late" else _label(one.what)


def _what(task: Task) -> str:
    if task.matter in ("referral_late", "loans_unsaid"):
        return task.what
    return _label(task.what)


def _label(code: str) -> str:
    return words.label(STEPS if codes.is_code(STEPS, code) else "service_type", code)


def _together(task: Task) -> str:
    told = {
        "referral_late": words.count("{n} referral without an answer", "{n} referrals without an answer", task.n),
        "action_late": words.count("{n} late action of a plan", "{n} late actions of a plan", task.n),
        "appointment_late": words.count("{n} appointment to close", "{n} appointments to close", task.n),
        "to_complete": words.count(
            "{n} value to complete after an import", "{n} values to complete after an import", task.n
        ),
        "loans_unsaid": words.count("{n} thing lent that left unsaid", "{n} things lent that left unsaid", task.n),
    }
    return told[task.matter]


def _of_gaps(task: Task) -> str:
    """What an import left open of one person or thing, and what the file says there."""
    told = words.text("{column} ({told})")
    columns = [
        told.format(column=import_memory.gap_column(one.list, one.column), told=import_memory.gap_text(one.told))
        for one in task.gaps
    ]
    return words.text("{code}: to be completed, {columns}.").format(code=task.code, columns=", ".join(columns))


def _of_birthday(task: Task) -> str:
    day = formats.day(task.day) if task.day else ""
    papers = {"birth": words.text("proof of birth"), "identity": words.text("proof of identity")}
    lacking = ", ".join(papers[one] for one in task.lacking)
    if task.room and lacking:
        told = words.text("{code}: turns 18 on {day}. Room {room}. Papers missing: {papers}.")
    elif lacking:
        told = words.text("{code}: turns 18 on {day}. Papers missing: {papers}.")
    elif task.room:
        told = words.text("{code}: turns 18 on {day}. Room {room}. The papers are there.")
    else:
        told = words.text("{code}: turns 18 on {day}. The papers are there.")
    return told.format(code=task.code, day=day, room=task.room, papers=lacking)


def _named(of: tuple[str, ...]) -> str:
    first = ", ".join(of[:NAMED])
    n = len(of) - NAMED
    if n <= 0:
        return first
    return words.text("{things} and {others}").format(things=first, others=words.count("{n} other", "{n} others", n))


def verbs(is_one: bool) -> dict[Matter, str]:
    """What the buttons do. is_one: the task is about one person."""
    return {
        "referral_late": words.text("Ask again") if is_one else words.text("See the list"),
        "action_late": words.text("See the plan"),
        "appointment_late": words.text("See the agenda"),
        "high_risk": words.text("Open the first record"),
        "birthday": words.text("Prepare"),
        "to_complete": words.text("Complete") if is_one else words.text("See the list"),
        "loans_unsaid": words.text("Complete the exit") if is_one else words.text("See the loans"),
    }
