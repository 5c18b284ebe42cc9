"""Individual plans in the file, with their lines."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Connection, select

from shelter_desk.domain.casefile.assessments import ActionState, Plan, PlanAction
from shelter_desk.domain.ids import PersonId, PlanActionId, PlanId, StayId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import check_opens, filled, opened, opened_in_list
from shelter_desk.storage.residents.person_sealers import of_stays as sealers_of
from shelter_desk.storage.stays.stays import stays_of

TABLE, ACTIONS = "plans", "plan_actions"
PLANS = Mapper(tables.plans, Plan, without=("actions",))
_SEALED = ("objective", "action", "result")
PLAN_ACTIONS = Mapper(
    tables.plan_actions, PlanAction, without=_SEALED, responsible_user="responsible_id", state="action_status"
)
NUMBERS = Numbering(tables.plans.c.plan_no, "P")


def sealed_action(own: Sealer, key: PlanActionId, action: PlanAction) -> dict[str, Any]:
    """What of an action is sealed, as it is stored."""
    return {name: own.seal(ACTIONS, name, key, getattr(action, name).strip()) for name in _SEALED}


def of_stays(connection: Connection, protection: Sealer | None, stays: Iterable[StayId]) -> list[Plan]:
    """The plans of these stays with their lines, the latest first."""
    of = tables.plans.c
    wanted = select(tables.plans).where(of.stay_id.in_(list(stays))).order_by(of.made_on.desc(), of.id.desc())
    return _made(connection, protection, connection.execute(wanted).all())


def of_person(connection: Connection, protection: Sealer | None, person: PersonId) -> list[Plan]:
    """The plans of all stays of a person, the latest first."""
    return of_stays(connection, protection, stays_of(connection, person))


def open_ones(connection: Connection, protection: Sealer | None) -> list[Plan]:
    """The plans that are not closed, of stays that have not ended."""
    of = tables.plans.c
    wanted = (
        select(tables.plans)
        .join(tables.stays, tables.stays.c.id == of.stay_id)
        .where(of.closed_on.is_(None), tables.stays.c.exited_at.is_(None))
        .order_by(of.id)
    )
    return _made(connection, protection, connection.execute(wanted).all())


def plan(connection: Connection, protection: Sealer | None, key: PlanId) -> Plan:
    """One plan with its lines."""
    row = connection.execute(select(tables.plans).where(tables.plans.c.id == key)).one()
    return _made(connection, protection, [row])[0]


def _made(connection: Connection, protection: Sealer | None, rows: Iterable[Any]) -> list[Plan]:
    found = list(rows)
    own = sealers_of(connection, protection, {StayId(row.stay_id) for row in found})
    whose = {row.id: own.get(StayId(row.stay_id)) for row in found}
    of = tables.plan_actions.c
    wanted = select(tables.plan_actions).where(of.plan_id.in_(list(whose))).order_by(of.due_on, of.id)
    lines: dict[int, list[PlanAction]] = defaultdict(list)
    for row in connection.execute(wanted):
        # without what opens it, what is sealed stays empty
        words = {
            name: opened_in_list(whose[row.plan_id], ACTIONS, name, row.id, getattr(row, name)) for name in _SEALED
        }
        lines[row.plan_id].append(PLAN_ACTIONS.read(row, **words))
    return [PLANS.read(row, actions=tuple(lines[row.id])) for row in found]


def check_action_opens(connection: Connection, own: Sealer, key: PlanActionId) -> None:
    """Raises Damaged for an action whose words somebody altered: they are not written anew."""
    check_opens(connection, own, tables.plan_actions, _SEALED, key)


def plan_of_action(connection: Connection, key: PlanActionId) -> PlanId:
    """Which plan an action belongs to."""
    wanted = select(tables.plan_actions.c.plan_id).where(tables.plan_actions.c.id == key)
    return PlanId(connection.execute(wanted).scalar_one())


def stay_of_action(connection: Connection, key: PlanActionId) -> StayId | None:
    """Whose stay the plan of an action is of, None where there is no such action."""
    of, joined = tables.plans.c, tables.plans.join(tables.plan_actions)
    wanted = select(of.stay_id).select_from(joined).where(tables.plan_actions.c.id == key)
    found = connection.execute(wanted).scalar()
    return None if found is None else StayId(found)


def state_of_action(connection: Connection, key: PlanActionId) -> ActionState:
    """How far an action is."""
    wanted = select(tables.plan_actions.c.action_status).where(tables.plan_actions.c.id == key)
    return cast("ActionState", connection.execute(wanted).scalar_one())


def wishes(connection: Connection, own: Sealer | None, key: PlanId) -> str:
    """What the person wishes, in clear."""
    wanted = select(tables.plans.c.wishes).where(tables.plans.c.id == key)
    return opened(own, TABLE, "wishes", key, connection.execute(wanted).scalar_one())


def has_wishes(connection: Connection, keys: Iterable[PlanId]) -> set[PlanId]:
    """Which of these plans say what the person wishes; none is opened."""
    return filled(connection, tables.plans.c.wishes, keys)


def open_number(connection: Connection, stay: StayId) -> str:
    """The number of the plan of a stay that is not closed, "" where there is none."""
    of = tables.plans.c
    wanted = select(of.plan_no).where(of.stay_id == stay, of.closed_on.is_(None)).order_by(of.id.desc())
    return connection.execute(wanted).scalar() or ""
