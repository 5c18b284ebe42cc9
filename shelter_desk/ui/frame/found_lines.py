"""What each result of the search says: a person, a bed, an item, a thing of the equipment, a partner, a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations.residents.global_search import Numbered, SearchResult
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.system import clock
from shelter_desk.ui.lists.two_line_list import TwoLine
from shelter_desk.words import formats, guide

MOST_PAGES = 4
MOST_HELP = 3
SHORTEST_HELP = 3  # letters of a word that is looked for in the guide
GUIDE = "guide:"  # before a path in the guide, in place of a page


@dataclass(frozen=True, slots=True)
class Result:
    """A line, and where it leads: to the record of a person, else to a place."""

    line: TwoLine
    person: PersonId | None = None
    place: str = ""


def results(
    persons: Sequence[ListedResident], things: Iterable[SearchResult], pages: Iterable[tuple[str, str]], typed: str
) -> list[Result]:
    """All of them in groups, each under what it is called; the heading is left out where there is one group alone."""
    kinds = (
        ("bed", words.text("Beds")),
        ("item", words.text("Stock")),
        ("asset", words.text("Equipment")),
        ("partner", words.text("Partners")),
    )
    found_things = list(things)
    groups = [
        (words.text("Residents"), [Result(_person(one), one.person.id) for one in persons]),
        *((heading, [_thing(one) for one in found_things if one.kind == kind]) for kind, heading in kinds),
        (words.text("Pages"), _pages(pages, typed)),
    ]
    found = [(heading, lines) for heading, lines in groups if lines]
    if len(found) == 1 and persons:
        return found[0][1]
    return [
        replace(one, line=replace(one.line, heading=heading if at == 0 else ""))
        for heading, lines in found
        for at, one in enumerate(lines)
    ]


def of_guide(typed: str, *, alone: bool) -> list[Result]:
    """Chapters of the guide and cards of terms that have these words; beside other results only those named so."""
    wanted = folded(typed).split()
    if not wanted or max(map(len, wanted)) < SHORTEST_HELP:
        return []
    found = guide.search(typed)
    if not alone:
        found = [one for one in found if all(word in folded(f"{one.title} {one.heading}") for word in wanted)]
    heading = words.text("Guide and terms")
    return [
        Result(
            TwoLine(one.heading or one.title, one.title if one.heading else one.passage, heading="" if at else heading),
            place=f"{GUIDE}{one.path}#{one.heading}",
        )
        for at, one in enumerate(found[:MOST_HELP])
    ]


def of_number(found: Numbered) -> Result:
    """What bears the number typed; it stands alone, so it has no heading."""
    kind = {
        "person": words.text("Person"),
        "stay": words.text("Stay"),
        "paper_no": words.text("Paper register no."),
        "iom_no": words.text("IOM case no."),
        "partner_no": words.text("No. at a partner"),
        "phone": words.text("Telephone of a contact"),
        "bed": words.text("Bed"),
        "room": words.text("Room"),
        "referral": words.text("Referral"),
        "service": words.text("Service"),
        "deposit": words.text("Deposit"),
        "interview": words.text("Interview"),
        "assessment": words.text("Assessment"),
        "plan": words.text("Plan"),
        "best_interests": words.text("Best interests"),
        "tracing": words.text("Family tracing"),
        "return": words.text("Return home"),
        "incident": words.text("Incident"),
        "request": words.text("Request for a place"),
        "held": words.text("Held bed"),
        "activity": words.text("Activity"),
        "voucher": words.text("Voucher"),
        "move": words.text("Movement of the stock"),
        "lot": words.text("Lot"),
        "item": words.text("Item"),
        "kit": words.text("Kit"),
        "stock_count": words.text("Count of the stock"),
        "asset": words.text("Tag"),
        "serial": words.text("Serial no."),
        "campaign": words.text("Inventory"),
        "reception": words.text("Reception"),
        "ticket": words.text("Maintenance ticket"),
        "grant": words.text("Grant"),
    }[found.kind]
    second = words.text("{kind}, {code}").format(kind=kind, code=found.code) if found.code else kind
    return Result(TwoLine(found.number, second), place=found.place)


def _thing(found: SearchResult) -> Result:
    one = found.thing
    if isinstance(one, Bed):
        return Result(TwoLine(words.text("Bed {bed}").format(bed=one.code), found.room), place=f"beds/{one.id}")
    if isinstance(one, Item):
        second = words.text("{code}, {category}")
        told = second.format(code=one.code, category=words.label("stock_category", one.category))
        return Result(TwoLine(one.designation, told), place=f"stock/items/{one.id}")
    if isinstance(one, Asset):
        second = words.text("{thing}, {place}")
        told = second.format(thing=one.designation, place=found.room) if found.room else one.designation
        line = TwoLine(one.tag_no, told, badge=words.label("asset_status", one.status), badge_icon="")
        return Result(line, place=f"equipment/register/{one.id}")
    kind = words.label("partner_type", one.partner_type)
    second = words.text("{kind}, {town}").format(kind=kind, town=one.town) if one.town else kind
    return Result(TwoLine(one.name, second), place=f"assistance/partners/{one.id}")


def _pages(pages: Iterable[tuple[str, str]], typed: str) -> list[Result]:
    wanted = folded(typed).split()
    found = [(place, name) for place, name in pages if wanted and all(word in folded(name) for word in wanted)]
    return [Result(TwoLine(name, words.text("Page")), place=place) for place, name in found[:MOST_PAGES]]


def _person(one: ListedResident) -> TwoLine:
    person, stay = one.person, one.stay
    age = formats.age(person.birth.age(clock.today()))
    if stay is None:
        second = words.text("{age}, never stayed").format(age=age)
    elif stay.exited_at is None:
        second = words.text("{age}, here since {since}").format(age=age, since=formats.day(stay.admitted_at.date()))
    else:
        second = words.text("{age}, left on {until}").format(age=age, until=formats.day(stay.exited_at.date()))
    sex = words.text("F") if person.sex == "f" else words.text("M") if person.sex == "m" else ""
    return TwoLine(person.code, second, sex=sex, badge=one.bed_code)
