"""What the store and the equipment ask for today.

Rules S-03, S-04, S-09 and A-03 to A-05; nothing of it is about a person but a code.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import AskedLine, Slip, Voucher
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.equipment import equipment_counts, lending, maintenance
from shelter_desk.operations.stock import issuing, stock, stock_counts
from shelter_desk.operations.today.task_kinds import Task, TaskThing, without
from shelter_desk.storage.today import postponed_tasks as stored_postponed_tasks

HOUSE = "house"


@needs(Permission.STOCK_EDIT)
def waiting(desk: Desk) -> list[Task]:
    """Everything that waits, without what was set aside; takes a while."""
    with desk.reading() as connection:
        hidden = stored_postponed_tasks.hidden(connection, desk.today())
    return [left for task in everything(desk) if (left := without(task, hidden)).things]


@needs(Permission.STOCK_EDIT)
def everything(desk: Desk) -> list[Task]:
    """What waits, with what was set aside."""
    return [*_of_stock(desk), *_of_equipment(desk)]


# The store -----------------------------------------------------------------------------------------------------------


def _of_stock(desk: Desk) -> Iterator[Task]:
    standing = stock.standing(desk)

    def items(chosen: Iterable[stock.StockStanding]) -> tuple[TaskThing, ...]:
        return tuple(TaskThing(f"item/{one.item.id}", one.item.designation) for one in chosen)

    yield _task("stock_expired", "stock/expiring", items(one for one in standing if one.expired > 0))
    yield _task("stock_low", "stock/items/low", items(one for one in standing if one.is_low))
    yield _task("stock_soon", "stock/expiring", items(one for one in standing if one.near > 0))
    asked = stock.requests(desk)
    unapproved = {one.id for one in asked if one.approved_by is None and _needs_approval(desk, one)}
    for matter, waits in (("stock_to_approve", True), ("stock_asked", False)):
        of = [one for one in asked if (one.id in unapproved) is waits]
        yield _task(matter, "stock/vouchers", [TaskThing(f"voucher/{one.id}", one.voucher_no) for one in of])
    open_now = [one for one in stock_counts.listed(desk) if one.is_open]
    yield _task("stock_count_open", "stock/counts", [TaskThing(f"count/{one.id}", one.count_no) for one in open_now])
    if not open_now:
        yield _task("stock_count_due", "stock/counts", items(one for one in standing if one.to_count))
    yield _task("stock_lent", "stock/loans", _loans(desk))


def _needs_approval(desk: Desk, request: Voucher) -> bool:
    """By what it is worth; what cannot be given out now is for who decides."""
    lines = tuple(AskedLine(one.item, one.amount) for one in request.lines)
    slip = Slip(desk.today(), request.purpose, lines, request.stay, request.third_party)
    try:
        return issuing.needs_approval(desk, slip)
    except RuleBroken:
        return True


def _loans(desk: Desk) -> list[TaskThing]:
    """Loans of the store that are to be asked back."""
    out = stock.loans(desk)
    late = lending.late(desk, [(one.move.third_party, one.move.happened_on) for one in out])
    return [
        TaskThing(f"move/{one.move.id}", one.item.designation, one.move.third_party)
        for one, is_late in zip(out, late, strict=True)
        if is_late
    ]


# The equipment -------------------------------------------------------------------------------------------------------


def _of_equipment(desk: Desk) -> Iterator[Task]:
    found, due = maintenance.waiting(desk), maintenance.due(desk)
    beds = "beds" if desk.may(Permission.SEE_BEDS) else "equipment/register/mend"
    if found.incomplete_beds:
        yield replace(_task("beds_incomplete", beds, [TaskThing(HOUSE)]), n=found.incomplete_beds)
    seen = [TaskThing(f"asset/{one.asset.id}", f"{one.asset.tag_no} {one.asset.designation}") for one in due]
    yield replace(_task("upkeep_due", "equipment/maintenance", list(dict.fromkeys(seen))), late=found.late)
    missing = [
        TaskThing(f"asset/{one.id}", f"{one.tag_no} {one.designation}") for one in equipment_counts.not_found(desk)
    ]
    yield _task("assets_not_found", "equipment/counts", missing)
    late = [one for one in lending.out(desk) if one.is_overdue]
    lent = [TaskThing(f"asset/{one.asset.id}", f"{one.asset.tag_no} {one.asset.designation}", one.to) for one in late]
    yield _task("assets_lent", "equipment/register/lent", lent)
    if found.count_since is not None:
        yield replace(_task("count_due", "equipment/counts", [TaskThing(HOUSE)]), n=0, day=found.count_since)


def _task(matter: str, page: str, things: Sequence[TaskThing]) -> Task:
    return Task(matter, page=page, n=len(things), things=tuple(things))  # type: ignore[arg-type]
