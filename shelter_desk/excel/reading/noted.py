"""What the reader does not tell of a sheet, found by looking through the file before."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class SheetNotes:
    """errors: by row and column counted from 1; how many rows and columns are hidden.

    zeros: by row and column, what is shown of a number with zeros in front that it has not.

    since_1904: the numbers of its days are counted from 1904, as old Excel for Mac does.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0
    since_1904: bool = False
    zeros: dict[tuple[int, int], str] = field(default_factory=dict)
