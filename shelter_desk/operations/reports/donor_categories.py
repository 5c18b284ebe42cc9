"""What each donor calls the services of the shelter, and a month in its words."""

from collections.abc import Mapping
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_code
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.listing import ListedTable, ListHeading
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.donor_categories import ByCategory, Categories, CategoryLine, by_category
from shelter_desk.domain.reports.sendings import DOSSIER
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL, USUAL
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.reports import reports
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.assistance import donors as stored_donors
from shelter_desk.words.reports import reports as report_words

LONGEST = 120  # signs of a category


@needs(Permission.REPORT_SEE)
def categories(desk: Desk, donor: str) -> Categories:
    """What this donor calls sub-types, and types for all their sub-types without a name of their own."""
    with desk.reading() as connection:
        return stored_donors.categories(connection, donor)


@needs(Permission.REPORT_SEE)
def donors(desk: Desk) -> frozenset[str]:
    """The donors that have names for services."""
    with desk.reading() as connection:
        return stored_donors.donors(connection)


@needs(Permission.REPORT_SEE)
def services(desk: Desk) -> tuple[tuple[str, str], ...]:
    """What can be given a category, code and name: each type before its sub-types, those of the shelter among them."""
    with desk.reading() as connection:
        known = service_catalogue.known(connection)
    types = [one for one in codes.codes(service_catalogue.LIST) if not one.parent]
    found: list[tuple[str, str]] = []
    for one in types:
        found.append((one.code, words.label(service_catalogue.LIST, one.code)))
        if one.code == "heb":
            found.append((LODGING, words.label(service_catalogue.LIST, LODGING)))
        below = [kind for kind in known.values() if kind.parent == one.code and kind.active]
        found += [(kind.code, kind.label(words.language())) for kind in below]
    return tuple(found)


@needs(Permission.SETTINGS_EDIT)
def keep(desk: Desk, donor: str, said_by_donor: Mapping[str, str]) -> Done:
    """These names and no others from now on; an empty one is none.

    Raises NotInList for a donor or a service that is none.
    """
    check_code("donor", donor)
    with desk.writing("donor_categories", Changes(settings=True), donor) as writing:
        known = {
            *service_catalogue.known(writing.connection),
            *(one.code for one in codes.codes(service_catalogue.LIST)),
        }
        before = stored_donors.category_rows(writing.connection, donor)
        for service, name in said_by_donor.items():
            told = " ".join(name.split())[:LONGEST]
            if service not in known:
                raise NotInList(service_catalogue.LIST, service)
            row = before.pop(service, None)
            if row is not None and told:
                writing.trail.change("donor_categories", row, {"category": told})
            elif row is not None:
                writing.trail.remove("donor_categories", row)
            elif told:
                values = {"donor": donor, "service_type": service, "category": told}
                writing.trail.add("donor_categories", values)
        for row in before.values():
            writing.trail.remove("donor_categories", row)
    return writing.done


@needs(Permission.REPORT_SEE)
def of_month(desk: Desk, period: Period, donor: str) -> ByCategory:
    """Every service of the period by the names of this donor, whoever paid; the total is that of T6."""
    facts = reports.read(desk, period)
    with desk.reading() as connection:
        order = [one.code for one in codes.codes(service_catalogue.LIST)] + list(service_catalogue.known(connection))
        return by_category(facts, donor, stored_donors.categories(connection, donor), dict.fromkeys(order))


@needs(Permission.REPORT_EXPORT)
def export(desk: Desk, found: ByCategory, path: Path, gate: GateAnswers = NOTHING_SAID) -> None:
    """Write a workbook of its own: the categories with their totals, then which services stand in each.

    Numbers of services are shown to partners whole, as in the month's workbook; no code of a person is in it. It is
    kept with its sum. Raises DiskFull, ReadOnly, FileMissing, WouldOverwrite, and as `sendings.check`.
    """
    output_paths.check(path)
    gate = sendings.check(desk, gate, USUAL)
    from shelter_desk.excel import lists

    made = lists.content([_categories(found), _services(found)], training=desk.is_training)
    period = found.period
    level = USUAL if gate.leaves else INTERNAL
    leaving = LeavingFile(DOSSIER, level, path.name, made, period, title(found))
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    departures.write(desk, "donor_services_exported", leaving, gate, path, subject=found.donor, details=days)


def name_of(line: CategoryLine) -> str:
    """The category, or that there is none."""
    return line.category or words.text("Not classified")


def title(found: ByCategory) -> str:
    """What the list is called."""
    text = words.text("Services by the categories of {donor}, {month}")
    return text.format(donor=words.label("donor", found.donor), month=report_words.period(found.period))


def _categories(found: ByCategory) -> ListedTable:
    headings = (
        ListHeading(words.text("Category of the donor"), 46),
        ListHeading(words.text("Lines")),
        ListHeading(words.text("Quantity")),
        ListHeading(words.text("Distinct persons")),
        ListHeading(words.text("Cost, XOF")),
        ListHeading(words.text("of which paid by {donor}").format(donor=words.label("donor", found.donor)), 20),
    )
    notes = (
        words.text("A person served in several categories counts once in the total."),
        words.text("The totals are those of table T6 of the report."),
        words.text("Quantities in different units are not added up."),
    )
    rows = tuple((name_of(one), *_amounts(one)) for one in found.found)
    total = (words.text("Total"), *_amounts(found.total))
    return ListedTable(words.text("Categories"), title(found), headings, rows, notes, total)


def _amounts(one: CategoryLine) -> tuple[int | float | None, ...]:
    return one.lines, one.quantity, one.persons, one.cost, one.paid


def _services(found: ByCategory) -> ListedTable:
    headings = (ListHeading(words.text("Service"), 46), ListHeading(words.text("Category of the donor"), 46))
    rows = tuple(
        (report_words.label((service_catalogue.LIST, service), found.names), name_of(one))
        for one in found.found
        for service in one.services
    )
    return ListedTable(words.text("Services"), title(found), headings, rows)
