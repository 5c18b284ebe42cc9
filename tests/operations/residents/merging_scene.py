"""The same woman under two codes, and what is asked of the one file that they become."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId, PersonId
from shelter_desk.domain.residents.merging import (
    Side,
)
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import key_change, unlocking
from tests.operations.referral_scene import CLINIC
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter

WRITTEN, OTHERWISE = Names("Coulibaly", "Awa"), Names("Kulubali", "Awa", "Petite")


@dataclass
class Scene:
    """Awa, who left and came back and was not recognised: the same woman under two codes."""

    desk: Desk
    first: Admitted
    again: Admitted

    def merge(self, sides: dict[str, Side] | None = None, cause: str = "autre_nom") -> merging.Merged:
        return merging.merge(self.desk, self.first.person, self.again.person, sides or {}, cause)

    def compare(self) -> merging.Comparison:
        return merging.compare(self.desk, self.first.person, self.again.person)

    @property
    def code(self) -> str:
        return self.first.code

    @property
    def former(self) -> str:
        return self.again.code


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_small_shelter(tmp_path / "shelter") as desk:
        partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
        first = admit(desk, "1A", days=100, names=WRITTEN)
        stays.leave(desk, first.stay, days_ago(70), "retour_autonome", "pays_origine")
        again = admit(desk, "1B", days=40, age=28, names=OTHERWISE)
        yield Scene(desk, first, again)


def registers_of(desk: Desk, path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The registers as they are exported, sheet by sheet."""
    register_export.export(desk, path)
    made = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in made.worksheets}


def with_other_keys(desk: Desk) -> Desk:
    """The same shelter, opened again after all keys of the file were changed."""
    key_change.change_keys(desk, PASSWORD)
    return unlocking.unlock(desk.folder, desk.user_name, PASSWORD)


def codes(desk: Desk, found: list[PersonId]) -> list[str]:
    return [residents.record(desk, one).person.code for one in found]
