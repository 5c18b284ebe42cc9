"""The training shelter: everything in it is invented, and it is marked so everywhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from shelter_desk import training
from shelter_desk.domain.beds.held_beds import USUAL_NIGHTS, HeldBed
from shelter_desk.domain.beds.room_rules import OWN_ROOM_TYPES
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.equipment.assets import Asset, Grant
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.errors import NotAllowed, RealShelter
from shelter_desk.domain.ids import AssetId, BedId, GrantId, HeldBedId, KitId, ReceptionId, TicketId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.domain.stock.items import THOUSAND, Kit, KitLine, Pack
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.beds import bed_board, held_beds
from shelter_desk.operations.beds import beds as board
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import donor_categories, year_targets
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stock import issuing, stock, stock_catalogue
from shelter_desk.operations.training import inspecting
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import opening, unlocking
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import equipment_counts
from shelter_desk.storage.file import sealed_boxes, settings
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.keys.keys import REAL_COST, KdfCost
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.storage.training import training as stored_training
from shelter_desk.system import collecting
from shelter_desk.training import case_file, profiles
from shelter_desk.training import equipment as invented
from shelter_desk.training.equipment import Furnished
from shelter_desk.training.stock import GOODS, KITS
from shelter_desk.words import label

USER = "Agent A"
PASSWORD = "exercice-manguier"  # noqa: S105 printed for everybody: nothing real is behind it
OTHERS = {name: Role(role) for name, role in training.PERSONS_AT_DESK.items() if name != USER}
STOREKEEPER = next(name for name, role in OTHERS.items() if role is Role.STOREKEEPER)
Profile = Literal["bamako", "gao"]
LENT = 3  # blankets that are out
GRANT = Grant(GrantId(0), "REHAB-EX", "usa", "Réhabilitation et équipement (fictif)", "EX-001")


@dataclass(frozen=True, slots=True)
class TrainingMade:
    """The training shelter, open. is_new: it was made now."""

    desk: Desk
    user: str
    password: str
    is_new: bool


def make(folder: Path, profile: Profile, months: int, seed: int, *, cost: KdfCost = REAL_COST) -> TrainingMade:
    """Make the training shelter if it is not there, and open it.

    Raises RealShelter when the folder holds a real shelter, and what creating and unlocking raise.
    """
    if (folder / opening.TRAINING_DATABASE).exists():
        return TrainingMade(unlocking.unlock(folder, USER, PASSWORD), USER, PASSWORD, is_new=False)
    if (folder / opening.DATABASE).exists():
        raise RealShelter(str(folder))
    shelter, town = training.SHELTERS[profile]
    created = unlocking.create(folder, shelter, town, USER, PASSWORD, training=True, cost=cost)
    for name, role in OTHERS.items():
        user_accounts.add(created.desk, name, role, PASSWORD)
    fill(created.desk, profile, months, seed)
    furnish(created.desk, months, seed)
    return TrainingMade(created.desk, USER, PASSWORD, is_new=True)


@needs(Permission.REGISTERS_IMPORT)
def fill(desk: Desk, profile: Profile, months: int, seed: int) -> None:
    """Write the invented registers and case files in one transaction. Raises NotAllowed without the keys."""
    if desk.sealer is None or desk.protection is None:
        raise NotAllowed(Permission.SEE_NAMES.value)
    house = training.played(profile, months, desk.today(), seed)
    judgement = registers.judged(desk, house.rows())
    if judgement.refusals:
        raise judgement.refusals[0].error
    with collecting.held_back(), desk.writing("take_in", EVERYTHING) as writing:
        stored_registers.write(writing.trail, judgement, desk.sealer)
        sealed_boxes.make(writing.connection, desk.protection)
        stored_training.write(writing.trail, case_file.facts(house), desk.sealer, desk.protection)
        settings.write(writing.connection, case_file.settings(house))
    _fill_store(desk)
    hold_bed(desk)
    donor_categories.keep(desk, profiles.DONOR, profiles.CATEGORIES)
    targets = [YearTarget(key, value, profiles.AGREEMENT) for key, value in profiles.TARGETS.items()]
    for year in range(year_targets.years(desk)[0], desk.today().year + 1):
        year_targets.keep(desk, year, targets)


def _fill_store(desk: Desk) -> None:
    """What registers have no sheet for, written through the operations that the window calls."""
    known = {item.code: item for item in stock_catalogue.items(desk)}
    for good in GOODS:
        pack, in_pack = good.pack
        if pack:
            packs = (Pack(pack, in_pack * THOUSAND),)
            stock_catalogue.keep_item(desk, replace(known[good.code], packs=packs))
    for kind, lines in KITS.items():
        made = tuple(KitLine(known[code].id, amount) for code, amount in lines)
        stock_catalogue.keep_kit(
            desk, Kit(KitId(0), kind.removeprefix("nfi_").upper()[:6], label("service_type", kind), made, kind)
        )
    blanket = known["COUVERT"]
    usable = next(one.usable for one in stock.standing(desk) if one.item.id == blanket.id)
    for resident in stock.recipients(desk)[: min(LENT, usable // THOUSAND)]:
        lent = (AskedLine(blanket.id, THOUSAND, lent=True),)
        issuing.issue(desk, Slip(desk.today(), "individuel", lent, resident.stay, approved_by=desk.user))
    asked = tuple(AskedLine(known[code].id, amount * THOUSAND) for code, amount in (("CAHIER", 6), ("FIL", 2)))
    issuing.ask(desk, Slip(desk.today(), "formation", asked, third_party="Atelier"))


_KEPT = OWN_ROOM_TYPES | {"chambre_indiv", "isolement_sante"}  # rooms for special cases
_ANNOUNCED_BY = "police"


def hold_bed(desk: Desk) -> None:
    """A bed is held for somebody who is expected today: of those who wait, else announced by the police.

    It fits them, in an ordinary room as long as there is one. Of a full house it is the first bed that somebody is to
    leave, from that day on; none where nobody is.
    """
    today = desk.today()
    waiting = [one.request for one in place_requests.register(desk) if one.request.waits]
    expected: list[tuple[tuple[Group, ...], PlaceRequest | None]] = [(one.groups, one) for one in reversed(waiting)]
    expected += [((Group(sex, age, 1),), None) for age in ("a18_59", "a12_17") for sex in ("f", "m")]
    for kept in (_KEPT, frozenset[str]()):
        for groups, request in expected:
            bed = _fitting(desk, groups, kept)
            if bed is not None:
                until = today + timedelta(days=USUAL_NIGHTS + 1)
                held = HeldBed(HeldBedId(0), "", groups, today, today, until, bed, source=_ANNOUNCED_BY)
                if request is not None:
                    held = replace(held, request=request.id, source=request.source)
                held_beds.hold(desk, held)
                return
    left = _first_left(desk)
    if left is not None:
        bed, day, group = left
        until = day + timedelta(days=USUAL_NIGHTS + 1)
        held_beds.hold(desk, HeldBed(HeldBedId(0), "", (group,), day, day, until, bed, source=_ANNOUNCED_BY))


def _first_left(desk: Desk) -> tuple[BedId, date, Group] | None:
    """The bed of the capacity that is left first by plan, when, and who would fit there as whoever leaves it."""
    today = desk.today()
    found = []
    for look in (look for room in bed_board.board(desk, today).rooms for look in room.beds):
        day = None if look.sleeper is None else look.sleeper.stay.expected_exit
        if look.sleeper is not None and day is not None and day >= today and not look.sharing and not look.bed.is_extra:
            person = look.sleeper.person
            found.append((look.bed.id, day, Group(person.sex, person.birth.group(today), 1)))
    return min(found, key=lambda one: (one[1], one[0]), default=None)


def _fitting(desk: Desk, groups: Sequence[Group], kept: Collection[str]) -> BedId | None:
    """The best bed for the first of them, none of the rooms `kept` for others; a mother's with a small child is one."""
    today, first = desk.today(), groups[0]
    birth = Birth(age_estimated=int(first.age_group[1:3]), age_estimated_on=today)
    with_baby = any(one.age_group == "a00_04" for one in groups)
    found = (
        one
        for one in board.beds_for(desk, first.sex, birth, today)
        if one.room.room_type not in kept or (with_baby and one.room.room_type == "mere_enfant")
    )
    return next((one.bed.id for one in found if one.fits and not one.bed.is_extra), None)


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
        inspecting.inspect(writing, desk.today(), desk.user, STOREKEEPER)


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
    _write_tickets(desk, writing, made, by_tag)
    for day, hours, litres in made.runs:
        run = Run(0, AssetId(by_tag[made.generator].id), day, hours, litres)
        writing.trail.add("generator_runs", {**stored_equipment.RUNS.write(run), "recorded_by": desk.user})


def _write_tickets(desk: Desk, writing: Writing, made: Furnished, by_tag: Mapping[str, Asset]) -> None:
    for at, ticket in enumerate(sorted(made.tickets, key=lambda one: one["reported_on"]), 1):
        fault = Ticket(
            TicketId(0),
            f"M-{ticket['reported_on'].year}-{at:04}",
            AssetId(by_tag[ticket["tag_no"]].id),
            ticket["reported_on"],
            "corrective",
            ticket["problem"],
            "normale",
            desk.user,
            ticket["reported_on"],
            ticket["closed_on"],
            "Réparé" if ticket["closed_on"] else "",
            closed_on=ticket["closed_on"],
            tested_ok=True if ticket["closed_on"] else None,
        )
        writing.trail.add("tickets", stored_equipment.TICKETS.write(fault))


def last_full_month(desk: Desk) -> Period:
    """The calendar month before the one of today."""
    return Period(desk.today(), desk.today()).month_before
