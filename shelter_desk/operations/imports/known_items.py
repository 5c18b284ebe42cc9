"""Lines of equipment, stock and services that came before, in this import or in another version of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from shelter_desk.domain import codes
from shelter_desk.domain.equipment.assets import GONE
from shelter_desk.domain.registers.corrected_things import LikelyThing, ListedThing, likely_things, moved, own_of
from shelter_desk.domain.registers.rows import Incoming, Judgement, Place, Values
from shelter_desk.domain.registers.stock import happened_on
from shelter_desk.excel.reading.headings import folded
from shelter_desk.operations.imports.intake_doubts import ASIDE, earlier_of
from shelter_desk.operations.imports.known_persons import SHEET, Before
from shelter_desk.operations.imports.register_spreads import Known
from shelter_desk.storage.imports.import_lines import Digests, KeptLine

ASSETS, ITEMS, MOVES, SERVICES = "immobilisations", "articles", "mouvements", "services"
OPENING = "stock_initial"
_THING = "thing"  # a kind of digest
_NUMBERS = {ASSETS: "tag_no", MOVES: "move_no", SERVICES: "service_no"}
_TELLS = {
    ASSETS: (
        "designation",
        "asset_category",
        "serial_no",
        "brand_model",
        "donor",
        "acquired_on",
        "location_room",
        "cost_xof",
    ),
    MOVES: ("designation", "quantity", "lot_no", "expiry_on", "moved_on", "donor", "voucher_no", "third_party"),
    SERVICES: ("stay_no", "service_on", "service_type", "quantity", "partner", "cost_xof"),
}


@dataclass(frozen=True, slots=True)
class ItemsFound:
    """What the lines of a file are to those that came before.

    likely: by the place of a line without a number, new here, what it may correct. lines: by number; moved: numbers
    that lines change with one another.
    """

    likely: Mapping[Place, tuple[LikelyThing, ...]] = field(default_factory=dict)
    lines: Mapping[str, ListedThing] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)


def found_of(rows: Iterable[Incoming], told: Mapping[Place, Values], known: Known, before: Before) -> ItemsFound:
    """Compare the lines of a file with what is stored. told: what each such line says by itself, by its place."""
    lines = _lines(rows, told) if told else {}
    if not lines:
        return ItemsFound()
    stored = _stored(known, {one.list for one in lines.values()}, before)
    sheets = {sheet: before.sheet(sheet) for sheet, _ in told}
    as_kept = {
        number: replace(one, place=(sheets[one.place[0]], one.place[1]))
        for number, one in lines.items()
        if one.place is not None
    }
    changed = moved(as_kept, stored)
    new = [one for number, one in as_kept.items() if number not in stored and number not in changed]
    same = _versions(as_kept, stored)
    missing = [
        one
        for number, one in stored.items()
        if number not in lines and (not one.is_log or (one.place is not None and one.place[0] in same))
    ]
    likely = likely_things(new, missing) if new and missing else {}
    places = {number: one.place for number, one in lines.items()}
    return ItemsFound({place: some for no, some in likely.items() if (place := places[no])}, lines, changed)


def _versions(lines: Mapping[str, ListedThing], stored: Mapping[str, ListedThing]) -> set[str]:
    """The sheets of which most lines stand where they stood: the same log again, and not its next month."""
    kept = Counter(one.place[0] for one in stored.values() if one.is_log and one.place is not None)
    still = Counter(
        one.place[0]
        for number, one in stored.items()
        if one.is_log and one.place is not None and number in lines and lines[number].place == one.place
    )
    return {sheet for sheet, n in still.items() if 2 * n >= kept[sheet]}


def _lines(rows: Iterable[Incoming], told: Mapping[Place, Values]) -> dict[str, ListedThing]:
    """By the number that each was given."""
    found: dict[str, ListedThing] = {}
    items: dict[Place, str] = {}
    at: defaultdict[Place, set[str]] = defaultdict(set)  # a line that makes several is not told by its place
    for row in rows:
        place = (row.sheet, row.number)
        said = told.get(place) if row.of_line else None
        if said is None:
            continue
        if row.list == ITEMS:
            items[place] = row.values.get("designation", "")
        elif row.list in _NUMBERS and _NUMBERS[row.list] not in said:
            number = own_of(str(row.values[_NUMBERS[row.list]]))
            tells = {key: row.values[key] for key in _TELLS[row.list] if key in said and key in row.values}
            if items.get(place):
                tells["designation"] = items[place]
            if number:
                is_log = row.list == SERVICES or row.values.get("move_type", OPENING) != OPENING
                code = row.values.get("item_code", "")
                found.setdefault(number, ListedThing(number, row.list, tells, place, code, is_log=is_log))
                at[place].add(number)
    return {number: one for number, one in found.items() if one.place and len(at[one.place]) == 1}


def _stored(known: Known, lists: set[str], before: Before) -> dict[str, ListedThing]:
    """What earlier lines without a number made, by that number; what is gone since is no line's any more."""
    found: dict[str, ListedThing] = {}
    names = {values["item_code"]: values["designation"] for _, values in known[ITEMS]} if MOVES in lists else {}
    for name in sorted(lists):
        for _, values in known[name]:
            number = own_of(values[_NUMBERS[name]])
            if not number:
                continue
            if name == ASSETS and number in found and values["asset_status"] in GONE:
                continue
            tells = {key: values.get(key) for key in _TELLS[name]}
            if name == MOVES:
                tells |= {"designation": names.get(values["item_code"]), "moved_on": happened_on(values)}
            line = before.thing(_THING, number)
            place, at = (None, None) if line is None else ((line.sheet, line.row), line.taken_at)
            is_log = name == SERVICES or (name == MOVES and values["move_type"] != OPENING)
            found.setdefault(number, ListedThing(number, name, tells, place, values.get("item_code", ""), at, is_log))
    return found


