"""What each task says: its sentence, how late it is, its verb and its icon."""

from collections.abc import Sequence
from datetime import date
from typing import get_args

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.assistance.appointments import STEPS
from shelter_desk.domain.casefile.voluntary_returns import StepName
from shelter_desk.operations.today.postponed_tasks import Aside
from shelter_desk.operations.today.task_groups import Urgency
from shelter_desk.operations.today.task_kinds import Matter, Task
from shelter_desk.ui.today.tasks import arrival_texts
from shelter_desk.words import flags, formats, import_memory
from shelter_desk.words.casefile import voluntary_returns

NAMED = 3  # persons or things that are named before the others are counted

ICONS: dict[Matter, str] = {
    "no_place": "moon",
    "child_left": "baby",
    "too_many": "triangle",
    "flag": "triangle",
    "back_today": "arrive",
    "backup_old": "save",
    "no_backup": "save",
    "keys_due": "key",
    "month_open": "report",
    "month_to_rectify": "report",
    "names_due": "shield",
    "roll_call_due": "moon",
    "roll_call_missing": "moon",
    "roll_call_differs": "list",
    "places_asked": "arrive",
    "return_step": "leave",
    "beds_incomplete": "bed",
    "upkeep_due": "wrench",
    "assets_not_found": "search",
    "count_due": "barcode",
    "stock_expired": "clock",
    "stock_soon": "clock",
    "stock_low": "box",
    "stock_asked": "send",
    "stock_to_approve": "send",
    "stock_lent": "swap",
    "assets_lent": "swap",
    "stock_count_due": "list",
    "stock_count_open": "list",
    "referral_late": "send",
    "action_late": "list",
    "appointment_late": "calendar",
    "high_risk": "shield",
    "birthday": "flag",
    "loans_unsaid": "swap",
    "to_complete": "pencil",
    "exit_due": "leave",
    "handover_waiting": "swap",
    **dict.fromkeys(("arrival_due", "arrival_late"), "arrive"),
    **dict.fromkeys(("held_taken", "held_lapsed"), "bookmark"),
}
_ICONS = {"R-07": "flag", "R-25": "person", "R-30": "absence", "R-32": "two-people", "R-33": "leave"}
ROLL_CALLS = frozenset({"roll_call_due", "roll_call_missing", "roll_call_differs"})
_OF_CASE = frozenset(
    {"referral_late", "action_late", "appointment_late", "high_risk", "birthday", "loans_unsaid", "to_complete"}
    | {"exit_due"}
)


def icon(task: Task) -> str:
    """The picture before the sentence."""
    return _ICONS.get(task.flags[0].rule, "triangle") if task.matter == "flag" else ICONS[task.matter]


def sentence(task: Task) -> str:
    """Who, what, since when; the code first."""
    if task.matter in arrival_texts.MATTERS:
        return arrival_texts.sentence(task)
    if task.matter in _OF_CASE:
        return _of_case(task)
    if task.matter in ("flag", "too_many"):
        return flags.together(task.flags) if len(task.flags) > 1 else flags.sentence(task.flags[0])
    if task.matter in ROLL_CALLS:
        return _of_roll_call(task)
    if task.matter == "names_due":
        return words.count("{n} line is due to be erased.", "{n} lines are due to be erased.", task.n)
    if task.matter == "places_asked":
        persons = words.count("{n} person waits for a place", "{n} persons wait for a place", task.n)
        day = formats.short_day(task.day) if task.day else ""
        return words.text("{persons}, the first since {day}.").format(persons=persons, day=day)
    if task.step is not None:
        return voluntary_returns.task(task.code, task.step)
    if task.things:
        return _of_store(task)
    if task.matter in ("month_open", "month_to_rectify"):
        return _of_month(task)
    day = formats.day(task.day) if task.day else ""
    return _of_matter(task).format(code=task.code, n=task.n, limit=task.limit, day=day, bed=task.what)


def covered(task: Task) -> str:
    """Of whom it is, and no more: for who passes the screen."""
    found = [task.code] if task.code else [*task.codes, *(one.code for one in task.flags)]
    return covered_of([one for one in dict.fromkeys(found) if one])


def covered_of(every: Sequence[str]) -> str:
    """The same of these codes."""
    if not every:
        return words.text("An alert to be read")
    return words.text("{codes}: an alert to be read").format(codes=_named(every))


