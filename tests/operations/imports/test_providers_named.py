"""A provider that is named where its kind is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from tests.operations.shelter import open_small_shelter
from tests.own_workbooks.builder import workbook
from tests.own_workbooks.presence import REGISTER

SERVICE = ("04/02/2025", "1/25", "Repas")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_small_shelter(tmp_path_factory.mktemp("providers") / "shelter") as opened:
        yield opened


def look(desk: Desk, folder: Path, *cells: str, more: tuple[str, ...] = ()) -> registers.Look:
    rows = (("Date", "N° dossier", "Service rendu", "Prestataire", *more), (*SERVICE, *cells))
    return registers.look(desk, workbook("s.xlsx", Registre=REGISTER, Services=rows)(folder))


@pytest.mark.parametrize(
    ("typed", "kind", "partner"),
    [
        ("CSRéf", "partenaire", "CSRéf"),
        ("Centre de santé de Sévaré", "partenaire", "Centre de santé de Sévaré"),
        ("Le centre", "centre", None),
        ("partenaire", "partenaire", None),
    ],
)
def test_a_provider_is_a_kind_or_the_name_of_a_partner(
    desk: Desk, tmp_path: Path, typed: str, kind: str, partner: str | None
) -> None:
    found = look(desk, tmp_path, typed)
    assert found.judgement.refusals == []
    (service,) = [row.values for row in found.lines if row.list == "services"]
    assert (service["provider_kind"], service.get("partner")) == (kind, partner)
    assert (("provider_kind", "provider_is_name", 1) in found.assumed) is (partner is not None)


@pytest.mark.parametrize("cells", [("Centr",), ("Partenairre",), ("12",), ("CSRéf", "Mairie")])
def test_what_is_nearly_a_kind_and_another_partner_beside_are_refused(
    desk: Desk, tmp_path: Path, cells: tuple[str, ...]
) -> None:
    found = look(desk, tmp_path, *cells, more=("Partenaire",)[: len(cells) - 1])
    assert [one.column for one in found.judgement.refusals] == ["provider_kind"]