def corrections(found: ItemsFound, said: Mapping[Place, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is corrected: as a person says, else where nothing else can be meant.

    Numbers of the earlier line, by that of the line that corrects it; codes of items by their folded designation.
    """
    numbers, items = dict(found.moved), {}
    of_place = {one.place: one for one in found.lines.values()}
    for place, some in found.likely.items():
        line, decision = of_place[place], said.get(place)
        wanted = earlier_of(decision) if decision is not None else None
        for one in some:
            if one.before.number == wanted or (wanted is None and one.is_evident):
                numbers[line.number] = one.before.number
                name = codes.folded(str(line.tells.get("designation") or ""))
                if name and one.before.code and line.code != one.before.code:
                    items[name] = one.before.code
    return numbers, items


def unclear(found: ItemsFound, said: Mapping[Place, str]) -> dict[Place, str]:
    """The lines that may correct an earlier one, where nothing is evident and nobody said so, with their list."""
    return {
        place: some[0].before.list
        for place, some in found.likely.items()
        if place not in said and not any(one.is_evident for one in some)
    }


def kept(judgement: Judgement, found: ItemsFound, said: Mapping[Place, str], digests: Digests) -> Iterable[KeptLine]:
    """The lines to be known again, by the number of what they became."""
    places = {one.place for one in found.lines.values()}
    sheets: dict[str, str] = {}
    done: set[Place] = set()
    for name, column in _NUMBERS.items():
        for row in judgement.standing.get(name, {}).values():
            if row.incoming is None:
                continue
            place = (row.incoming.sheet, row.incoming.number)
            number = own_of(str(row.values[column])) if place in places and place not in done else ""
            if number and said.get(place) != ASIDE:
                done.add(place)
                sheet = sheets.setdefault(place[0], digests.of(SHEET, folded(place[0])))
                yield KeptLine(digests.of(_THING, number), "", "", sheet, place[1], is_said=False)
