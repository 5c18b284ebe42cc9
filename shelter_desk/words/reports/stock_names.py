"""What items, movements and vouchers of the stock are called."""

from collections.abc import Iterable, Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import NOT_RECORDED
from shelter_desk.domain.stock.items import THOUSAND, Item

ITEM = "item:"
LOW = "▼"  # before an item that is under its alert level
KINDS = frozenset({"item_code", "item_low", "item_donor", "stock_column"})


def label(kind: str, code: str, names: Mapping[str, str]) -> str:
    """An item by its name, marked where it is under its alert level, or with one of its donors; a column of movements.

    names: of items, by `item:` and code.
    """
    if kind == "item_code":
        return names.get(ITEM + code, code)
    if kind == "item_low":
        return f"{LOW} {names.get(ITEM + code, code)}"
    if kind == "stock_column":
        return _columns()[code]
    item, _, donor = code.partition("\n")
    said = words.text("Not recorded") if donor == NOT_RECORDED else words.label("donor", donor)
    return words.text("{item}, {donor}").format(item=names.get(ITEM + item, item), donor=said)


def _columns() -> dict[str, str]:
    """Kinds of movements and figures of an item, short enough to stand over numbers."""
    return {
        "t11.opening": words.text("Start"),
        "t11.adjustments": words.text("Adjusted"),
        "t11.closing": words.text("End"),
        "t11.physical": words.text("Counted"),
        "t11.remaining_gap": words.text("Gap left"),
        "t11.mean_daily_use": words.text("A day"),
        "t11.days_of_cover": words.text("Days left"),
        "t11.use_per_night": words.text("A night"),
        "t11.near_expiry": words.text("Expires soon"),
        "t11.expired": words.text("Expired, in store"),
        "t11.alert_level": words.text("Alert ({mark}: below)").format(mark=LOW),
        "t11.beneficiaries": words.text("Residents served"),
        "stock_initial": words.text("Opening"),
        "achat": words.text("Bought"),
        "don": words.text("Donated"),
        "transfert_recu": words.text("Received"),
        "retour": words.text("Returned"),
        "dist_individuelle": words.text("To residents"),
        "dist_collective": words.text("To groups"),
        "conso_interne": words.text("In the house"),
        "transfert_emis": words.text("Sent"),
        "peremption": words.text("Expired, out"),
        "casse_avarie": words.text("Broken"),
        "perte_vol": words.text("Lost"),
    }


_SHORT = {"kg": "kg", "g": "g", "litre": "l", "metre": "m"}


def unit(code: str, amount: int = 0) -> str:
    """The unit of so many thousandths: `kg`, `pièce`, `pièces`."""
    if code in _SHORT:
        return _SHORT[code]
    many = {
        "piece": words.text("pieces"),
        "kit": words.text("kits"),
        "sac": words.text("bags"),
        "carton": words.text("cartons"),
        "boite": words.text("boxes"),
        "paquet": words.text("packets"),
        "rouleau": words.text("rolls"),
        "bidon": words.text("jerrycans"),
    }
    return many[code] if amount >= 2 * THOUSAND and code in many else words.label("unit", code).lower()


def names(items: Iterable[Item]) -> Mapping[str, str]:
    """Items with their unit, as rows and figures call them."""
    text = words.text("{item} ({unit})")
    return {ITEM + one.code: text.format(item=one.designation, unit=unit(one.unit)) for one in items}


def actions() -> dict[str, str]:
    """What is done in the store, as the journal says it."""
    return {
        "keep_item": words.text("Item written"),
        "keep_kit": words.text("Kit written"),
        "receive_stock": words.text("Stock received"),
        "issue_stock": words.text("Stock issued"),
        "give_back_stock": words.text("Stock brought back"),
        "lose_loan": words.text("Loan written off"),
        "write_off_stock": words.text("Stock written off"),
        "to_equipment": words.text("Consumable made equipment"),
        "send_stock": words.text("Stock sent away"),
        "take_back_voucher": words.text("Voucher taken back"),
        "ask_stock": words.text("Stock asked for"),
        "approve_request": words.text("Request approved"),
        "turn_down_request": words.text("Request turned down"),
        "begin_count": words.text("Count begun"),
        "enter_count": words.text("Count written"),
        "approve_count": words.text("Count approved"),
        "give_up_count": words.text("Count given up"),
    }


def voucher_kind(kind: str) -> str:
    """What a voucher is called."""
    return {
        "entree": words.text("Receipt voucher"),
        "sortie": words.text("Issue slip"),
        "retour": words.text("Return voucher"),
        "transfert": words.text("Transfer voucher"),
        "pv": words.text("Minutes"),
        "contrepassation": words.text("Reversal"),
        "demande": words.text("Request"),
    }[kind]


def left_with_loans(codes: Iterable[str]) -> str:
    """Who left by an import, which asks nothing of what they still have."""
    text = words.text("Left by this import with things lent to them: {codes}. Say on each record what becomes of them.")
    return text.format(codes=", ".join(codes))
