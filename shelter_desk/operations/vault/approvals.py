"""Who approves an act that two persons decide: the second one, at the same desk, or one's own password again.

An act asks for an `Approval` and spends it; none can be made but by a password that opened its slot. A manager can
still close the account of the other one first: that act has its own line in the journal.
"""

from typing import Any

from shelter_desk.domain.approvals import PERMISSION_OF, Approval, GraveAct
from shelter_desk.domain.errors import ApprovalNeeded, SecondPersonNeeded
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import PERMISSIONS
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import password_tries, signed_accounts
from shelter_desk.storage.file import users
from shelter_desk.storage.file.users import User


def others(desk: Desk, act: GraveAct) -> tuple[User, ...]:
    """Who else may do this, as a manager signed it; where there is somebody, one of them has to approve.

    Whoever is on the list counts, also where a row says that they are not active or their slot was taken away: a
    manager suspends them, or gives another password. Closed accounts and the recovery key are nobody. Raises
    NotAllowed.
    """
    permission = PERMISSION_OF[act]
    desk.check(permission)
    with desk.reading() as connection:
        accounts = signed_accounts.who_may(desk, connection)
    return tuple(one for one in accounts if one.id != desk.user and permission in PERMISSIONS[one.role])


def by_two(desk: Desk, act: GraveAct, name: str, password: str) -> Approval:
    """The second person typed name and password at this desk; the keys that they open are dropped at once.

    Raises SecondPersonNeeded, before the password is tried, for anybody who is not another one who may; NotAllowed,
    WrongPassword with the seconds to wait, DeviceSecretMissing.
    """
    may = others(desk, act)
    if not (name.strip() and password):
        raise SecondPersonNeeded("missing")
    wanted = users.folded(name)
    if wanted == users.folded(desk.user_name):
        raise SecondPersonNeeded("same")
    second = next((one for one in may if users.folded(one.name) == wanted), None)
    if second is None:
        raise SecondPersonNeeded("role")
    password_tries.opened(desk, second.name, password, second.id)
    return _given(desk, act, second.id)


def alone(desk: Desk, act: GraveAct, password: str) -> Approval:
    """The password of the person at the desk again, where nobody else may.

    Raises SecondPersonNeeded where somebody else may, NotAllowed, WrongPassword with the seconds to wait.
    """
    if others(desk, act):
        raise SecondPersonNeeded("missing")
    password_tries.own(desk, password)
    return _given(desk, act, None)


def _given(desk: Desk, act: GraveAct, second: UserId | None) -> Approval:
    made = Approval(act, desk.now(), second)
    desk.approvals.append(made)
    return made


def spend(desk: Desk, act: GraveAct, approval: Approval | None) -> dict[str, Any]:
    """Use an approval up, whatever comes of the act; what the journal line of the act says of it.

    Raises ApprovalNeeded, SecondPersonNeeded where who may has changed since, NotAllowed.
    """
    desk.check(PERMISSION_OF[act])
    if approval is None:
        raise ApprovalNeeded("missing")
    kept = next((one for one in desk.approvals if one is approval), None)
    if kept is None or kept.act is not act:
        raise ApprovalNeeded("other")
    desk.approvals.remove(kept)
    if kept.is_over(desk.now()):
        raise ApprovalNeeded("over")
    may = {one.id for one in others(desk, act)}
    if kept.second is None and may:
        raise SecondPersonNeeded("missing")
    if kept.second is not None and kept.second not in may:
        raise SecondPersonNeeded("role")
    return {"alone": True} if kept.second is None else {"second": kept.second}
