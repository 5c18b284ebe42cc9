"""The store of an invented shelter: a year of food, hygiene and upkeep, bought, given, counted (field 8.5).

Prices and suppliers are invented. What is given to a resident is linked to the service of the log that it stands for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.moments import covers
from shelter_desk.training.house import Visit

Row = dict[str, Any]
KITCHEN, UPKEEP, WORKSHOP, OFFICE = "Cuisine", "Entretien", "Atelier", "Bureau"
KEPT = 12  # pieces that stay on the shelf for whoever comes
DRY_FOOD, REMEDIES = "aliments_secs", "medicaments_premiers_secours"
WEIGHED = ("kg", "litre", "metre")  # what may go out by halves
COLD = (12, 1, 2)  # blankets are given then


@dataclass(frozen=True, slots=True)
class Good:
    """An article. a_night: how much a person uses a night, in thousandths; a_week: how much the house uses.

    keeps: days until a delivery expires, 0 for never; pack: as it is bought, how much is in it; price: of one unit.
    """

    code: str
    name: str
    category: str
    unit: str
    use: str
    a_night: int = 0
    a_week: int = 0
    keeps: int = 0
    pack: tuple[str, int] = ("", 1)
    price: int = 0
    service: str = ""
    restricted: bool = False
    lendable: bool = False


GOODS: tuple[Good, ...] = (
    Good("RIZ", "Riz", DRY_FOOD, "kg", KITCHEN, 260, keeps=365, pack=("sac", 50), price=425),
    Good("MIL", "Mil", DRY_FOOD, "kg", KITCHEN, 110, keeps=365, pack=("sac", 50), price=300),
    Good("MAIS", "Maïs", DRY_FOOD, "kg", KITCHEN, 70, keeps=365, pack=("sac", 50), price=275),
    Good("HARICOT", "Haricots secs", DRY_FOOD, "kg", KITCHEN, 55, keeps=365, pack=("sac", 25), price=650),
    Good("SUCRE", "Sucre", DRY_FOOD, "kg", KITCHEN, 35, keeps=540, pack=("sac", 50), price=600),
    Good("HUILE", "Huile", DRY_FOOD, "litre", KITCHEN, 30, keeps=300, pack=("bidon", 20), price=1100),
    Good("LAIT", "Lait en poudre", DRY_FOOD, "kg", KITCHEN, 15, keeps=180, pack=("carton", 12), price=3500),
    Good("TOMATE", "Concentré de tomate", DRY_FOOD, "boite", KITCHEN, 40, keeps=400, pack=("carton", 24), price=350),
    Good("THE", "Thé", DRY_FOOD, "paquet", KITCHEN, 12, pack=("carton", 40), price=300),
    Good("SEL", "Sel", DRY_FOOD, "kg", KITCHEN, 8, pack=("sac", 25), price=200),
    Good("POISSON", "Poisson séché", "produits_frais", "kg", KITCHEN, 20, keeps=90, price=2800),
    Good("OIGNON", "Oignons", "produits_frais", "kg", KITCHEN, 45, keeps=30, pack=("sac", 25), price=400),
    Good("SAVON", "Savon de toilette 250 g", "hygiene", "piece", "", pack=("carton", 48), price=400),
    Good("BROSSE", "Brosse à dents", "hygiene", "piece", "", pack=("carton", 144), price=150),
    Good("DENTIFRICE", "Dentifrice", "hygiene", "piece", "", keeps=730, pack=("carton", 72), price=500),
    Good("SERVIETTE", "Serviettes hygiéniques", "hygiene", "paquet", "", pack=("carton", 24), price=750),
    Good("COUCHE", "Couches", "bebe", "paquet", "", pack=("carton", 8), price=4500),
    Good("LESSIVE", "Savon de lessive 400 g", "hygiene", "piece", UPKEEP, 17, pack=("carton", 24), price=350),
    Good("JAVEL", "Eau de Javel", "produits_entretien", "litre", UPKEEP, 0, 6000, 180, ("bidon", 5), 500),
    Good("BALAI", "Balai", "produits_entretien", "piece", UPKEEP, 0, 500, price=1000),
    Good("NATTE", "Natte", "nfi_couchage", "piece", "", price=3500),
    Good("DRAP", "Drap", "nfi_couchage", "piece", "", price=4000),
    Good("MOUSTIQ", "Moustiquaire", "nfi_couchage", "piece", "", price=3000),
    Good("COUVERT", "Couverture", "nfi_couchage", "piece", "", price=7500, lendable=True),
    Good("TENUE", "Vêtements, une tenue", "nfi_vetements", "piece", "", price=5000),
    Good("CLAQUETTE", "Claquettes", "nfi_vetements", "piece", "", price=1500),
    Good("SACOCHE", "Sac de voyage", "nfi_vetements", "piece", "", price=3500),
    Good("PARACET", "Paracétamol 500 mg", REMEDIES, "boite", UPKEEP, 0, 1000, keeps=700, price=800, restricted=True),
    Good("SRO", "Sels de réhydratation", REMEDIES, "paquet", UPKEEP, 0, 3000, 600, ("boite", 50), 150, restricted=True),
    Good("GASOIL", "Gasoil", "carburant", "litre", UPKEEP, 0, 45000, price=725, restricted=True),
    Good("GAZ", "Gaz, bouteille de 12 kg", "gaz_charbon", "piece", KITCHEN, 0, 2000, price=7500),
    Good("CHARBON", "Charbon", "gaz_charbon", "sac", KITCHEN, 0, 1000, price=6000),
    Good("PAPIER", "Papier, rame", "fournitures_bureau", "paquet", OFFICE, 0, 1000, price=3000),
    Good("CAHIER", "Cahiers", "fournitures_formation", "piece", WORKSHOP, 0, 6000, pack=("paquet", 10), price=250),
    Good("TISSU", "Tissu", "fournitures_formation", "metre", WORKSHOP, 0, 8000, price=1250),
    Good("FIL", "Fil à coudre", "fournitures_formation", "rouleau", WORKSHOP, 0, 1500, price=500),
    Good("KARITE", "Beurre de karité", "fournitures_formation", "kg", WORKSHOP, 0, 2500, keeps=240, price=1500),
)
# what stands behind a service of the log, in thousandths
KITS: dict[str, tuple[tuple[str, int], ...]] = {
    "nfi_hygiene": (("SAVON", 2000), ("BROSSE", 1000), ("DENTIFRICE", 1000)),
    "nfi_dignite": (("SAVON", 1000), ("SERVIETTE", 2000)),
    "nfi_couchage": (("NATTE", 1000), ("DRAP", 1000), ("MOUSTIQ", 1000)),
    "nfi_vetements": (("TENUE", 1000), ("CLAQUETTE", 1000)),
    "nfi_bebe": (("COUCHE", 2000), ("SAVON", 1000)),
    "nfi_depart": (("SACOCHE", 1000), ("TENUE", 1000)),
}
_LINKED = {"SAVON": "nfi_hygiene", "NATTE": "nfi_couchage", "TENUE": "nfi_vetements", "SACOCHE": "nfi_depart"}
_DONORS = ("oim", "oim", "ue", "fonds_propres")
_SUPPLIER = "Fournisseur (exercice)"


@dataclass(slots=True)
class _Lot:
    """What is left of a delivery, in thousandths."""

    number: str
    expiry_on: date | None
    donor: str
    left: int


@dataclass(slots=True)
class _Shelf:
    """The store while the days are played."""

    rng: Random
    rows: list[Row] = field(default_factory=list)
    lots: dict[str, list[_Lot]] = field(default_factory=lambda: defaultdict(list))
    papers: Counter[str] = field(default_factory=Counter)

    def paper(self, kind: str, day: date) -> str:
        """The next voucher of that kind."""
        self.papers[f"{kind}-{day.year}"] += 1
        return f"{kind}-{day.year}-{self.papers[f'{kind}-{day.year}']:04}"

    def on_hand(self, code: str, day: date) -> int:
        """What may be issued on that day."""
        return sum(lot.left for lot in self.lots[code] if lot.expiry_on is None or lot.expiry_on >= day)

    def come(self, good: Good, day: date, amount: int, kind: str, donor: str, voucher: str) -> None:
        """A delivery is a lot of its own."""
        if amount <= 0:
            return
        number = f"{day:%y%m}-{len(self.lots[good.code]) + 1:02}" if good.keeps else ""
        expires = day + timedelta(days=good.keeps) if good.keeps else None
        found = [
            lot for lot in self.lots[good.code] if (lot.number, lot.expiry_on, lot.donor) == (number, expires, donor)
        ]
        lot = found[0] if found else _Lot(number, expires, donor, 0)
        if not found:
            self.lots[good.code].append(lot)
        lot.left += amount
        row = self._row(good.code, day, kind, amount, lot, voucher)
        row |= {"third_party": _SUPPLIER if kind == "achat" else "", "unit_cost_xof": good.price or None}
        if good.pack[0]:
            row |= {"pack": good.pack[0], "pack_factor": good.pack[1]}
        self.rows.append(row)

    def go(self, code: str, day: date, amount: int, kind: str, voucher: str, whom: str = "", **more: Any) -> int:
        """So much goes out, or what there is, the first expired first; what went."""
        gone = 0
        for lot in sorted(self.lots[code], key=lambda one: one.expiry_on or date.max):
            expired = lot.expiry_on is not None and lot.expiry_on < day
            taken = min(lot.left, amount - gone)
            if taken <= 0 or (expired and kind != "peremption") or (kind == "peremption" and not expired):
                continue
            lot.left -= taken
            gone += taken
            self.rows.append(self._row(code, day, kind, taken, lot, voucher) | {"third_party": whom, **more})
        return gone

    def _row(self, code: str, day: date, kind: str, amount: int, lot: _Lot, voucher: str) -> Row:
        return {
            "item_code": code,
            "moved_on": day,
            "move_type": kind,
            "quantity": amount / 1000,
            "voucher_no": voucher,
            "lot_no": lot.number,
            "expiry_on": lot.expiry_on,
            "donor": lot.donor,
        }


def items() -> list[Row]:
    """The catalogue."""
    return [
        {
            "item_code": good.code,
            "designation": good.name,
            "stock_category": good.category,
            "unit": good.unit,
            "min_level": _least(good),
            "has_expiry": good.keeps > 0,
            "lead_time_days": 7,
            "restricted": good.restricted,
            "lendable": good.lendable,
            "service_type": _LINKED.get(good.code, ""),
        }
        for good in GOODS
    ]


def _least(good: Good) -> int:
    """About two weeks."""
    weekly = good.a_night * 7 * 20 + good.a_week
    return max(5, round(weekly * 2 / 1000)) if weekly else 10


def moves(
    visits: Sequence[Visit], services: Iterable[Row], first: date, today: date, profile: str, seed: int
) -> list[Row]:
    """The ledger from `first` to yesterday evening, numbered in order of time. services: numbered rows of the log."""
    shelf = _Shelf(Random(f"stock {profile} {seed}"))  # noqa: S311 - the same store for the same seed
    codes = {visit.number: visit.person.values["person_code"] for visit in visits}
    given: dict[date, list[Row]] = defaultdict(list)
    for row in services:
        if row["service_type"] in KITS and row["provider_kind"] == "centre":
            given[row["service_on"]].append(row)
    day, last = first, today - timedelta(days=1)
    while day <= last:
        nights = sum(visit.counts and covers(visit.admitted_at, visit.exited_at, day) for visit in visits)
        if day == first:
            voucher = shelf.paper("PV", day)
            for good in GOODS:
                amount = _packed(good, _wanted(good, day, nights, given, 45) * 12 // 10 + 4000)
                shelf.come(good, day, amount, "stock_initial", shelf.rng.choice(_DONORS), voucher)
        elif day.day == 2:
            _buy(shelf, day, nights, given)
        _use(shelf, day, nights)
        _give(shelf, day, given.get(day, ()), codes)
        _mishaps(shelf, day)
        day += timedelta(days=1)
    return list(_numbered(shelf.rows))


def _wanted(good: Good, day: date, nights: int, given: dict[date, list[Row]], days: int) -> int:
    """What that many days will need: use of the house, and what stands behind the services to come."""
    until = day + timedelta(days=days)
    kits = sum(
        amount
        for on, rows in given.items()
        if day <= on < until
        for row in rows
        for code, amount in KITS[row["service_type"]]
        if code == good.code
    )
    least = 0 if good.use else KEPT * 1000
    return good.a_night * max(nights, 8) * days + good.a_week * days // 7 + kits + least


def _buy(shelf: _Shelf, day: date, nights: int, given: dict[date, list[Row]]) -> None:
    """Once a month what the next six weeks lack; now and then a donation."""
    voucher = shelf.paper("BE", day)
    for good in GOODS:
        lacking = _wanted(good, day, nights, given, 31 if good.keeps in range(1, 100) else 45) - shelf.on_hand(
            good.code, day
        )
        is_gift = shelf.rng.random() < 0.12
        kind, donor = ("don", "don_prive") if is_gift else ("achat", shelf.rng.choice(_DONORS))
        shelf.come(good, day, _packed(good, lacking), kind, donor, voucher)


def _packed(good: Good, amount: int) -> int:
    """Whole packs, or whole pieces."""
    if amount <= 0:
        return 0
    pack = good.pack[1] * 1000
    return -(-amount // pack) * pack


def _use(shelf: _Shelf, day: date, nights: int) -> None:
    """The kitchen is served on Mondays and Thursdays, the house on Mondays."""
    if day.weekday() not in (0, 3):
        return
    slips: dict[str, str] = {}
    for good in GOODS:
        of_night = good.a_night * nights * (3 if day.weekday() == 0 else 4)
        step = 500 if good.unit in WEIGHED else 1000
        of_house = good.a_week if day.weekday() == 0 else 0
        amount = round((of_night + of_house) * shelf.rng.uniform(0.85, 1.15) / step) * step
        if not good.use or amount <= 0:
            continue
        voucher = slips.setdefault(good.use, "") or shelf.paper("BS", day)
        slips[good.use] = voucher
        shelf.go(good.code, day, amount, "conso_interne", voucher, good.use)


def _give(shelf: _Shelf, day: date, rows: Iterable[Row], codes: dict[str, str]) -> None:
    for row in rows:
        voucher = shelf.paper("BS", day)
        for code, amount in KITS[row["service_type"]]:
            missing = amount - shelf.on_hand(code, day)
            if missing > 0:
                good = next(one for one in GOODS if one.code == code)
                shelf.come(good, day, _packed(good, missing), "achat", "fonds_propres", shelf.paper("BE", day))
            shelf.go(
                code, day, amount, "dist_individuelle", voucher, codes[row["stay_no"]], service_no=row["service_no"]
            )


def _mishaps(shelf: _Shelf, day: date) -> None:
    """Month after month: what expired, a broken bottle, a count that differs a little, blankets lent in the cold."""
    if day.day == 28:
        voucher = shelf.paper("PV", day)
        for good in GOODS:
            if good.keeps:
                shelf.go(good.code, day, 10**9, "peremption", voucher)
        lost = shelf.rng.choice(("SAVON", "TOMATE", "JAVEL", "SUCRE"))
        shelf.go(lost, day, 1000, shelf.rng.choice(("casse_avarie", "perte_vol")), voucher)
    if day.day == 27:
        voucher = shelf.paper("PV", day)
        for code in shelf.rng.sample(("RIZ", "SUCRE", "HUILE", "SAVON", "LESSIVE", "CAHIER"), 2):
            shelf.go(code, day, shelf.rng.choice((1000, 1000, 2000)), "ecart_moins", voucher)
    if day.day == 15 and day.month in COLD:
        voucher = shelf.paper("BS", day)
        shelf.go("COUVERT", day, 2000, "dist_collective", voucher, "Veillée (exercice)")


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    in_year: Counter[int] = Counter()
    for row in sorted(rows, key=lambda one: one["moved_on"]):
        in_year[row["moved_on"].year] += 1
        yield {"move_no": f"M-{row['moved_on'].year}-{in_year[row['moved_on'].year]:06}", **row}
