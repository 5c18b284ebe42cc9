"""The password of a closed file, until who made it has read it: a lock or a cut in between loses none.

It is a draft of the person at the desk, sealed as drafts are, stored with the sending in one transaction; nothing is
left of it once it was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shelter_desk.domain.ids import SendingId
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.storage.file import drafts as stored_drafts
from shelter_desk.storage.file.database import Connection

_FORM = "reports/password/"  # before the number of the sending


@dataclass(frozen=True, slots=True)
class UnreadPassword:
    """A password and the file that it opens."""

    sending: SendingId
    file_name: str
    password: str


def keep(desk: Desk, connection: Connection, one: UnreadPassword) -> None:
    """Keep it with the sending that the same transaction writes."""
    drafts.keep_within(desk, connection, f"{_FORM}{one.sending}", {"file": one.file_name, "password": one.password})


def forget(desk: Desk, connection: Connection, sending: SendingId) -> None:
    """Its file did not leave."""
    stored_drafts.forget(connection, desk.user, f"{_FORM}{sending}")


def of_draft(draft: Draft) -> UnreadPassword | None:
    """What that draft holds, None for any other one."""
    key, file_name, password = draft.form.removeprefix(_FORM), draft.values.get("file"), draft.values.get("password")
    if draft.form.startswith(_FORM) and key.isdecimal() and isinstance(file_name, str) and isinstance(password, str):
        return UnreadPassword(SendingId(int(key)), file_name, password)
    return None


def mine(desk: Desk) -> Sequence[UnreadPassword]:
    """Those of the person at the desk, the last first."""
    return [one for draft in drafts.mine(desk) if (one := of_draft(draft)) is not None]


def was_read(desk: Desk, password: str) -> None:
    """Forget it: somebody has it now."""
    for one in mine(desk):
        if one.password == password:
            drafts.forget(desk, f"{_FORM}{one.sending}")
