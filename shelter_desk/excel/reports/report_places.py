"""Where each figure stands in the report's workbook."""

from functools import cache

from shelter_desk.domain.reports.figures import Ref


class FigurePlaces:
    """Where figures stand in the workbook, so that formulas can refer to them."""

    def __init__(self) -> None:
        self._cells: dict[Ref, tuple[str, int, int]] = {}
        self.ranges: dict[str, str] = {}

    def keep(self, ref: Ref, sheet: str, row: int, column: int) -> None:
        """A figure stands here; of several places the first is kept."""
        self._cells.setdefault(ref, (sheet, row, column))

    def of(self, ref: Ref) -> str | None:
        """The cell of a figure, with its sheet."""
        if ref not in self._cells:
            return None
        sheet, row, column = self._cells[ref]
        return f"'{sheet}'!{address(row, column)}"


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


@cache
def letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
