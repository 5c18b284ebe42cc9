"""The names that donors have for services, and a month in their words that ties to T6."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.errors import NotAllowed, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.donor_categories import ByCategory, category_of
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.reports import donor_categories, reports
from shelter_desk.operations.services import service_catalogue
from tests.operations.care_scene import Scene, give, scene, service, today

__all__ = ["scene"]
NAMES = {"san": "Health", "san_medic": "Medicines", "heb_nuitee": "Shelter"}


def this_week() -> Period:
    return Period(today(7), today())


def found(scene: Scene, names: Mapping[str, str] = NAMES) -> ByCategory:
    donor_categories.keep(scene.desk, "oim", names)
    return donor_categories.of_month(scene.desk, this_week(), "oim")


def served(scene: Scene) -> None:
    given = [
        service(scene.woman.stay, "san_consult", 2, donor="oim", cost_xof=4000),
        service(scene.woman.stay, "san_medic", 2, donor="ue", cost_xof=6500),
        service(scene.man.stay, "san_soins", 1),
        service(scene.man.stay, "jur_conseil", 1, quantity=1.5),
        service(scene.man.stay, "san_bilan", 1, status="refuse"),
    ]
    give(scene.desk, *given)


@pytest.mark.parametrize(
    ("service_type", "category"), [("san_medic", "Medicines"), ("san_soins", "Health"), ("jur", "")]
)
def test_a_sub_type_without_a_name_goes_under_that_of_its_type(service_type: str, category: str) -> None:
    assert category_of(NAMES, service_type) == category


def test_a_month_is_told_by_the_categories_of_the_donor(scene: Scene) -> None:
    served(scene)
    told = {one.category: (one.lines, one.quantity, one.persons, one.cost, one.paid) for one in found(scene).found}
    nights = reports.monthly(scene.desk, this_week()).report.value("t1.person_nights")
    assert told == {
        "Shelter": (nights, nights, 3, 0, 0),
        "Health": (2, None, 2, 4000, 4000),
        "Medicines": (1, 1, 1, 6500, 0),
        "": (1, 1.5, 1, 0, 0),
    }


def test_what_has_no_category_stands_last_so_that_the_whole_is_t6(scene: Scene) -> None:
    served(scene)
    month, report = found(scene), reports.monthly(scene.desk, this_week()).report
    assert month.found[-1].category == ""
    total = month.total
    keys = ("t6.events", "t6.beneficiaries", "t6.cost")
    assert (total.lines, total.persons, total.cost) == tuple(report.value(key) for key in keys)
    assert sum(one.lines for one in month.found) == total.lines
    assert total.quantity is None, "of nights, consultations and sessions"
    assert sum(one.cost for one in month.found) == total.cost
    assert total.paid == report.value("t6.cost_by_donor", ("donor", "oim"))


def test_a_sub_type_of_the_shelter_has_a_name_too(scene: Scene) -> None:
    made = service_catalogue.add_kind(scene.desk, "san", "Dentiste", "consultation")
    give(scene.desk, service(scene.woman.stay, made.code, 1))
    lines = {one.category: one.lines for one in found(scene, {made.code: "Dental"}).found}
    assert lines["Dental"] == 1
    assert (made.code, "Dentiste") in donor_categories.services(scene.desk)


def test_each_donor_has_names_of_its_own_and_an_empty_one_is_none(scene: Scene) -> None:
    donor_categories.keep(scene.desk, "oim", NAMES)
    donor_categories.keep(scene.desk, "ue", {"san": "  Santé   publique "})
    donor_categories.keep(scene.desk, "oim", {"san": "Health care", "san_medic": " "})
    assert donor_categories.categories(scene.desk, "oim") == {"san": "Health care"}
    assert donor_categories.categories(scene.desk, "ue") == {"san": "Santé publique"}
    assert donor_categories.donors(scene.desk) == {"oim", "ue"}


def test_names_that_were_changed_come_back_with_an_undo(scene: Scene) -> None:
    donor_categories.keep(scene.desk, "oim", NAMES)
    desks.undo(scene.desk, donor_categories.keep(scene.desk, "oim", {"jur": "Legal"}))
    assert donor_categories.categories(scene.desk, "oim") == NAMES


@pytest.mark.parametrize(("donor", "names"), [("mecene", {"san": "Health"}), ("oim", {"magie": "Magic"})])
def test_a_donor_or_a_service_that_is_none_is_refused(scene: Scene, donor: str, names: dict[str, str]) -> None:
    with pytest.raises(NotInList):
        donor_categories.keep(scene.desk, donor, names)
    assert donor_categories.donors(scene.desk) == frozenset()


def test_the_workbook_of_a_donor_has_the_categories_with_their_total_and_no_code_of_a_person(
    scene: Scene, tmp_path: Path
) -> None:
    served(scene)
    month = found(scene)
    donor_categories.export(scene.desk, month, tmp_path / "oim.xlsx")
    book = openpyxl.load_workbook(tmp_path / "oim.xlsx")
    first, second = book.worksheets
    rows = [row for row in first.iter_rows(values_only=True) if isinstance(row[1], int)]
    assert rows[-1][1:] == (month.total.lines, month.total.quantity, month.total.persons, 10500, 4000)
    assert [row[0] for row in rows[:-1]] == [donor_categories.name_of(one) for one in month.found]
    assert len([row for row in second.iter_rows(values_only=True) if row[1]]) == 1 + 5
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert not any(scene.woman.code in text for text in texts)


def test_names_are_kept_by_who_keeps_the_settings_and_read_by_who_reads_the_report(
    scene: Scene, tmp_path: Path
) -> None:
    month = found(scene)
    scene.desk.role = Role.CASE_WORKER
    assert donor_categories.of_month(scene.desk, this_week(), "oim").total == month.total
    with pytest.raises(NotAllowed):
        donor_categories.keep(scene.desk, "oim", {})
    with pytest.raises(NotAllowed):
        donor_categories.export(scene.desk, month, tmp_path / "oim.xlsx")
