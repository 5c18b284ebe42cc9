"""The names of those here tonight, sealed once more for the night reception, which opens no other name.

Rows come and go with admissions and exits, in the same transaction. No journal tells them and no backup keeps them: who
left is in none.
"""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select, text

from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import NO_NAMES, Names
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents

TABLE = tables.tonight_names.name
KEPT = ("last_name", "first_name", "alias")  # what is called out at the door


def follow(
    connection: Connection,
    identity: Sealer | None,
    night: Sealer,
    here: Collection[PersonId],
    changed: Iterable[PersonId] = (),
) -> None:
    """Keep the names of those who are here, and of nobody else. changed: whose name may be another one now.

    identity: None for somebody who reads no other name, and only takes out.
    """
    kept = _kept(connection)
    drop(connection, kept - set(here))
    if identity is None:
        return
    wanted = (set(here) - kept) | (set(changed) & set(here))
    drop(connection, wanted & kept)
    for person, names in residents.names(connection, identity, wanted).items() if wanted else ():
        put(connection, night, person, names)


def is_behind(connection: Connection, here: Collection[PersonId]) -> bool:
    """Whether somebody stands there who left, or somebody here who has a name does not."""
    return _kept(connection) != residents.who_is_named(connection, here)


def put(connection: Connection, night: Sealer, person: PersonId, names: Names) -> None:
    """Keep the name of somebody who came."""
    told = json.dumps([getattr(names, one) for one in KEPT], ensure_ascii=False)
    row = {"person_id": person, "names": night.seal(TABLE, "names", person, told)}
    connection.execute(tables.tonight_names.insert().prefix_with("OR REPLACE").values(row))


def drop(connection: Connection, persons: Iterable[PersonId] | None = None) -> None:
    """Take the names of these persons out, or of everybody."""
    gone = tables.tonight_names.delete()
    of = tables.tonight_names.c.person_id
    connection.execute(gone if persons is None else gone.where(of.in_(list(persons))))


def name(connection: Connection, night: Sealer, person: PersonId) -> Names:
    """The name of somebody who is here; no name where none is kept. Raises SealsAltered where somebody altered it."""
    of = tables.tonight_names.c
    sealed = connection.execute(select(of.names).where(of.person_id == person)).scalar()
    if sealed is None:
        return NO_NAMES
    try:
        return _opened(night, person, sealed)
    except Damaged as error:
        raise SealsAltered((residents.code(connection, person),)) from error


def unreadable(connection: Connection, night: Sealer) -> set[str]:
    """The codes of those whose name for the night was altered."""
    wanted = text(
        "SELECT t.person_id, t.names, p.person_code FROM tonight_names t LEFT JOIN persons p ON p.id = t.person_id"
    )
    found = set()
    for person, sealed, code in connection.execute(wanted):
        try:
            _opened(night, person, sealed)
        except Damaged:
            found.add(str(code))
    return found


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal what is kept for the night reception anew; what was altered goes."""
    of = tables.tonight_names.c
    for person, sealed in connection.execute(select(of.person_id, of.names)).all():
        drop(connection, [person])
        try:
            put(connection, new, person, _opened(old, person, sealed))
        except Damaged:
            continue  # the next opening by somebody who reads names puts it back


def _kept(connection: Connection) -> set[PersonId]:
    return {PersonId(key) for key in connection.execute(select(tables.tonight_names.c.person_id)).scalars()}


def _opened(night: Sealer, person: int, sealed: bytes) -> Names:
    told = night.unseal(TABLE, "names", person, sealed)
    try:
        found = json.loads(told)
        return Names(**dict(zip(KEPT, map(str, found), strict=True)))
    except (ValueError, TypeError, RecursionError) as error:  # whoever has the key can seal what is no name
        raise damaged(TABLE, "names", person) from error
