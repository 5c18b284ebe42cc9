"""Lines of files that were taken in: by a keyed digest, whom and which stay they are. No name stands there in clear.

The key is a secret of the shelter, sealed with the key of names: who may not read those cannot guess them from here.
"""

import base64
import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer

_KEPT_AS = "import_secret"  # a setting
_SALT, _OPEN_SALT = "import_numbers", "register_salt"  # settings; the second is of older programs
MADE, RENEWED = "import_secret", "import_secret_renewed"  # actions of the journal
_IS_SALT = re.compile("[0-9a-f]{32}")
_SETTINGS = "settings"
_DIGITS = 32  # of a digest
_OF = tables.import_lines


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line. person_code, stay_no: what it became; sheet: digest of its name; row: as seen in Excel.

    A stay without a person: the line has no number of its own, and this one was made for it.

    is_said: a person decided who it is; the name on the line is not how that one is called here.
    taken_at, batch_id: when it was last taken in and by which import, None and 0 for one that is not kept yet.
    """

    digest: str
    person_code: str
    stay_no: str
    sheet: str
    row: int
    is_said: bool
    taken_at: datetime | None = None
    batch_id: int = 0


LINES = Mapper(_OF, KeptLine, without=("taken_at", "batch_id"), row="row_no")


@dataclass(frozen=True, slots=True)
class Digests:
    """Makes digests that nobody can turn back without the secret."""

    secret: bytes = field(repr=False)

    def of(self, kind: str, said: str) -> str:
        """That of something said; kind: what it is."""
        return hmac.digest(self.secret, f"{kind}\0{said}".encode(), hashlib.sha256).hex()[:_DIGITS]

    def of_all(self, kind: str, *said: object) -> str:
        """That of several things, plain as JSON has them, whatever their order within."""
        return self.of(kind, json.dumps(said, sort_keys=True))


def of_file(made: Digests, sha256: str) -> str:
    """What a file is known by; a short one, or a grid of a few lines, would be guessed from its own digest."""
    return made.of("file", sha256)


def of_sheet(made: Digests, mark: str) -> str:
    """What the headings of a sheet are known by: its name may be that of a person, and so may a heading."""
    return made.of("layout", mark)


def digests(connection: Connection, sealer: Sealer | None) -> Digests | None:
    """None while nothing was kept, and for who may not read names."""
    secret = _unsealed(connection, sealer, _KEPT_AS)
    return None if secret is None else Digests(secret)


def _unsealed(connection: Connection, sealer: Sealer | None, key: str) -> bytes | None:
    sealed = settings.read(connection).get(key)
    if sealer is None or not sealed:
        return None
    with suppress(Damaged, ValueError):
        return sealer.unseal_bytes(_SETTINGS, key, 0, base64.b64decode(sealed))
    return None


def _seal(connection: Connection, sealer: Sealer, key: str, secret: bytes) -> None:
    sealed = sealer.seal_bytes(_SETTINGS, key, 0, secret)
    settings.write(connection, {key: base64.b64encode(sealed).decode()})


def _keep(connection: Connection, sealer: Sealer, key: str, secret: bytes) -> None:
    """Seal it, and say in a line of the journal, as of its last minute, by what it is known; or that another one was
    lost, which whoever has the key of the file can bring about.
    """
    action = RENEWED if _sum_told(connection, key) or key in settings.read(connection) else MADE
    _seal(connection, sealer, key, secret)
    at = journal.last_at(connection)
    if at is not None:
        journal.add(connection, at, None, action, "", {"secret": key, "sum": _sum(secret)})


def _sum(secret: bytes) -> str:
    """Of a random one, which nobody finds by trying."""
    return hashlib.sha256(secret).hexdigest()


def _sum_told(connection: Connection, key: str) -> str:
    """What the last line says of that secret, "" where none does: it was kept by a program before version 0.2."""
    lines = (one.known for one in journal.last_lines_of(connection, (MADE, RENEWED), journal.ALL))
    return next((str(one.get("sum", "")) for one in lines if one.get("secret") == key), "")


def altered(connection: Connection, sealer: Sealer) -> set[str]:
    """The settings of secrets that are not those that were kept: what was taken in is not known again with others."""
    kept = settings.read(connection)
    found = set()
    for key in (_KEPT_AS, _SALT):
        secret, told = _unsealed(connection, sealer, key), _sum_told(connection, key)
        if secret is None:
            is_altered = bool(told) or key in kept or (key == _KEPT_AS and _has_digests(connection))
        else:
            is_altered = bool(told) and told != _sum(secret)
        if is_altered:
            found.add(key)
    return found


def _has_digests(connection: Connection) -> bool:
    """Whether anything is known by a digest that a secret made."""
    columns = (_OF.c.digest, tables.import_batches.c.digest, tables.import_layouts.c.proof)
    return any(connection.execute(select(one).where(func.length(one) == _DIGITS).limit(1)).first() for one in columns)


def digests_to_keep(connection: Connection, sealer: Sealer) -> Digests:
    """The same, with a new secret where there is none yet."""
    known = digests(connection, sealer)
    if known is not None:
        return known
    made = new_digests()
    keep_secret(connection, sealer, made)
    return made


def new_digests() -> Digests:
    """With a secret of their own, which is to be kept before they are."""
    return Digests(os.urandom(32))


def keep_secret(connection: Connection, sealer: Sealer, made: Digests) -> None:
    """Seal their secret into the file."""
    _keep(connection, sealer, _KEPT_AS, made.secret)


def salt(connection: Connection, sealer: Sealer | None) -> str | None:
    """What numbers of lines without one are made with, None while there were no such lines."""
    sealed = _unsealed(connection, sealer, _SALT)
    return open_salt(connection) if sealed is None else sealed.hex()


def open_salt(connection: Connection) -> str | None:
    """That of an older program, which whoever opens the file can read, and write.

    It counts in a file that an older program took something into, until it was sealed.
    """
    kept = settings.read(connection)
    found = kept.get(_OPEN_SALT, "")
    if not _IS_SALT.fullmatch(found) or _SALT in kept or _sum_told(connection, _SALT):
        return None
    taken_in = connection.execute(select(tables.import_batches.c.id).limit(1)).first()
    return found if taken_in is not None else None


def keep_salt(connection: Connection, sealer: Sealer, made: str) -> None:
    """Make numbers with this one from now on."""
    _keep(connection, sealer, _SALT, bytes.fromhex(made))


def change_secret(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal the secrets with another key of names."""
    for key in (_KEPT_AS, _SALT):
        known = _unsealed(connection, old, key)
        if known is not None:
            _seal(connection, new, key, known)


def lines(connection: Connection, *which: ColumnElement[bool]) -> list[KeptLine]:
    """Every line that is known, or those of which all this holds, the last taken in at the end."""
    of = tables.import_batches.c
    asked = select(_OF, of.taken_at).join(tables.import_batches, of.id == _OF.c.batch_id).where(*which)
    return [
        LINES.read(row, taken_at=datetime.fromisoformat(row.taken_at), batch_id=row.batch_id)
        for row in connection.execute(asked.order_by(of.id, _OF.c.row_no))
    ]


def keep(connection: Connection, batch_id: int, kept: Iterable[KeptLine]) -> None:
    """Know these lines from now on, as that import took them in."""
    rows = [{"batch_id": batch_id, **LINES.write(one)} for one in kept]
    if rows:
        connection.execute(insert(_OF).prefix_with("OR REPLACE"), rows)


def forget(connection: Connection, batch_id: int) -> None:
    """That import was undone: what was decided of its lines as well. The number of a stay that is left is known."""
    left = (_OF.c.person_code == "") & _OF.c.stay_no.in_(select(tables.stays.c.stay_no))
    connection.execute(delete(_OF).where(_OF.c.batch_id == batch_id, ~left))
