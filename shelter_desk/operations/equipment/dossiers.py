"""The photo of an asset, and the dossier that a donor asks for."""

from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.history import fates
from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.ids import AssetId, GrantId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import DOSSIER
from shelter_desk.domain.residents import notes
from shelter_desk.domain.residents.notes import NotAPaper
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL, USUAL
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.store import Supply, supplies
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stock import stock
from shelter_desk.words import formats


@needs(Permission.ASSETS_EDIT)
def keep_photo(desk: Desk, key: AssetId, path: Path) -> Done:
    """Keep a picture of the thing, never of a resident, inside the encrypted file. Raises NotAPaper, FileMissing."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileMissing(str(path)) from error
    kind = notes.media_type(content)
    if kind not in (notes.PNG, notes.JPEG):
        raise NotAPaper("kind")
    with desk.writing("photo_kept", equipment.TOPICS) as writing:
        writing.subject = stored_equipment.ASSETS.one(writing.connection, key).tag_no
        former = stored_equipment.photo(writing.connection, key)
        row = {"asset_id": key, "media_type": kind, "content": content}
        if former is None:
            writing.trail.add("asset_photos", row)
        else:
            writing.trail.change("asset_photos", former[0], row)
    return writing.done


@needs(Permission.ASSETS_SEE)
def photo(desk: Desk, key: AssetId) -> bytes | None:
    """The picture kept of an asset."""
    with desk.reading() as connection:
        found = stored_equipment.photo(connection, key)
    return None if found is None else found[2]


@needs(Permission.ASSETS_SEE)
def write_dossier(
    desk: Desk, path: Path, grant: GrantId | None = None, donor: str = "", gate: GateAnswers = NOTHING_SAID
) -> None:
    """Everything that came under a grant, or from a donor, and what became of it, consumables too; it is kept with its
    sum.

    Raises DiskFull, ReadOnly, WouldOverwrite, and as `sendings.check`.
    """
    from shelter_desk.excel.reports import dossier

    output_paths.check(path)
    gate = sendings.check(desk, gate, USUAL)  # equipment and stock are shown whole at that level
    with desk.reading() as connection:
        known = settings.read(connection)
        grants = stored_equipment.grants(connection)
        of = grants.get(grant) if grant is not None else None
        found = [
            one
            for one in stored_equipment.histories(connection)
            if (grant is not None and one.asset.grant == grant) or (grant is None and one.asset.donor == donor)
        ]
        rooms = {key: room.name for key, room in beds.rooms(connection).items()}
        pictures = {one.asset.id: stored_equipment.photo(connection, one.asset.id) for one in found}
        given = _supplies(desk, connection, of, donor)
    content = dossier.DossierContent(
        heading=_heading(of, donor),
        facts=((words.text("Shelter"), known.get("shelter_name", "")), *_facts(of, donor)),
        day=desk.today(),
        found=fates(found, desk.today()),
        rooms=rooms,
        awards={key: one.agreement_no or one.code for key, one in grants.items()},
        photos={key: one[2] for key, one in pictures.items() if one is not None},
        training=desk.is_training,
        supplies=given,
    )
    level, day = USUAL if gate.leaves else INTERNAL, Period(desk.today(), desk.today())
    leaving = LeavingFile(DOSSIER, level, path.name, dossier.made(content), day, content.heading)
    subject = of.code if of is not None else donor
    departures.write(desk, "dossier_written", leaving, gate, path, subject=subject)


def _supplies(desk: Desk, connection: Connection, grant: Grant | None, donor: str) -> tuple[Supply, ...]:
    """The consumables of the same grant or donor, for who sees the store."""
    if not desk.may(Permission.STOCK_SEE):
        return ()

    def belongs(lot: Lot) -> bool:
        return lot.grant == grant.code if grant is not None else lot.donor == donor

    return supplies(stock.items(connection), stock.all_moves(connection), belongs, desk.today())


def _heading(grant: Grant | None, donor: str) -> str:
    if grant is None:
        return words.text("Equipment from {donor}").format(donor=words.label("donor", donor))
    return words.text("Equipment of the grant {grant}").format(grant=grant.code)


def _facts(grant: Grant | None, donor: str) -> tuple[tuple[str, str], ...]:
    if grant is None:
        return ((words.text("Donor"), words.label("donor", donor)),)
    days = words.text("{first} to {last}")
    first, last = (formats.day(day) if day else formats.NONE for day in (grant.started_on, grant.ended_on))
    period = days.format(first=first, last=last) if grant.started_on or grant.ended_on else formats.NONE
    return (
        (words.text("Donor"), words.label("donor", grant.donor)),
        (words.text("Grant"), grant.title or grant.code),
        (words.text("Agreement no."), grant.agreement_no or formats.NONE),
        (words.text("Period"), period),
    )
