"""A donor's workbook filled from the command line."""

from pathlib import Path

import openpyxl
import pytest

from tests.commands.test_line import Ran, golden_shelter, run, shelter
from tests.excel.donor_workbook import FORM, make, with_macro

__all__ = ["golden_shelter", "run", "shelter"]
NOVEMBER = ("report", "--month", "2026-11")


def test_a_copy_of_the_workbook_is_written_with_the_figures_it_asks_for(golden_shelter: Ran, tmp_path: Path) -> None:
    donor = make(tmp_path / "OIM.xlsx")
    code, out, _ = golden_shelter(*NOVEMBER, "--profile", "interne", "--into", donor, tmp_path / "rempli.xlsx")
    assert (code, "7" in out) == (0, True)
    form = openpyxl.load_workbook(tmp_path / "rempli.xlsx")[FORM]
    assert (form["B3"].value, form["B4"].value, form["B5"].value) == (8, 7, "=B3-B4")


@pytest.mark.parametrize("out", [(), ("rempli.xlsx",)])
def test_a_call_that_cannot_be_is_refused_before_anything_is_read(
    golden_shelter: Ran, tmp_path: Path, out: tuple[str, ...]
) -> None:
    donor = with_macro(make(tmp_path / "OIM.xlsx"))
    assert golden_shelter(*NOVEMBER, "--into", donor, *(tmp_path / one for one in out))[0] == 2
    assert not (tmp_path / "rempli.xlsx").exists()


def test_the_workbook_of_the_donor_is_never_written_over(golden_shelter: Ran, tmp_path: Path) -> None:
    donor = make(tmp_path / "OIM.xlsx")
    before = donor.read_bytes()
    assert golden_shelter(*NOVEMBER, "--into", donor, donor)[0] == 2
    assert donor.read_bytes() == before


def test_what_is_no_workbook_is_refused(golden_shelter: Ran, tmp_path: Path) -> None:
    (tmp_path / "faux.xlsx").write_text("bonjour")
    assert golden_shelter(*NOVEMBER, "--into", tmp_path / "faux.xlsx", tmp_path / "rempli.xlsx")[0] == 2
