"""A service that stands for something of the store: line and slip in one act, or the store asked for it (I-20)."""

from dataclasses import dataclass, replace

from shelter_desk.domain.assistance.assistance import DONE, Service
from shelter_desk.domain.casefile.assessments import ActionState
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock import issuing, stock_catalogue
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.stock import stock

CHANGES = Changes(services=True, stock=True, cases=True)
NO_ITEM = ItemId(0)


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """An item or a kit that stands for a service. in_store: what may be given out today, whole kits of a kit; both in
    thousandths. unit: "" of a kit.
    """

    name: str
    service_type: str
    in_store: int
    item: ItemId = NO_ITEM
    kit_code: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"kit:{self.kit_code}" if self.kit_code else f"item:{self.item}"


@dataclass(frozen=True, slots=True)
class Handed:
    """What was done. voucher_no: of the slip, or of the request."""

    voucher_no: str
    done: Done


@needs(Permission.ASSIST_SEE)
def things(desk: Desk, service_type: str) -> tuple[StoreChoice, ...]:
    """The kits and items that stand for it, kits first; none for who may not ask the store."""
    if not desk.may(Permission.STOCK_REQUEST):
        return ()
    today = desk.today()
    with desk.reading() as connection:
        items = [one for one in stock.items(connection).values() if one.is_active and one.service_type == service_type]
        lots = {one.id: ledger.free_lots(stock.moves_of(connection, one.id), today) for one in items}
    kits = [one for one in stock_catalogue.kits_offered(desk) if one.service_type == service_type]
    return (
        *(
            StoreChoice(one.name, service_type, stock_catalogue.kits_in_store(desk, one) * THOUSAND, kit_code=one.code)
            for one in kits
        ),
        *(
            StoreChoice(one.designation, service_type, ledger.usable(lots[one.id], today), one.id, unit=one.unit)
            for one in items
        ),
    )


@needs(Permission.ASSIST)
def give(
    desk: Desk, service: Service, thing: StoreChoice, amount: int, note: str = "", becomes: ActionState | None = None
) -> Handed:
    """Write the line together with what leaves the store for it, or neither; who keeps no store asks it for that, and
    so does who only plans: the line counts at once where it was given, else once the store issues it.

    amount: of the thing, in thousandths. Raises NotAllowed, NotInList, and as `assistance.give`, `issuing.issue` and
    `issuing.ask`.
    """
    desk.check(Permission.STOCK_REQUEST)
    if thing.service_type != service.service_type:
        raise NotInList("item_code", thing.key)
    with desk.writing("give_service", CHANGES) as writing:
        line = AskedLine(thing.item, amount, kit_code=thing.kit_code)
        slip = Slip(service.service_on, "individuel", (line,), service.stay)
        if service.status == DONE and desk.may(Permission.STOCK_EDIT):
            number = issuing.give_at_desk(desk, writing, slip, service, note).voucher_no
        else:
            (made,) = stored_assistance.numbered(writing.connection, [service])
            service_log.add(desk, writing, [made], note)
            asked = replace(slip, issued_on=min(service.service_on, desk.today()))
            number = issuing.put_request(desk, writing, asked, made.service_no).voucher_no
        if becomes is not None:
            assistance.advance(desk, writing, service, becomes)
    return Handed(number, writing.done)
