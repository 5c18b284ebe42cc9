"""What the store and the equipment ask for today, and setting it aside for some days with a reason.

Rules S-03, S-04, S-09 and A-03 to A-05; nothing of it is about a person but a code.

Each thing is set aside by itself: the task comes back with what is new. The reason is open to whoever keeps the store.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shelter_desk.domain import settings as limits
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ChangedSince, Missing, NotInList, RuleBroken
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import AskedLine, Slip, Voucher
from shelter_desk.operations import (
    campaigns,
    counting,
    flags,
    giving,
    issuing,
    lending,
    maintenance,
    settings,
    stock,
    upkeep,
)
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.matters import Task, Thing
from shelter_desk.storage import settings as stored_settings
from shelter_desk.storage import settled_flags as stored

TOPICS = Changes(stock=True, assets=True)
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Aside:
    """A thing that is not shown among the tasks for some days. matter: of the task; what: the thing by its name."""

    id: int
    matter: str
    what: str
    reason: str
    by: str
    at: datetime
    until: date | None


@needs(Permission.STOCK_EDIT)
def waiting(desk: Desk) -> list[Task]:
    """Everything that waits, without what was set aside; takes a while."""
    with desk.reading() as connection:
        hidden = {(one.rule, one.subject) for one in stored.hiding(connection, desk.today(), stored.STORE)}
    return [left for task in _all(desk) if (left := _without(task, hidden)).things]


def _all(desk: Desk) -> list[Task]:
    return [*_of_stock(desk), *_of_equipment(desk)]


def _without(task: Task, hidden: set[tuple[str, str]]) -> Task:
    things = tuple(one for one in task.things if (_rule(task.matter), one.subject) not in hidden)
    return replace(task, things=things, n=len(things) if task.n == len(task.things) else task.n)


def _rule(matter: str) -> str:
    return f"{stored.STORE}{matter}"


# The store -----------------------------------------------------------------------------------------------------------


def _of_stock(desk: Desk) -> Iterator[Task]:
    standing = stock.standing(desk)

    def items(chosen: Iterable[stock.Standing]) -> tuple[Thing, ...]:
        return tuple(Thing(f"item/{one.item.id}", one.item.designation) for one in chosen)

    yield _task("stock_expired", "stock/expiring", items(one for one in standing if one.expired > 0))
    yield _task("stock_low", "stock/items/low", items(one for one in standing if one.is_low))
    yield _task("stock_soon", "stock/expiring", items(one for one in standing if one.near > 0))
    asked = stock.requests(desk)
    unapproved = {one.id for one in asked if one.approved_by is None and _needs_approval(desk, one)}
    for matter, waits in (("stock_to_approve", True), ("stock_asked", False)):
        of = [one for one in asked if (one.id in unapproved) is waits]
        yield _task(matter, "stock/vouchers", [Thing(f"voucher/{one.id}", one.voucher_no) for one in of])
    months = limits.whole(settings.kept(desk), "count_stock_months")
    due = desk.today() - timedelta(days=months * 30)
    counted = [one for one in standing if one.physical]
    old = [one for one in counted if one.counted_on is None or one.counted_on < due]
    open_now = [one for one in counting.listed(desk) if one.is_open]
    yield _task("stock_count_open", "stock/counts", [Thing(f"count/{one.id}", one.count_no) for one in open_now])
    if not open_now:
        yield _task("stock_count_due", "stock/counts", items(old))
    yield _task("stock_lent", "stock/loans", _loans(desk))


def _needs_approval(desk: Desk, request: Voucher) -> bool:
    """By what it is worth; what cannot be given out now is for who decides."""
    lines = tuple(AskedLine(one.item, one.amount) for one in request.lines)
    slip = Slip(desk.today(), request.purpose, lines, request.stay, request.third_party)
    try:
        return issuing.needs_approval(desk, slip)
    except RuleBroken:
        return True


def _loans(desk: Desk) -> list[Thing]:
    """Loans of the store that are to be asked back."""
    out = stock.loans(desk)
    late = lending.late(desk, [(one.move.third_party, one.move.moved_on) for one in out])
    return [
        Thing(f"move/{one.move.id}", one.item.designation, one.move.third_party)
        for one, is_late in zip(out, late, strict=True)
        if is_late
    ]


# The equipment -------------------------------------------------------------------------------------------------------


def _of_equipment(desk: Desk) -> Iterator[Task]:
    found, due = upkeep.waiting(desk), maintenance.due(desk)
    beds = "beds" if desk.may(Permission.SEE_BEDS) else "equipment/register/mend"
    if found.incomplete_beds:
        yield replace(_task("beds_incomplete", beds, [Thing(HOUSE)]), n=found.incomplete_beds)
    seen = [Thing(f"asset/{one.asset.id}", f"{one.asset.tag_no} {one.asset.designation}") for one in due]
    yield replace(_task("upkeep_due", "equipment/maintenance", list(dict.fromkeys(seen))), late=found.late)
    missing = [Thing(f"asset/{one.id}", f"{one.tag_no} {one.designation}") for one in campaigns.not_found(desk)]
    yield _task("assets_not_found", "equipment/counts", missing)
    late = [one for one in lending.out(desk) if one.is_overdue]
    lent = [Thing(f"asset/{one.asset.id}", f"{one.asset.tag_no} {one.asset.designation}", one.to) for one in late]
    yield _task("assets_lent", "equipment/register/lent", lent)
    if found.count_since is not None:
        yield replace(_task("count_due", "equipment/counts", [Thing(HOUSE)]), n=0, day=found.count_since)


def _task(matter: str, page: str, things: Sequence[Thing]) -> Task:
    return Task(matter, page=page, n=len(things), things=tuple(things))  # type: ignore[arg-type]


# Setting aside -------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def set_aside(desk: Desk, task: Task, reason: str, until: date | None) -> Done:
    """Show none of these things before that day, at most 90 days away. Raises Missing without a reason, NotInList."""
    if not reason.strip():
        raise Missing("reason")
    if until is None or not desk.today() < until <= desk.today() + timedelta(days=flags.LONGEST_SNOOZE):
        raise NotInList("until", "" if until is None else until.isoformat())
    with desk.writing("set_task_aside", TOPICS) as writing:
        for one in task.things:
            made = stored.Settled(0, _rule(task.matter), one.subject, desk.now(), giving.tidy(reason), desk.user, until)
            writing.trail.add(stored.TABLE, stored.row(made))
    return writing.done


@needs(Permission.STOCK_EDIT)
def aside(desk: Desk) -> list[Aside]:
    """What is set aside now, latest first."""
    with desk.reading() as connection:
        kept = stored.hiding(connection, desk.today(), stored.STORE)
        users = stored_settings.user_names(connection)
    names = {(_rule(task.matter), one.subject): one.name for task in _all(desk) for one in task.things} if kept else {}
    return [
        Aside(
            one.id,
            one.rule.removeprefix(stored.STORE),
            names.get((one.rule, one.subject), ""),
            one.reason,
            users.get(one.by, "") if one.by is not None else "",
            one.settled_at,
            one.until,
        )
        for one in kept
    ]


@needs(Permission.STOCK_EDIT)
def bring_back(desk: Desk, key: int) -> Done:
    """Show a thing again from now on. Raises ChangedSince where it was brought back already."""
    with desk.writing("bring_task_back", TOPICS) as writing:
        kept = stored.one(writing.connection, key)
        if kept is None or not kept.rule.startswith(stored.STORE):
            raise ChangedSince(stored.TABLE)
        writing.trail.remove(stored.TABLE, key)
    return writing.done
