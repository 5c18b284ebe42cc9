"""The equipment of the training shelter, once its rooms and beds are there."""

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.ids import AssetId, GrantId, ReceptionId, TicketId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.imports import registers
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import equipment_counts
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.training import equipment as invented
from shelter_desk.training.equipment import Furnished

GRANT = Grant(GrantId(0), "REHAB-EX", "usa", "Réhabilitation et équipement (fictif)", "EX-001")


@needs(Permission.REGISTERS_IMPORT)
def furnish(desk: Desk, months: int, seed: int) -> None:
    """Equip the house that is there, in one transaction."""
    with desk.reading() as connection:
        rooms = beds.rooms(connection)
        lying = [
            (one.code, rooms[one.room].code)
            for one in beds.beds(connection).values()
            if one.in_service_to is None and not one.is_extra
        ]
    made = invented.furnished(lying, desk.today(), months, seed)
    judgement = registers.judged(desk, made.rows)
    if judgement.refusals:
        raise judgement.refusals[0].error
    with desk.writing("take_in", EVERYTHING) as writing:
        stored_registers.write(writing.trail, judgement, desk.sealer)
        _write_more(desk, writing, made)


def _write_more(desk: Desk, writing: Writing, made: Furnished) -> None:
    by_tag = {one.tag_no: one for one in stored_equipment.assets(writing.connection).values()}
    grant = GrantId(writing.trail.add("grants", stored_equipment.GRANTS.write(GRANT)))
    reception = Reception(
        ReceptionId(0), "PVR-EX-001", made.delivered_on, "usa", grant, "PV-REHAB-01", "Projet (fictif)", desk.user
    )
    row = {**equipment_counts.RECEPTIONS.write(reception), "recorded_at": to_text(desk.now())}
    key = ReceptionId(writing.trail.add("receptions", row))
    for designation, category, expected, received in made.delivered:
        remark = "Manquant à la livraison" if received != expected else ""
        line = ReceptionLine(designation, category, expected, received, remark=remark)
        writing.trail.add("reception_lines", equipment_counts.reception_line_row(key, line))
    for one in by_tag.values():
        more = {"grant_id": grant, "reception_id": key} if one.donor == "usa" else {}
        days = made.upkeep.get(one.tag_no)
        if more or days:
            writing.trail.change("assets", one.id, {**more, "maintenance_days": days})
    for at, ticket in enumerate(sorted(made.tickets, key=lambda one: one["reported_on"]), 1):
        fault = Ticket(
            TicketId(0),
            f"M-{ticket['reported_on'].year}-{at:04}",
            AssetId(by_tag[ticket["tag_no"]].id),
            ticket["reported_on"],
            "corrective",
            "Ne fonctionne plus",
            "normale",
            desk.user,
            ticket["reported_on"],
            ticket["closed_on"],
            "Réparé" if ticket["closed_on"] else "",
            closed_on=ticket["closed_on"],
            tested_ok=True if ticket["closed_on"] else None,
        )
        writing.trail.add("tickets", stored_equipment.TICKETS.write(fault))
    for day, hours, litres in made.runs:
        run = Run(0, AssetId(by_tag[made.generator].id), day, hours, litres)
        writing.trail.add("generator_runs", {**stored_equipment.RUNS.write(run), "recorded_by": desk.user})