def urgency(of: Urgency) -> str:
    """What stands above the tasks of that urgency."""
    told: dict[Urgency, str] = {
        "now": words.text("Now"),
        "late": words.text("Late"),
        "next": words.text("To see to next"),
    }
    return told[of]


def _of_month(task: Task) -> str:
    month = formats.month_title(task.day) if task.day else ""
    if task.matter == "month_to_rectify":
        return words.text("{month}: an important figure has changed, make a rectified version.").format(month=month)
    if not task.n:
        return words.text("{month}: nothing is left to settle, it can be closed.").format(month=month)
    points = words.count("{n} point to settle", "{n} points to settle", task.n)
    return words.text("{month}: {points} before closing.").format(month=month, points=points)


def _of_roll_call(task: Task) -> str:
    day = formats.short_day(task.day) if task.day else ""
    if task.matter == "roll_call_due":
        return words.text("The roll call of this night is not done.")
    if task.matter == "roll_call_missing":
        nights = words.count("{n} night", "{n} nights", task.n)
        return words.text("Roll call not done: {nights}, the last on {day}.").format(nights=nights, day=day)
    told = words.count("{n} difference to settle", "{n} differences to settle", task.n)
    return words.text("Roll call of {day}: {differences}.").format(day=day, differences=told)


def _of_matter(task: Task) -> str:
    if task.matter == "no_place":
        return words.text("{code}: no place known for tonight.")
    if task.matter == "child_left":
        return words.text("{code}: the adult of bed {bed} is not there any more. Give the child a place.")
    if task.matter == "back_today":
        return words.text("{code}: return expected today. Check it.")
    if task.matter == "handover_waiting":
        return words.text("Handover of {bed}, {day}: nobody took it over yet.")
    if task.matter == "backup_old":
        return words.text("The last proven backup is {n} days old.")
    if task.matter == "keys_due":
        return words.text("Passwords of the night reception of before version 0.3 open all names. Change the keys.")
    return words.text("There is no proven backup yet.")


def _of_case(task: Task) -> str:
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
    what = task.what if task.matter in ("referral_late", "loans_unsaid", "exit_due") else _label(task.what)
    return {
        "referral_late": words.text("{code}: no answer from {what}."),
        "action_late": words.text("{code}: action of the plan to be done by {day} ({what})."),
        "appointment_late": words.text("{code}: {what} of {day}. Say what became of it."),
        "loans_unsaid": words.text("{code} left with what was lent ({what}). Say what becomes of it."),
        "exit_due": words.text("{code}: exit planned for {day}."),
    }[task.matter].format(code=task.code, what=what, day=day)


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
        "exit_due": words.count("{n} planned exit", "{n} planned exits", task.n),
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


def _of_store(task: Task) -> str:
    """What is the matter with which things."""
    if task.matter == "beds_incomplete":
        return words.count(
            "{n} bed without a usable mattress, net or frame.",
            "{n} beds without a usable mattress, net or frame.",
            task.n,
        )
    if task.matter == "count_due":
        day = formats.day(task.day) if task.day else ""
        return words.text("Equipment was not counted since {day}.").format(day=day)
    told = words.text("{thing} ({who})")
    things = [told.format(thing=one.name, who=one.who) if one.who else one.name for one in task.things]
    return _said(task.matter).format(things=_named(things))


def _said(matter: str) -> str:
    return {
        "stock_expired": words.text("Expired in stock: {things}."),
        "stock_soon": words.text("Expires soon in stock: {things}."),
        "stock_low": words.text("To order: {things}."),
        "stock_to_approve": words.text("Asked of the store, to be approved: {things}."),
        "stock_asked": words.text("Asked of the store and approved, to be issued: {things}."),
        "stock_lent": words.text("Lent by the store, to be asked back: {things}."),
        "stock_count_due": words.text("Stock not counted for long: {things}."),
        "stock_count_open": words.text("Count of the stock under way: {things}."),
        "upkeep_due": words.text("Maintenance due: {things}."),
        "assets_not_found": words.text("Not found at the last count: {things}."),
        "assets_lent": words.text("Lent equipment, to be asked back: {things}."),
    }[matter]


def _named(every: Sequence[str]) -> str:
    first, n = ", ".join(every[:NAMED]), len(every) - NAMED
    if n <= 0:
        return first
    return words.text("{things} and {others}").format(things=first, others=words.count("{n} other", "{n} others", n))


