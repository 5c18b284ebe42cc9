"""What somebody was typing when the program was locked or cut, one row per person at the desk and form."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Row, Select, literal_column, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values
from shelter_desk.storage.file.column_values import moment, to_text
from shelter_desk.storage.file.sealing import Sealer

# before a text of somebody without the identity key, who types no names; what is sealed starts at random
_OPEN = b"text:"
# whoever has the key of the database can write anything there, also what is no text and cannot be fetched
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_IS_ONE = literal_column(
    "typeof(body) = 'blob' AND form NOT GLOB '*[^ -~]*' AND strftime('%Y-%m-%d', saved_at) = substr(saved_at, 1, 10) "
    f"AND (saved_at GLOB '{_DAY}' OR saved_at GLOB '{_DAY}T[0-9][0-9]:[0-9][0-9]')",
    Boolean,
)


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it lies in the file. form: which form it fills; at: when it was last kept."""

    id: int
    user: UserId
    form: str
    at: datetime
    body: bytes

    def text(self, sealer: Sealer | None) -> str | None:
        """What was typed; None when it is sealed and there is no key for it.

        An open one is of somebody without a key: to who has one it is Damaged, since somebody else put it there. Raises
        Damaged.
        """
        if sealer is not None:
            return opened(sealer, self.id, self.user, self.form, self.body)
        if not self.body.startswith(_OPEN):
            return None
        try:
            return self.body[len(_OPEN) :].decode()
        except UnicodeDecodeError as error:
            raise column_values.damaged("drafts", "body", self.id) from error


def sealed(sealer: Sealer, key: int, user: UserId, form: str, text: str) -> bytes:
    """Bound to its author and its form: in another place it opens no more."""
    return sealer.seal("drafts", f"body {user} {form}", key, text)


def opened(sealer: Sealer, key: int, user: UserId, form: str, body: bytes) -> str:
    """What `sealed` sealed, or a program before 0.2, by its number alone. Raises Damaged."""
    with suppress(Damaged):
        return sealer.unseal("drafts", f"body {user} {form}", key, body)
    return sealer.unseal("drafts", "body", key, body)


def keep(connection: Connection, user: UserId, form: str, at: datetime, text: str, sealer: Sealer | None) -> None:
    """Keep this text in place of what that person had typed into that form."""
    row = connection.execute(_of(user, form).with_only_columns(tables.drafts.c.id)).scalar()
    if row is None:
        made = tables.drafts.insert().values(user_id=user, form=form, saved_at=to_text(at), body=b"")
        row = int((connection.execute(made).inserted_primary_key or (0,))[0])
    body = _OPEN + text.encode() if sealer is None else sealed(sealer, row, user, form, text)
    changed = tables.drafts.update().where(tables.drafts.c.id == row)
    connection.execute(changed.values(saved_at=to_text(at), body=body))


def find(connection: Connection, user: UserId, form: str) -> StoredDraft | None:
    """What that person had typed into that form; nothing where something else was put in its place."""
    row = connection.execute(_of(user, form).where(_IS_ONE)).one_or_none()
    return None if row is None else _draft(row)


def of_user(connection: Connection, user: UserId) -> list[StoredDraft]:
    """Everything that person had typed, the newest first; what is no draft is passed over."""
    asked = select(tables.drafts).where(tables.drafts.c.user_id == user, _IS_ONE)
    newest = asked.order_by(tables.drafts.c.saved_at.desc(), tables.drafts.c.id.desc())
    return [_draft(row) for row in connection.execute(newest)]


def forget(connection: Connection, user: UserId, form: str) -> None:
    """Delete what that person had typed into that form."""
    mine = (tables.drafts.c.user_id == user) & (tables.drafts.c.form == form)
    connection.execute(tables.drafts.delete().where(mine))


def _of(user: UserId, form: str) -> Select[Any]:
    return select(tables.drafts).where(tables.drafts.c.user_id == user, tables.drafts.c.form == form)


def _draft(row: Row[Any]) -> StoredDraft:
    return StoredDraft(row.id, UserId(row.user_id), row.form, moment(row.saved_at), bytes(row.body))
