"""Closed months: each version as it was, sealed, and the sendings."""

import json
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from shelter_desk.domain.casefile.incidents import BoxMissing
from shelter_desk.domain.errors import Damaged, ReportsAltered
from shelter_desk.domain.ids import SendingId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import snapshots
from shelter_desk.domain.reports.closing import ReportVersion
from shelter_desk.domain.reports.sendings import LEAVING, LEFT, NOT_LEFT, SHEET, Sending
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Box, Sealer
from shelter_desk.storage.file.trail import Trail, TrailRow
from shelter_desk.storage.keys import pairs
from shelter_desk.storage.reports import sealed_words
from shelter_desk.storage.tables import report_versions, sendings, sent_sheets

VERSIONS, SENDINGS = "report_versions", "sendings"
LARGEST = 1 << 26  # bytes of a document, of which some are ten thousand
_VERSIONS: Mapper[ReportVersion] = Mapper(report_versions, ReportVersion, user="user_id")
# what is unsure of one is read by its index: in the row it lies behind the copy of the whole file
_SENDINGS: Mapper[Sending] = Mapper(sendings, Sending, without=("departure",), user="user_id", version="version_id")

# of a sheet in the open: `sent_sheets` has what it is of
_OPEN_OF_SHEET = {"recipient": "", "title": "", "file_name": SHEET}


def every(connection: Connection) -> list[ReportVersion]:
    """All versions of all periods, those that were cancelled too, in the order in which they were made."""
    return _VERSIONS.where(connection, order=[report_versions.c.id])


def one(connection: Connection, version: VersionId) -> ReportVersion:
    """That one. Raises NoSuch."""
    return _VERSIONS.one(connection, version)


def of_period(connection: Connection, period: Period) -> list[ReportVersion]:
    """Those of one period, the first one first."""
    first, last = report_versions.c.first_day, report_versions.c.last_day
    days = first == period.first.isoformat(), last == period.last.isoformat()
    return _VERSIONS.where(connection, *days, order=[report_versions.c.version])


def add(
    trail: Trail, version: ReportVersion, content: Any, partner: Any, protection: Sealer, signing: bytes
) -> VersionId:
    """Store a version. content: what is sealed; partner: what roles without that key may see, signed by a manager.

    signing: the seed of the managers; everybody at the desk can write into what is not sealed.
    """
    key = trail.add(VERSIONS, _VERSIONS.write(version))
    sealed = protection.seal_bytes(VERSIONS, "sealed", key, _packed(content))
    signed = _with_signature(version, partner, signing)
    trail.connection.execute(
        update(report_versions).where(report_versions.c.id == key).values(sealed=sealed, partner=signed)
    )
    return VersionId(key)


def content(connection: Connection, version: ReportVersion, protection: Sealer) -> Any:
    """What was sealed, as JSON has it. Raises Damaged where it was altered, ReportsAltered where it is another's."""
    found = select(report_versions.c.sealed).where(report_versions.c.id == version.id)
    sealed = connection.execute(found).scalar_one()
    canonical = zlib.decompress(protection.unseal_bytes(VERSIONS, "sealed", version.id, sealed))
    if sha256(canonical).hexdigest() != version.sha256:
        raise ReportsAltered((version.month,))
    return json.loads(canonical)


def partner(connection: Connection, version: ReportVersion, signer: bytes) -> Any:
    """What a partner is given of it. signer: the key by which the managers of now sign.

    Raises ReportsAltered for what they did not sign.
    """
    found = connection.execute(select(report_versions.c.partner).where(report_versions.c.id == version.id)).scalar_one()
    try:
        told = json.loads(zlib.decompressobj().decompress(found, LARGEST))
        document, signature = told["document"], bytes.fromhex(told["signature"])
    except (zlib.error, ValueError, LookupError, TypeError, RecursionError) as error:
        raise ReportsAltered((version.month,)) from error
    if not pairs.verifies(signer, signature, _signed(version, document)):
        raise ReportsAltered((version.month,))
    return document


def sign_anew(connection: Connection, old: bytes, new: bytes) -> None:
    """Let the managers of now sign what those before them signed; what was altered stays as it is.

    old, new: the seeds. Without it whoever kept the old one could sign other figures.
    """
    for version in every(connection):
        with suppress(ReportsAltered):
            signed = _with_signature(version, partner(connection, version, pairs.public_of(old)), new)
            connection.execute(update(report_versions).where(report_versions.c.id == version.id).values(partner=signed))


def _with_signature(version: ReportVersion, document: Any, seed: bytes) -> bytes:
    signature = pairs.signature(seed, _signed(version, document))
    return _packed({"document": document, "signature": signature.hex()})


def _signed(version: ReportVersion, document: Any) -> bytes:
    told = [version.first_day, version.last_day, version.version, version.sha256, version.previous, document]
    return b"shelter-desk month " + snapshots.canonical(told)


def sent(connection: Connection) -> list[Sending]:
    """Everything that left or may have, the last first."""
    return [one for one in written(connection) if one.departure != NOT_LEFT]


def written(connection: Connection) -> list[Sending]:
    """The same with what was written and did not leave."""
    unsure = select(sendings.c.id, sendings.c.departure).where(sendings.c.departure > LEFT)
    of = {key: departure for key, departure in connection.execute(unsure).all()}  # noqa: C416 mypy knows no pairs here
    every = _read(connection, sendings.c.id.desc())
    return [replace(one, departure=of[one.id]) if one.id in of else one for one in every]


