"""What older programs kept of imports open to guessing: keyed and sealed at the next opening by who reads names."""

from sqlalchemy import Connection, delete, func, select, text, update

from shelter_desk.storage import tables
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports.intake import as_layout, is_proven, layout_row

_SHA256 = 64  # hexadecimal digits; keyed digests have fewer
_BATCHES, _LAYOUTS = tables.import_batches, tables.import_layouts
_OPEN_SALT = text("SELECT count(*) FROM settings WHERE key = 'register_salt'")


def is_any_left(connection: Connection) -> bool:
    """Whether the salt of numbers, or a digest without a key, stands in the file."""
    batches = select(func.count()).select_from(_BATCHES).where(func.length(_BATCHES.c.digest) == _SHA256)
    layouts = select(func.count()).select_from(_LAYOUTS).where(func.length(_LAYOUTS.c.headings) == _SHA256)
    return any(connection.execute(one).scalar_one() for one in (_OPEN_SALT, batches, layouts))


def seal(connection: Connection, sealer: Sealer) -> None:
    """Seal the salt and key the digests: what was taken in, and how sheets are read, is known as before."""
    salt = import_lines.salt(connection, sealer)
    if salt is not None:
        import_lines.keep_salt(connection, sealer, salt)
    connection.execute(text("DELETE FROM settings WHERE key = 'register_salt'"))
    digests = import_lines.digests_to_keep(connection, sealer)
    for row in connection.execute(select(_BATCHES).where(func.length(_BATCHES.c.digest) == _SHA256)).all():
        keyed = import_lines.of_file(digests, row.digest)
        connection.execute(update(_BATCHES).where(_BATCHES.c.id == row.id).values(digest=keyed))
    for row in connection.execute(select(_LAYOUTS).where(func.length(_LAYOUTS.c.headings) == _SHA256)).all():
        one = _LAYOUTS.c.id == row.id
        if not is_proven(row, digests):
            connection.execute(delete(_LAYOUTS).where(one))
            continue
        keyed = import_lines.of_sheet(digests, row.headings)
        connection.execute(delete(_LAYOUTS).where(_LAYOUTS.c.headings == keyed))
        said = {"headings": keyed, **layout_row(keyed, as_layout(row), digests)}
        connection.execute(update(_LAYOUTS).where(one).values(said))
