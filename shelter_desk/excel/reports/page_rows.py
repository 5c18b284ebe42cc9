"""How high the rows of a sheet are, on how few pages it is printed, and where a page ends: between two tables."""

from collections.abc import Iterator

from shelter_desk.excel.reports.page_layout import LEAST_SCALE

SIDES, ABOVE, BELOW = 0.25, 0.5, 0.36  # margins of a page, in inches
EDGE = 0.14  # from the edge to what stands above and below
_A4 = {True: 841.89, False: 595.28}  # height of a page in points: upright, lying
_SURE = 0.985  # programs print in whole per cents, and round each row
TITLE, GAP = 20.25, 6.0  # points of the row of a title, and below a table
LINE, PADDING = 13.5, 0.75  # of a row of several lines, in points
_PIXEL = 0.75  # programs round the height of a row to it
_AIRY, DENSE, LEAST = 15.0, 12.75, 11.25  # of a row of one line: at most, on several pages, at least


def room(*, upright: bool) -> float:
    """Points of rows that stand on one page at the least scale."""
    return (_A4[upright] - 72 * (ABOVE + BELOW)) / LEAST_SCALE * _SURE


def high(lines: int) -> float:
    """Points of a row of several lines."""
    return LINE * lines + PADDING


class PageRows:
    """The rows of one sheet, told as they are written."""

    def __init__(self) -> None:
        self._points: dict[int, float] = {}
        self._lines: set[int] = set()
        self._free: dict[int, float] = {}
        self._blocks: list[tuple[int, int]] = []
        self.last = 0
        self.turned = 0  # the row with which a page further down and to the right begins; 0 without one

    def turn(self, row: int) -> None:
        """A page of its own, further down and to the right, begins with this row."""
        self.turned = row

    def has(self, row: int, points: float) -> None:
        """A row is at least so high; beside a higher one it is as high as that."""
        self._points[row] = max(self._points.get(row, 0), points)
        self.last = max(self.last, row)

    def has_lines(self, row: int, lines: int) -> None:
        """The same of a row of so many lines; one of a single line is as high as the page has room for."""
        self.last = max(self.last, row)
        if lines > 1:
            self.has(row, high(lines))
        else:
            self._lines.add(row)

    def leaves(self, row: int) -> None:
        """A row stays free below a table, where nothing stands in it."""
        self._free[row] = GAP

    def at_least(self, row: int) -> float:
        """How high this row is at least, in points."""
        return self._fixed(row) or LEAST

    def keep_together(self, first: int, last: int) -> None:
        """Both rows and those between them stand on one page."""
        self._blocks.append((first, last))

    def single(self, *, upright: bool) -> float:
        """How high a row of one line is: airy where the page has room for it, dense where it takes several."""
        each = min(self._each(part, upright=upright) for part in self._parts())
        return min(_AIRY, each // _PIXEL * _PIXEL) if each >= LEAST else DENSE

    def _parts(self) -> list[list[int]]:
        """The rows of each part that should stand on one page; the title stands on each."""
        if not self.turned:
            return [list(range(self.last + 1))]
        return [list(range(self.turned)), [0, *range(self.turned, self.last + 1)]]

    def _each(self, part: list[int], *, upright: bool) -> float:
        fixed = [points for row in part if (points := self._fixed(row))]
        rows = len(part) - len(fixed)
        return (room(upright=upright) - sum(fixed)) / rows if rows else _AIRY

    def _fixed(self, row: int) -> float:
        """How high a row is in any case; 0 for one of a single line."""
        return self._points.get(row, 0 if row in self._lines else self._free.get(row, 0))

    def heights(self, *, upright: bool) -> list[float]:
        """Of every row, in points."""
        single = self.single(upright=upright)
        return [self._fixed(row) or single for row in range(self.last + 1)]

    def is_one_page(self, *, upright: bool) -> bool:
        """Whether all rows stand on one page, those of each part where there are two."""
        heights = self.heights(upright=upright)
        return all(sum(heights[row] for row in part) <= room(upright=upright) + 0.1 for part in self._parts())

    def breaks(self, *, upright: bool, repeated: int, titles: int) -> list[int]:
        """The rows with which a page begins, but for the first.

        repeated: how many rows stand on top of every page. titles: how many stand above the first table, which follows
        them on the same page.
        """
        space, heights = room(upright=upright), self.heights(upright=upright)
        top, used, found = sum(heights[:repeated]), 0.0, list[int]()
        for first, last in self._whole_blocks():
            taken = sum(heights[first : last + 1])
            if first > titles and (used + taken > space or first == self.turned):
                found.append(first)
                used = top
            used += taken
            while used > space:  # a block longer than a page ends where the page does
                used -= space - top
        return found

    def _whole_blocks(self) -> Iterator[tuple[int, int]]:
        """All rows from top to bottom, those that stand together in one piece."""
        row = 0
        for first, last in sorted(self._blocks):
            if first >= row:
                end, more = last, True
                while more:  # tables beside each other overlap
                    ends = max(b for a, b in self._blocks if first <= a <= end)
                    more, end = ends > end, ends
                yield from ((one, one) for one in range(row, first))
                yield first, end
                row = end + 1
        yield from ((one, one) for one in range(row, self.last + 1))