def of_departure(connection: Connection, departure: str) -> list[Sending]:
    """Those of which that is so, but LEFT, the first first."""
    which = sendings.c.departure == bindparam("departure")
    found = _read(connection, sendings.c.id, which, departure=departure)
    return [replace(one, departure=departure) for one in found]


def _read(connection: Connection, order: Any, *which: Any, **bounds: Any) -> list[Sending]:
    """Those of which all this holds; of a referral sheet who reads no case file is told that it left."""
    found = _SENDINGS.where(connection, *which, order=[order], bounds=bounds)
    if not any(one.kind == SHEET for one in found):
        return found
    sheets = {row.id: row for row in connection.execute(select(sent_sheets))}
    return [_with_sheet(one, sheets[one.id]) if one.id in sheets else one for one in found]


def _with_sheet(one: Sending, row: Any) -> Sending:
    return replace(one, recipient=row.recipient, title=row.title, file_name=row.title)


def add_leaving(
    connection: Connection,
    sending: Sending,
    content: Any,
    protection: Sealer | None,
    copy: bytes | None = None,
    box: Box | None = None,
) -> Sending:
    """Store what is about to leave, of which the journal says nothing yet; what it is from then on.

    content: its figures and cells as its reader has them, kept by who holds the key; copy: the file, put into the box
    by everybody. None where there are persons in it.
    """
    kept = replace(sending, departure=LEAVING)
    trail = Trail(connection)
    key = trail.add(SENDINGS, _row(kept))
    if sending.kind == SHEET:
        trail.add(sent_sheets.name, _sheet_row(replace(kept, id=SendingId(key))))
    sealed = {}
    if content is not None and protection is not None:
        sealed["sealed"] = protection.seal_bytes(SENDINGS, "sealed", key, _packed(content))
    if copy is not None and box is not None:
        sealed["copy"] = box.seal_bytes(SENDINGS, "copy", key, copy)
    if sealed:
        connection.execute(update(sendings).where(sendings.c.id == key).values(**sealed))
    return replace(kept, id=SendingId(key))


def tell_leaving(trail: Trail, sending: Sending, departure: str = LEFT) -> None:
    """What was about to leave did, or may have: the journal tells the whole row as new with what is written beside."""
    told = _row(replace(sending, departure=departure))
    trail.connection.execute(update(sendings).where(sendings.c.id == sending.id).values(departure=departure))
    trail.written.append(TrailRow(SENDINGS, sending.id, None, {"id": sending.id, **told}))
    if sending.kind == SHEET:
        trail.written.append(TrailRow(sent_sheets.name, sending.id, None, _sheet_row(sending)))


def _row(sending: Sending) -> dict[str, Any]:
    row = {**_SENDINGS.write(sending), "departure": sending.departure}
    return {**row, **_OPEN_OF_SHEET} if sending.kind == SHEET else row


def _sheet_row(sending: Sending) -> dict[str, Any]:
    return {"id": sending.id, "sending_id": sending.id, "recipient": sending.recipient, "title": sending.title}


def take_back_leaving(connection: Connection, sending: SendingId) -> None:
    """It did not leave, and nothing ever said that it would."""
    connection.execute(delete(sent_sheets).where(sent_sheets.c.id == sending))
    connection.execute(delete(sendings).where(sendings.c.id == sending, sendings.c.departure == LEAVING))


def copies(connection: Connection) -> set[SendingId]:
    """Of which sendings a copy is kept."""
    return {
        SendingId(key)
        for key in connection.execute(select(sendings.c.id).where(sendings.c.copy.is_not(None))).scalars()
    }


def copy(connection: Connection, sending: SendingId, protection: Sealer) -> bytes | None:
    """The file as it left, None where no copy is kept. Raises Damaged where it was altered."""
    found = connection.execute(select(sendings.c.copy).where(sendings.c.id == sending)).scalar_one()
    if found is None:
        return None
    with suppress(Damaged, BoxMissing):
        return sealed_boxes.opened(connection, protection).unseal_bytes(SENDINGS, "copy", sending, found)
    return protection.unseal_bytes(SENDINGS, "copy", sending, found)  # of before copies lay in the box


def drop_copies(connection: Connection, before: date) -> None:
    """Let go the copies of what left before that day."""
    old = sendings.c.sent_at < before.isoformat()
    connection.execute(update(sendings).where(old, sendings.c.copy.is_not(None)).values(copy=None))


def sent_content(connection: Connection, sending: SendingId, protection: Sealer) -> Any:
    """What was kept of it, None where nothing was. Raises Damaged where it was altered."""
    found = connection.execute(select(sendings.c.sealed).where(sendings.c.id == sending)).scalar_one()
    return None if found is None else _unpacked(protection.unseal_bytes(SENDINGS, "sealed", sending, found))


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal everything anew; what was altered stays as it is."""
    sealed_words.change_key(connection, old, new)
    for column in (report_versions.c.sealed, sendings.c.sealed, sendings.c.copy):
        table, name = column.table, column.name
        change = update(table).where(table.c.id == bindparam("key")).values({column: bindparam("anew")})
        rows = connection.execute(select(table.c.id, column).where(column.is_not(None))).all()
        for key, sealed in rows:
            with suppress(Damaged):
                opened = old.unseal_bytes(table.name, name, key, sealed)
                connection.execute(change, {"key": key, "anew": new.seal_bytes(table.name, name, key, opened)})


def _packed(told: Any) -> bytes:
    return zlib.compress(snapshots.canonical(told))


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))
