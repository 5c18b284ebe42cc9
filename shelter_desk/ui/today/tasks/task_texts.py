"""What each task says: its sentence, how late it is, its verb and its icon."""

from datetime import date

from shelter_desk import words
from shelter_desk.operations.today.task_kinds import Matter, Task
from shelter_desk.ui.today.tasks import case_task_texts, store_task_texts
from shelter_desk.words import flags, formats, voluntary_returns

ICONS: dict[Matter, str] = {
    "no_place": "moon",
    "child_left": "baby",
    "too_many": "triangle",
    "flag": "triangle",
    "back_today": "arrive",
    "backup_old": "save",
    "no_backup": "save",
    "month_open": "report",
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
}
_ICONS = {"R-07": "flag", "R-25": "person", "R-30": "absence", "R-32": "two-people", "R-33": "leave"}
ROLL_CALLS = frozenset({"roll_call_due", "roll_call_missing", "roll_call_differs"})


def icon(task: Task) -> str:
    """The picture before the sentence."""
    return _ICONS.get(task.flags[0].rule, "triangle") if task.matter == "flag" else ICONS[task.matter]


def sentence(task: Task) -> str:
    """Who, what, since when; the code first."""
    if task.matter in case_task_texts.MATTERS:
        return case_task_texts.sentence(task)
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
        return store_task_texts.sentence(task)
    if task.matter == "month_open":
        points = words.count("{n} point to settle", "{n} points to settle", task.n)
        month = formats.month_title(task.day) if task.day else ""
        return words.text("{month}: {points} before closing.").format(month=month, points=points)
    day = formats.day(task.day) if task.day else ""
    return _of_matter(task).format(code=task.code, n=task.n, limit=task.limit, day=day, bed=task.what)


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
    if task.matter == "backup_old":
        return words.text("The last proven backup is {n} days old.")
    return words.text("There is no proven backup yet.")


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
    return words.text("tonight") if task.matter in ("no_place", "child_left", "too_many") else ""


def verb(task: Task) -> str:
    """What the button of the row does."""
    told: dict[Matter, str] = {
        "no_place": words.text("Give a place"),
        "child_left": words.text("Give a place"),
        "too_many": words.text("See the beds"),
        "backup_old": words.text("Back up"),
        "no_backup": words.text("Back up"),
        "month_open": words.text("See the points"),
        "names_due": words.text("Review"),
        "roll_call_due": words.text("Call the roll"),
        "roll_call_missing": words.text("Call the roll"),
        "roll_call_differs": words.text("Settle"),
        "places_asked": words.text("See the requests"),
        "return_step": words.text("Open the file"),
        "beds_incomplete": words.text("See the beds"),
        "upkeep_due": words.text("See the list"),
        "assets_not_found": words.text("See the list"),
        "count_due": words.text("Count"),
        **dict.fromkeys(("stock_expired", "stock_soon", "stock_low"), words.text("See the stock")),
        **dict.fromkeys(("stock_asked", "stock_to_approve"), words.text("See the requests")),
        **dict.fromkeys(("stock_lent", "assets_lent"), words.text("See the loans")),
        **dict.fromkeys(("stock_count_due", "stock_count_open"), words.text("See the counts")),
    }
    told |= case_task_texts.verbs(is_one=not task.codes)
    return told.get(task.matter) or _of_flag(task) or words.text("Open the record")


def _of_flag(task: Task) -> str:
    if not task.flags:
        return ""
    if task.page == "beds":
        return words.text("See the beds")
    if len(task.flags) > 1:
        return words.text("See the residents")
    told = {
        "R-07": words.text("Prepare"),
        "R-14": words.text("Decide"),
        "R-20": words.text("Review the status"),
        "R-23": words.text("Refer"),
    }
    return told.get(task.flags[0].rule, "")
