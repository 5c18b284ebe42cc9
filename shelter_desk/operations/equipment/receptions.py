"""What a donor delivers: minutes with differences, and the assets that stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.equipment import receiving
from shelter_desk.domain.equipment.assets import IN_STORE, Asset
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.ids import AssetId, ReceptionId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.storage.equipment import equipment_counts as stored_equipment_counts
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import to_text


@dataclass(frozen=True, slots=True)
class Received:
    """One reception with its lines. by: who received it; differs: a line is not as announced."""

    reception: Reception
    lines: tuple[ReceptionLine, ...]
    by: str = ""

    @property
    def differs(self) -> bool:
        """True where something lacks, is too much, or was sent back."""
        return any(one.difference for one in self.lines)


@needs(Permission.ASSETS_SEE)
def listed(desk: Desk) -> tuple[Received, ...]:
    """All receptions, latest first."""
    with desk.reading() as connection:
        names = settings.user_names(connection)
        found = stored_equipment_counts.receptions(connection).values()
    return tuple(
        Received(one, lines, names.get(one.received_by, "") if one.received_by else "") for one, lines in found
    )


@needs(Permission.ASSETS_EDIT)
def receive(desk: Desk, reception: Reception, lines: Sequence[ReceptionLine], mode: str, owner: str) -> Done:
    """Write the minutes, and the assets that stay, in store; nothing or all of it.

    mode: how they were acquired; owner: whose they are. Raises Missing, NotInList, BadNumber, InTheFuture.
    """
    receiving.check(reception, lines)
    check_not_future(reception.received_on, desk.today())
    with desk.writing("receive_assets", equipment.TOPICS) as writing:
        number = stored_equipment_counts.RECEPTION_NUMBERS.next(writing.connection, reception.received_on.year)
        writing.subject = number
        row = stored_equipment_counts.RECEPTIONS.write(replace(reception, reception_no=number, received_by=desk.user))
        key = ReceptionId(writing.trail.add("receptions", {**row, "recorded_at": to_text(desk.now())}))
        for one in lines:
            writing.trail.add("reception_lines", stored_equipment_counts.reception_line_row(key, one))
            if one.kept:
                pieces = one.kept if one.numbered else 1
                made = _asset(replace(reception, id=key, reception_no=number), one, mode, owner)
                equipment.add(desk, writing, made, pieces)
    return writing.done


def _asset(reception: Reception, line: ReceptionLine, mode: str, owner: str) -> Asset:
    batch = 1 if line.numbered else line.kept
    return Asset(
        AssetId(0),
        "",
        line.designation.strip(),
        line.category,
        mode,
        reception.received_on,
        reception.donor,
        owner,
        IN_STORE,
        line.condition,
        quantity=batch,
        grant=reception.grant,
        cost=None if line.cost is None else line.cost * batch,
        handover_pv=reception.handover_pv or reception.reception_no,
        room=line.room,
        reception=reception.id,
    )
