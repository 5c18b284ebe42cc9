"""What somebody was typing when the program was locked or cut, one row per person at the desk and form.

Who reads the case file keeps it there, where nobody else sees that there is one; what a program before 0.3 kept in the
open is found until it is saved or given up.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Delete, LargeBinary, Row, Select, Table, cast, func, literal_column, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values
from shelter_desk.storage.file.case.case_rows import key_of
from shelter_desk.storage.file.column_values import moment, to_text
from shelter_desk.storage.file.sealing import Sealer

# before a text in the case file, whose rows are sealed, or of somebody without the identity key, who types no names;
# what is sealed starts at random
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
    """A draft as it lies in the file. form: which form it fills; at: when it was last kept.

    is_of_case_file: it lies there, and needs no other key.
    """

    id: int
    user: UserId
    form: str
    at: datetime
    body: bytes
    is_of_case_file: bool = False

    def text(self, sealer: Sealer | None) -> str | None:
        """What was typed; None when it is sealed and there is no key for it.

        An open one is of somebody without a key: to who has one it is Damaged, since somebody else put it there. Raises
        Damaged.
        """
        if sealer is not None and not self.is_of_case_file:
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
    kept, *former = _tables(connection)
    for one in former:  # of before, which lies in the open
        connection.execute(_gone(one, user, form))
    row = connection.execute(_of(kept, user, form).with_only_columns(kept.c.id)).scalar()
    if row is None:
        made = kept.insert().values(user_id=user, form=form, saved_at=to_text(at), body=b"")
        row = int((connection.execute(made).inserted_primary_key or (0,))[0])
    body = _OPEN + text.encode()
    if sealer is not None and kept is tables.drafts:
        body = sealed(sealer, row, user, form, text)
    connection.execute(kept.update().where(kept.c.id == row).values(saved_at=to_text(at), body=body))


def find(connection: Connection, user: UserId, form: str) -> StoredDraft | None:
    """What that person had typed into that form; nothing where something else was put in its place."""
    for kept in _tables(connection):
        row = connection.execute(_of(kept, user, form).where(_IS_ONE)).one_or_none()
        if row is not None:
            return _draft(kept, row)
    return None


def of_user(connection: Connection, user: UserId) -> list[StoredDraft]:
    """Everything that person had typed, the newest first; what is no draft is passed over."""
    found = [
        _draft(kept, row)
        for kept in _tables(connection)
        for row in connection.execute(select(kept).where(kept.c.user_id == user, _IS_ONE))
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def forget(connection: Connection, user: UserId, form: str) -> None:
    """Delete what that person had typed into that form."""
    for kept in _tables(connection):
        connection.execute(_gone(kept, user, form))


def forget_about(connection: Connection, codes: Collection[str], saved_until: date) -> None:
    """Take out the drafts that may hold the names of these: forms about these codes, and all those saved by that day.

    Whoever was admitted by then may be named in a form that was never saved; its author alone could open it.
    """
    for kept in _tables(connection):
        connection.execute(kept.delete().where(func.substr(kept.c.saved_at, 1, 10) <= saved_until.isoformat()))
        forms = connection.execute(select(kept.c.id, cast(kept.c.form, LargeBinary).label("form")))
        about = [row.id for row in forms if bytes(row.form).decode(errors="replace").split("/")[-1] in codes]
        connection.execute(kept.delete().where(kept.c.id.in_(about)))


def _tables(connection: Connection) -> tuple[Table, ...]:
    """Where drafts lie for that connection: where they are kept first."""
    return (tables.drafts,) if key_of(connection) is None else (tables.case_drafts, tables.drafts)


def _of(kept: Table, user: UserId, form: str) -> Select[Any]:
    return select(kept).where(kept.c.user_id == user, kept.c.form == form)


def _gone(kept: Table, user: UserId, form: str) -> Delete:
    return kept.delete().where(kept.c.user_id == user, kept.c.form == form)


def _draft(kept: Table, row: Row[Any]) -> StoredDraft:
    is_of_case_file = kept is not tables.drafts
    return StoredDraft(row.id, UserId(row.user_id), row.form, moment(row.saved_at), bytes(row.body), is_of_case_file)
