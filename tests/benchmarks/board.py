"""The board of tonight and the calendar of a month: read, and painted again as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint

from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.operations.beds import bed_board, bed_calendar
from shelter_desk.ui.beds.calendar.grid import CalendarGrid
from shelter_desk.ui.beds.page import BedsPage
from tests.benchmarks import shelter, window
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds
from tests.benchmarks.paintings.calendar_painting import PlainCalendar
from tests.benchmarks.paintings.plan_painting import OnePainting

MOST = 16  # milliseconds, one picture of a screen
BEDS, NIGHTS = 60, 31
SQL = (
    "SELECT b.bed_code, r.room_code, s.*, n.*, c.*, a.absence_type FROM stays s JOIN persons c ON c.id = s.person_id "
    "LEFT JOIN situations n ON n.id = s.id "
    "LEFT JOIN placements p ON p.stay_id = s.id AND p.started_at < :after AND ifnull(p.ended_at, '9') >= :after "
    "LEFT JOIN beds b ON b.id = p.bed_id LEFT JOIN rooms r ON r.id = ifnull(b.room_id, p.room_id) "
    "LEFT JOIN absences a ON a.stay_id = s.id AND a.started_at < :after AND ifnull(a.ended_at, '9') >= :after "
    "WHERE s.uncounted NOT IN ('erreur_saisie', 'non_admis') AND s.id IN ("
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :after AND admitted_at < :after)"
)

MONTH_SQL = (
    "SELECT s.*, n.*, c.*, p.*, b.bed_code, a.absence_type FROM stays s JOIN persons c ON c.id = s.person_id "
    "LEFT JOIN situations n ON n.id = s.id "
    "LEFT JOIN placements p ON p.stay_id = s.id LEFT JOIN beds b ON b.id = p.bed_id "
    "LEFT JOIN absences a ON a.stay_id = s.id WHERE s.uncounted NOT IN ('erreur_saisie', 'non_admis') AND s.id IN ("
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :first AND admitted_at < :after)"
)


@contextmanager
def read() -> Iterator[Pair]:
    """Rooms, beds, states and everybody of one night."""
    with shelter.opened() as desk, shelter.plain_copy(desk) as plain:
        after = {"after": bed_board.board(desk, desk.today()).night.isoformat() + "T99"}
        yield Pair(
            milliseconds(lambda: bed_board.board(desk, desk.today())),
            milliseconds(lambda: plain.execute(SQL, after).fetchall()),
        )


@contextmanager
def repainted() -> Iterator[Pair]:
    """All of the page of beds, its head and chips too, against the cards and tiles of its plan alone."""
    with shelter.opened() as desk:
        window.application()
        page = BedsPage(desk)
        page.refresh()
        window.paint(page)
        drawn = OnePainting(page.plan, page.plan.mapTo(page, QPoint(0, 0)).y())
        window.paint(drawn)

        def limits(numerator: float, _yardstick: float) -> list[Limit]:
            return [Limit(f"one repaint must take {MOST} ms at most, it takes {numerator:.1f}", numerator <= MOST)]

        yield Pair(milliseconds(page.repaint), milliseconds(drawn.repaint), rounds=31, limits=limits)
        window.drop(page)
        window.drop(drawn)


@contextmanager
def month_read() -> Iterator[Pair]:
    """Rooms, beds, states and everybody of the nights of the month, laid on lines."""
    with shelter.opened() as desk, shelter.plain_copy(desk) as plain:
        nights = Period.month(desk.today().year, desk.today().month)
        bounds = {"first": nights.first.isoformat(), "after": nights.last.isoformat() + "T99"}
        yield Pair(
            milliseconds(lambda: bed_calendar.calendar(desk, nights)),
            milliseconds(lambda: plain.execute(MONTH_SQL, bounds).fetchall()),
        )


@contextmanager
def _month() -> Iterator[tuple[CalendarGrid, PlainCalendar]]:
    """The grid with every bed and every night of a month of 31 in sight, and the same rows, bars and words alone."""
    with shelter.opened() as desk:
        window.application()
        page = BedsPage(desk)
        page.open("calendar")
        window.paint(page)
        calendar = page.calendar
        if calendar is None:
            raise RuntimeError("no calendar")
        window.settle()
        calendar.controls.spans.choose("month")
        day = desk.today()
        while Period.month(day.year, day.month).nights < NIGHTS:
            day = day.replace(day=1) - ONE_DAY
        calendar.show_around(day)
        grid, at = calendar.grid, calendar.grid.places()
        page.resize(page.width(), page.height() - grid.viewport().height() + at.head + len(grid.look.rows) * at.row)
        window.settle()
        drawn = PlainCalendar(grid, grid.viewport().mapTo(page, QPoint(0, 0)))
        drawn.resize(page.size())
        drawn.show()
        window.settle()
        shown = sum(row.line is not None and row.line.bed is not None for row in grid.look.rows)
        if shown < BEDS or grid.verticalScrollBar().maximum():
            raise RuntimeError(f"{shown} beds, some of them out of sight")
        yield grid, drawn
        window.drop(page)
        window.drop(drawn)


@contextmanager
def month_painted() -> Iterator[Pair]:
    """All of it anew, as when other nights are shown."""
    with _month() as (grid, drawn):

        def anew() -> None:
            grid.paint_anew()
            grid.viewport().repaint()

        yield Pair(milliseconds(anew), milliseconds(drawn.repaint), rounds=31)


@contextmanager
def month_repainted() -> Iterator[Pair]:
    """All of it again, as when the cursor or what is carried is elsewhere."""
    with _month() as (grid, drawn):

        def limits(numerator: float, _yardstick: float) -> list[Limit]:
            told = f"{BEDS} beds × {NIGHTS} nights must take {MOST} ms at most, they take {numerator:.1f}"
            return [Limit(told, numerator <= MOST)]

        yield Pair(milliseconds(grid.viewport().repaint), milliseconds(drawn.repaint), rounds=31, limits=limits)


def subjects() -> list[Subject]:
    """All, in the order of the table."""
    bars = "one paintEvent of the same bars"
    return [
        Subject("board read", "rooms, beds and sleepers of tonight", "one SQL of the sleepers, plain", read),
        Subject("board repaint", "the page of beds, all tiles", "one paintEvent of the same tiles", repainted, 2, 1.2),
        Subject(
            "calendar read", "beds and stays of a month", "one SQL of the stays and their places, plain", month_read
        ),
        Subject("calendar painted", "a month of the calendar, every bed in sight, anew", bars, month_painted, 2, 1.2),
        Subject("calendar repaint", "the same, as the cursor moves", bars, month_repainted, 1, 0.5),
    ]
