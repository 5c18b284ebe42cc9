"""How wide the columns of a table are: what stands in them, and what room there is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRect, Qt

from shelter_desk.ui import tokens
from shelter_desk.ui.lists.row_painter import BAR_WIDTH
from shelter_desk.ui.widgets import badge as badges

if TYPE_CHECKING:
    from shelter_desk.ui.lists.table_rows import TableRows

_MEASURED = 200  # rows looked at to size the columns
_LONGEST = 24  # of them whose texts are measured, those of the most letters
_LEAST_TEXT = 96  # pixels of a text that is cut


class Width(NamedTuple):
    """How wide a column would be, how wide it is at least, and when it gives way."""

    natural: int
    least: int
    gives_way: int


def measured(rows: "TableRows[Any]") -> list[Width]:
    """What the head and the first 200 rows of each column need."""
    head, text, strong = tokens.metrics("small", True), tokens.metrics(), tokens.metrics(bold=True)
    seen = [rows.cells(place) for place in range(min(_MEASURED, rows.rowCount()))]
    widths = []
    for place, column in enumerate(rows.columns):
        face = strong if column.bold else text
        longest = sorted({cells[place] for cells in seen}, key=lambda one: (len(one), one))[-_LONGEST:]
        cell = max((face.horizontalAdvance(t) for t in longest), default=0)
        if column.badge is not None:
            cell = max((badges.size(t, badges.ICONS["ok"]).width() for t in longest), default=0)
        if column.bar is not None:
            cell += tokens.wide(BAR_WIDTH) + tokens.SPACE
        width = min(max(head.horizontalAdvance(column.heading) + 20, cell) + 20, tokens.wide(420))
        words = max((head.horizontalAdvance(word) for word in column.heading.split()), default=0)
        whole = column.is_whole or column.counts or column.bold or column.badge is not None
        text_least = cell if whole else min(cell, tokens.wide(_LEAST_TEXT))
        widths.append(Width(width, min(width, max(words, text_least) + 20), column.gives_way))
    return widths


def within(room: int, wanted: Mapping[int, Width]) -> dict[int, int]:
    """How wide each column is in that room; those that have to give way are not there."""
    shown = dict(wanted)
    for place in sorted((at for at, one in shown.items() if one.gives_way), key=lambda at: shown[at].gives_way):
        if sum(one.least for one in shown.values()) <= room:
            break
        del shown[place]
    spare = max(0, room - sum(one.least for one in shown.values()))
    more = sum(one.natural - one.least for one in shown.values())
    share = min(1.0, spare / more) if more else 1.0
    return {place: one.least + int((one.natural - one.least) * share) for place, one in shown.items()}


def lines_of(heading: str, width: int) -> int:
    """Over how many lines a heading goes in a column of that width."""
    head = tokens.metrics("small", True)
    box = QRect(0, 0, max(1, width - 12), 1000)
    high = head.boundingRect(box, int(Qt.TextFlag.TextWordWrap.value), heading).height()
    return -(-high // head.lineSpacing())