def aside(one: Aside) -> str:
    """What was set aside, of whom where it is about somebody; the matter alone where it is settled meanwhile."""
    what = one.what or words.text("settled meanwhile")
    if not one.code:
        told = {
            "beds_incomplete": words.text("Beds without a usable mattress, net or frame."),
            "count_due": words.text("Equipment to count."),
        }
        return told.get(one.matter) or _said(one.matter).format(things=what)
    if one.what and one.matter == "return_step":
        what = next((voluntary_returns.step(name) for name in get_args(StepName) if name == one.what), one.what)
    elif one.what and one.matter != "referral_late":
        what = _label(one.what)
    matter = {
        "referral_late": words.text("no answer from {what}"),
        "action_late": words.text("late action of the plan ({what})"),
        "appointment_late": words.text("appointment to close ({what})"),
        "high_risk": words.text("high risk"),
        "birthday": words.text("18th birthday"),
        "return_step": words.text("step of the return ({what})"),
        "exit_due": words.text("planned exit"),
    }[one.matter]
    return words.text("{code}: {what}.").format(code=one.code, what=matter.format(what=what))


def due(task: Task, today: date) -> str:
    """How late the task is, or in how many days it is due; "" where neither is known."""
    if task.overdue:
        return words.count("{n} day late", "{n} days late", task.overdue)
    if task.matter == "birthday":
        return words.count("in {n} day", "in {n} days", task.n)
    if task.matter == "flag" and (task.flags[0].rule, task.flags[0].kind) == ("R-07", "soon") and task.day is not None:
        return words.count("in {n} day", "in {n} days", (task.day - today).days)
    if task.step is not None and task.day is not None and task.day >= today:
        days = (task.day - today).days
        return words.count("in {n} day", "in {n} days", days) if days else words.text("today")
    if task.matter in ("arrival_due", "exit_due"):
        return words.text("today")
    return words.text("tonight") if task.matter in ("no_place", "child_left", "too_many") else ""


def verb(task: Task) -> str:
    """What the button of the row does."""
    if task.matter in arrival_texts.MATTERS:
        return arrival_texts.verb(task)
    is_one = not task.codes
    told: dict[Matter, str] = {
        "no_place": words.text("Give a place"),
        "child_left": words.text("Give a place"),
        "too_many": words.text("See the beds"),
        "backup_old": words.text("Back up"),
        "no_backup": words.text("Back up"),
        "keys_due": words.text("See the keys"),
        "month_open": words.text("See the points"),
        "month_to_rectify": words.text("See the corrections"),
        "names_due": words.text("Review"),
        "roll_call_due": words.text("Call the roll"),
        "roll_call_missing": words.text("Call the roll"),
        "roll_call_differs": words.text("Settle"),
        "places_asked": words.text("See the requests"),
        "handover_waiting": words.text("Take over"),
        "return_step": words.text("Open the file"),
        "referral_late": words.text("Ask again") if is_one else words.text("See the list"),
        "action_late": words.text("See the plan"),
        "appointment_late": words.text("See the agenda"),
        "high_risk": words.text("Open the first record"),
        "birthday": words.text("Prepare"),
        "to_complete": words.text("Complete") if is_one else words.text("See the list"),
        "exit_due": words.text("Prepare the exit") if is_one else words.text("See the residents"),
        "loans_unsaid": words.text("Complete the exit") if is_one else words.text("See the loans"),
        "beds_incomplete": words.text("See the beds"),
        "upkeep_due": words.text("See the list"),
        "assets_not_found": words.text("See the list"),
        "count_due": words.text("Count"),
        **dict.fromkeys(("stock_expired", "stock_soon", "stock_low"), words.text("See the stock")),
        **dict.fromkeys(("stock_asked", "stock_to_approve"), words.text("See the requests")),
        **dict.fromkeys(("stock_lent", "assets_lent"), words.text("See the loans")),
        **dict.fromkeys(("stock_count_due", "stock_count_open"), words.text("See the counts")),
    }
    return told.get(task.matter) or _of_flag(task) or words.text("Open the record")


def _of_flag(task: Task) -> str:
    if not task.flags:
        return ""
    if task.page == "beds":
        return words.text("See the beds")
    if len(task.flags) > 1:
        return words.text("See the residents")
    told = {
        "R-02": words.text("Compare"),
        "R-07": words.text("Prepare"),
        "R-14": words.text("Decide"),
        "R-20": words.text("Review the status"),
        "R-23": words.text("Refer"),
    }
    return told.get(task.flags[0].rule, "")
