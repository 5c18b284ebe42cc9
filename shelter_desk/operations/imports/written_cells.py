"""What a line of the file says in each of its columns, word for word, beside what was understood of it."""

from shelter_desk.domain.registers.rows import Place
from shelter_desk.excel.reading import cells
from shelter_desk.operations.imports.intake import Review

# columns of a shelter's own list that are understood as others
_TOLD_BY = {
    "last_name": "full_name",
    "first_name": "full_name",
    "birth_date": "age",
    "age_estimated": "age",
    "admitted_at": "entered",
    "exited_at": "left",
}


class WrittenCells:
    """The cells of the lines of a file as they were written, by the key of their column; empty ones are left out."""

    def __init__(self, reviewed: Review) -> None:
        self._sheets = {sheet.name: sheet for sheet in reviewed.opened.book.sheets}
        self._columns = {
            sheet.name: {one.key: one.place for one in sheet.headings if one.key} for sheet in reviewed.sheets
        }

    def of(self, place: Place) -> dict[str, str]:
        """Those of one line."""
        name, number = place
        sheet = self._sheets.get(name)
        row = next((one for one in sheet.rows if one.number == number), None) if sheet is not None else None
        if row is None:
            return {}
        columns = self._columns.get(name, {})
        found = {key: row.cells[at] for key, at in columns.items() if at < len(row.cells)}
        told = {key: cells.shown(cell) for key, cell in found.items() if cell not in (None, "")}
        return {key: told[by] for key, by in _TOLD_BY.items() if by in told} | told
