"""How far the cells of a sheet reach, told before a library sees them."""

from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.excel.reading.scan import CHUNK, Extent, column

LETTERS = ("A", "C", "Z", "AA", "AZ", "XFD")
cells = st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(1, 1_048_576)), min_size=1, max_size=12)


def sheet(found: list[tuple[str, int]], filler: str = "") -> bytes:
    rows = "".join(f'<row r="{row}"><c r="{letters}{row}"><v>1</v></c></row>{filler}' for letters, row in found)
    return f"<sheetData>{rows}</sheetData>".encode()


@given(cells)
def test_a_sheet_is_as_wide_and_long_as_its_furthest_cells(found: list[tuple[str, int]]) -> None:
    extent = Extent()
    extent.take(sheet(found))
    wanted = max(row for _, row in found), max(column(letters.encode()) for letters, _ in found)
    assert (extent.rows, extent.columns, extent.odd) == (*wanted, False)


def test_a_wide_cell_far_behind_the_first_ones_is_seen() -> None:
    extent = Extent()
    extent.take(sheet([("A", 1), ("B", 2), ("Y", 3), ("AB", 4)], filler=" " * (CHUNK // 32)))
    assert (extent.rows, extent.columns) == (4, 28)


def test_a_cell_without_a_reference_behind_plain_ones_is_told() -> None:
    extent = Extent()
    extent.take(sheet([("A", 1)], filler=" " * (CHUNK // 32)) + b'<row r="2"><c t="s"><v>1</v></c></row>')
    assert extent.odd
