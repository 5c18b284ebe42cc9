"""What each task of the store and of the equipment says: the first things by name, how many others."""

from shelter_desk import words
from shelter_desk.operations.today.postponed_tasks import Aside
from shelter_desk.operations.today.task_kinds import Task, TaskThing
from shelter_desk.words import formats

NAMED = 3  # things that are named before the others are counted


def sentence(task: Task) -> str:
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
    return _said(task.matter).format(things=_named(task.things))


def aside(one: Aside) -> str:
    """What was set aside; the matter alone where it is settled meanwhile."""
    if one.matter == "beds_incomplete":
        return words.text("Beds without a usable mattress, net or frame.")
    if one.matter == "count_due":
        return words.text("Equipment to count.")
    return _said(one.matter).format(things=one.what or words.text("settled meanwhile"))


def _named(things: tuple[TaskThing, ...]) -> str:
    first = ", ".join(_name(one) for one in things[:NAMED])
    n = len(things) - NAMED
    if n <= 0:
        return first
    others = words.count("{n} other", "{n} others", n)
    return words.text("{things} and {others}").format(things=first, others=others)


def _name(one: TaskThing) -> str:
    return words.text("{thing} ({who})").format(thing=one.name, who=one.who) if one.who else one.name


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
