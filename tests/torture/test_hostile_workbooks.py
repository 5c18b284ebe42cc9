"""Whatever a file holds, looking at it ends in a verdict or in a sentence, in time."""

import random
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import openpyxl
import pytest

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, registers
from shelter_desk.words.refusals.errors import sentence
from tests.examples import LONG
from tests.operations.shelter import small_shelter
from tests.torture import hostile

FILES, ODD = (1500, 60) if LONG else (14, 2)
SECONDS = 45


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with small_shelter(tmp_path_factory.mktemp("hostile") / "shelter") as opened:
        yield opened


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    return hostile.bases(tmp_path_factory.mktemp("bases"))


def verdict(desk: Desk, path: Path, out: Path) -> str:
    """What is said of the file: a sentence, or how many rows are refused, all of them written down."""
    begun = monotonic()
    try:
        look = registers.look(desk, path)
    except ShelterDeskError as error:
        return sentence(error)
    finally:
        assert monotonic() - begun < SECONDS
    reasons = {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)}
    if reasons:
        import_rejects.write(look, out, reasons)
        assert "refus" in openpyxl.load_workbook(out).sheetnames
        out.unlink()
    return f"{len(reasons)} refused"


@pytest.mark.parametrize("seed", range(FILES))
def test_a_damaged_file_ends_in_a_verdict(
    desk: Desk, bases: list[tuple[str, bytes]], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    name, content = chance.choice(bases)
    (tmp_path / name).write_bytes(hostile.mutated(chance, content))
    assert verdict(desk, tmp_path / name, tmp_path / "refus.xlsx")


@pytest.mark.parametrize("seed", range(ODD))
def test_of_cells_of_any_kind_what_is_taken_in_is_there_when_it_comes_again(tmp_path: Path, seed: int) -> None:
    path = hostile.odd_cells(random.Random(seed), tmp_path)
    with small_shelter(tmp_path / "shelter") as own:
        assert verdict(own, path, tmp_path / "refus.xlsx").endswith("refused")
        registers.take_in(own, registers.look(own, path))
        counts = registers.look(own, path).judgement.counts.values()
    assert (sum(one.new for one in counts), sum(one.changed for one in counts)) == (0, 0)
