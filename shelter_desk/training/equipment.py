"""Equipment of an invented rehabilitated shelter, and what happened to it (field 8.4). Every price is invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.equipment.assets import prefix_of
from shelter_desk.domain.registers.rows import Incoming
from shelter_desk.training.registers import Values, incoming

FICTITIOUS = "Fournisseur fictif, prix inventé"
# places without beds: code, name, kind
PLACES = (
    ("MAG", "Magasin", "magasin"),
    ("CUI", "Cuisine", "cuisine"),
    ("BUR", "Bureau", "bureau"),
    ("REF", "Réfectoire", "refectoire"),
    ("FOR", "Salle de formation", "salle_formation"),
    ("INF", "Infirmerie", "infirmerie"),
)
BED, MATTRESS, NET, LOCKER = "Lit métallique", "Matelas mousse", "Moustiquaire", "Casier à cadenas"
TORN = "Mousse déchirée"
# what is wrong with what works without a current
BREAKS = {BED: "Latte cassée", MATTRESS: "Housse fendue", NET: "Moustiquaire trouée", LOCKER: "Charnière cassée"}
PER_BEDS = 20  # the list below is for so many


@dataclass(frozen=True, slots=True)
class InventedAsset:
    """What there is for twenty beds. batch: without numbers of its own. price: invented francs a piece."""

    designation: str
    category: str
    count: int
    place: str
    price: int
    donor: str = "usa"
    batch: bool = False
    fixed: bool = True


THINGS = (
    InventedAsset("Table", "mobilier", 6, "REF", 45_000, fixed=False),
    InventedAsset("Chaise plastique", "mobilier", 30, "REF", 6_500, batch=True, fixed=False),
    InventedAsset("Banc", "mobilier", 2, "REF", 20_000),
    InventedAsset("Armoire de bureau à serrure", "mobilier", 2, "BUR", 120_000),
    InventedAsset("Coffre-fort", "mobilier", 1, "BUR", 180_000, "oim"),
    InventedAsset("Ventilateur sur pied", "ventilation", 4, "REF", 28_000, "oim"),
    InventedAsset("Climatiseur", "ventilation", 1, "BUR", 310_000),
    InventedAsset("Groupe électrogène 10 kVA", "energie", 1, "MAG", 2_400_000),
    InventedAsset("Panneau solaire", "energie", 8, "MAG", 90_000, "ue"),
    InventedAsset("Batterie solaire", "energie", 4, "MAG", 160_000, "ue"),
    InventedAsset("Onduleur", "energie", 1, "MAG", 450_000, "ue"),
    InventedAsset("Réservoir d’eau 3 000 L", "eau_assainissement", 1, "CUI", 260_000),
    InventedAsset("Pompe", "eau_assainissement", 1, "CUI", 210_000),
    InventedAsset("Poste de lavage des mains", "eau_assainissement", 4, "REF", 35_000, "unicef"),
    InventedAsset("Réfrigérateur", "cuisine", 2, "CUI", 240_000),
    InventedAsset("Congélateur", "cuisine", 1, "CUI", 280_000),
    InventedAsset("Cuisinière à gaz", "cuisine", 2, "CUI", 150_000),
    InventedAsset("Foyer amélioré", "cuisine", 3, "CUI", 25_000, "don_prive"),
    InventedAsset("Vaisselle (couvert complet)", "cuisine", 40, "CUI", 3_000, batch=True, fixed=False),
    InventedAsset("Machine à laver", "entretien", 1, "MAG", 330_000, "oim"),
    InventedAsset("Machine à coudre à pédale", "formation", 4, "FOR", 110_000, "oim"),
    InventedAsset("Machine à coudre électrique", "formation", 2, "FOR", 140_000, "oim"),
    InventedAsset("Matériel de coiffure", "formation", 1, "FOR", 95_000, "oim"),
    InventedAsset("Matériel de savonnerie", "formation", 1, "FOR", 85_000, "oim"),
    InventedAsset("Tableau noir", "education_loisirs", 1, "FOR", 30_000),
    InventedAsset("Téléviseur", "communication", 1, "REF", 190_000, "don_prive"),
    InventedAsset("Ordinateur portable", "informatique", 2, "BUR", 420_000),
    InventedAsset("Imprimante", "informatique", 1, "BUR", 160_000),
    InventedAsset("Disque externe chiffré", "informatique", 2, "BUR", 60_000),
    InventedAsset("Téléphone", "communication", 2, "BUR", 55_000),
    InventedAsset("Extincteur", "securite", 4, "CUI", 40_000),
    InventedAsset("Trousse murale de secours", "medical", 3, "INF", 30_000),
    InventedAsset("Brancard", "medical", 1, "INF", 90_000),
    InventedAsset("Tensiomètre", "medical", 1, "INF", 25_000),
    InventedAsset("Moto", "transport", 1, "MAG", 650_000, "fonds_propres"),
)


@dataclass(slots=True)
class Furnished:
    """What is written: rows of the registers, days of the generator, tickets by tag, the minutes of a delivery."""

    rows: list[Incoming] = field(default_factory=list)
    generator: str = ""
    runs: list[tuple[date, float, float]] = field(default_factory=list)
    tickets: list[Values] = field(default_factory=list)
    delivered_on: date = date.min
    delivered: list[tuple[str, str, int, int]] = field(default_factory=list)
    upkeep: dict[str, int] = field(default_factory=dict)


def furnished(beds: Sequence[tuple[str, str]], today: date, months: int, seed: int) -> Furnished:
    """Equip a house with these beds, each by its code and that of its room."""
    made = _Furnishing(beds, today, max(2, months), Random(seed))  # noqa: S311 invented data
    return made.furnish()


class _Furnishing:
    """Fills the rooms, then lets time pass."""

    def __init__(self, beds: Sequence[tuple[str, str]], today: date, months: int, rng: Random) -> None:
        self._beds, self._today, self._rng = beds, today, rng
        self._came = today - timedelta(days=months * 30 + 40)
        self._made = Furnished(delivered_on=self._came)
        self._assets: list[Values] = []
        self._events: list[Values] = []
        self._numbers: dict[str, int] = {}

    def furnish(self) -> Furnished:
        for code, room in self._beds:
            for designation, price in ((BED, 75_000), (MATTRESS, 38_000), (NET, 6_000), (LOCKER, 32_000)):
                category = "mobilier" if designation == LOCKER else "literie"
                linked = "" if designation == LOCKER else code
                self._add(InventedAsset(designation, category, 1, room, price), 1, linked)
        for thing in THINGS:
            count = thing.count if thing.fixed else max(2, round(thing.count * len(self._beds) / PER_BEDS))
            for _ in range(1 if thing.batch else count):
                self._add(thing, count if thing.batch else 1)
        self._live()
        # two months of the generator with days without fuel, and one day that asks a question (S-08)
        for back in range(60, 0, -1):
            if back != 9 and self._rng.random() < 0.35:
                continue
            hours = self._rng.choice((2.0, 3.0, 4.0, 5.0))
            rate = 3.4 if back == 9 else self._rng.uniform(2.0, 2.3)
            self._made.runs.append((self._today - timedelta(days=back), hours, round(hours * rate, 1)))
        beds = len(self._beds)
        self._made.delivered = [
            (BED, "literie", beds, beds),
            (MATTRESS, "literie", beds + 2, beds),
            (NET, "literie", beds, beds),
            ("Groupe électrogène 10 kVA", "energie", 1, 1),
        ]
        places = [
            {"room_code": c, "name": n, "room_type": k, "sex_rule": "indifferent", "age_rule": "tous"}
            for c, n, k in PLACES
        ]
        lists = {"chambres": places, "immobilisations": self._assets, "evenements_biens": self._events}
        for name, rows in lists.items():
            self._made.rows += incoming(name, rows)
        return self._made

    def _add(self, thing: InventedAsset, quantity: int, bed: str = "") -> None:
        prefix = prefix_of(thing.category)
        self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        tag = f"{prefix}-{self._numbers[prefix]:04}"
        machine = thing.price >= 100_000
        asset = {
            "tag_no": tag,
            "designation": thing.designation,
            "asset_category": thing.category,
            "acquisition_mode": "achat" if thing.donor == "fonds_propres" else "don",
            "acquired_on": self._came,
            "donor": thing.donor,
            "owner": "bailleur" if thing.donor == "ue" else "centre",
            "cost_xof": None if self._rng.random() < 0.1 else thing.price * quantity,
            "location_room": thing.place,
            "asset_status": "en_service",
            "asset_condition": self._rng.choice(("bon", "bon", "bon", "moyen")),
            "serial_no": f"EX-{self._rng.randrange(10_000, 99_999)}-{len(self._assets)}" if machine else "",
            "quantity": quantity,
            "supplier": FICTITIOUS,
            "handover_pv": "PV-REHAB-01",
            "linked_bed": bed,
        }
        self._assets.append(asset)
        self._happen(asset, "don_recu" if asset["acquisition_mode"] == "don" else "acquisition", self._came)
        self._happen(asset, "affectation", self._came + timedelta(days=2), to_room=thing.place)
        if thing.designation.startswith("Groupe"):
            self._made.generator = tag
            self._made.upkeep[tag] = 90
        elif thing.designation in ("Extincteur", "Panneau solaire", "Climatiseur"):
            self._made.upkeep[tag] = 180

    def _happen(self, asset: Values, kind: str, on: date, **more: Any) -> None:
        if on <= self._today:
            self._events.append({"tag_no": asset["tag_no"], "asset_event": kind, "event_on": on, **more})

    def _live(self) -> None:
        """Breakdowns and repairs, moves, one theft, one loss, some write-offs, a count a year."""
        single = [one for one in self._assets if one["quantity"] == 1]
        chosen = iter(self._rng.sample(single, min(len(single), 26)))
        for _ in range(9):
            self._break(next(chosen))
        for _ in range(5):
            self._move(next(chosen))
        for kind, reason in (("vol", "Effraction du magasin"), ("perte", "Non revu après la fête")):
            self._leave(next(chosen), kind, reason)
        for _ in range(2):
            self._leave(next(chosen), "reforme", "Usé, irréparable")
        elsewhere = {code for code, _, _ in PLACES}
        mattresses = [
            one
            for one in single
            if one["designation"] == MATTRESS
            and one["asset_status"] == "en_service"
            and one["location_room"] not in elsewhere
        ]
        if mattresses:
            worn = self._rng.choice(mattresses)
            on = self._today - timedelta(days=4)
            self._happen(worn, "hors_service", on, reason=TORN, asset_condition="hors_usage")
            worn["asset_status"], worn["asset_condition"] = "hors_service", "hors_usage"
            self._made.tickets.append({"tag_no": worn["tag_no"], "reported_on": on, "closed_on": None, "problem": TORN})

    def _day(self) -> date:
        span = max(10, (self._today - self._came).days - 10)
        return self._came + timedelta(days=self._rng.randrange(5, span))

    def _break(self, asset: Values) -> None:
        broke = self._day()
        back = broke + timedelta(days=self._rng.randrange(4, 35))
        problem = BREAKS.get(asset["designation"], "Ne fonctionne plus")
        self._happen(asset, "panne", broke, reason=problem)
        self._happen(asset, "reparation", broke + timedelta(days=2))
        mended = back <= self._today
        if mended:
            self._happen(asset, "retour_service", back, asset_condition="moyen")
            asset["asset_condition"] = "moyen"
        else:
            asset["asset_status"] = "en_reparation" if broke + timedelta(days=2) <= self._today else "en_panne"
        self._made.tickets.append(
            {
                "tag_no": asset["tag_no"],
                "reported_on": broke,
                "closed_on": back if mended else None,
                "problem": problem,
            }
        )

    def _move(self, asset: Values) -> None:
        to = self._rng.choice([code for code, _, _ in PLACES if code != asset["location_room"]])
        self._happen(asset, "deplacement", self._day(), to_room=to)
        asset["location_room"] = to

    def _leave(self, asset: Values, kind: str, reason: str) -> None:
        on = self._day()
        if kind == "reforme":
            self._happen(asset, "hors_service", on - timedelta(days=3), reason=reason)
        self._happen(asset, kind, on, reason=reason, pv_no=f"PV-{on:%Y-%m}")
        asset["asset_status"] = {"vol": "vole", "perte": "perdu", "reforme": "reforme"}[kind]
