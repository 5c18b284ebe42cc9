"""The board of tonight: read, and painted again as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint

from shelter_desk.operations.beds import beds
from shelter_desk.ui.beds.page import BedsPage
from tests.benchmarks import shelter, window
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds
from tests.benchmarks.painting import OnePainting

MOST = 16  # milliseconds, one picture of a screen
SQL = (
    "SELECT b.bed_code, r.room_code, s.*, c.*, a.absence_type FROM stays s JOIN persons c ON c.id = s.person_id "
    "LEFT JOIN placements p ON p.stay_id = s.id AND p.started_at < :after AND ifnull(p.ended_at, '9') >= :after "
    "LEFT JOIN beds b ON b.id = p.bed_id LEFT JOIN rooms r ON r.id = ifnull(b.room_id, p.room_id) "
    "LEFT JOIN absences a ON a.stay_id = s.id AND a.started_at < :after AND ifnull(a.ended_at, '9') >= :after "
    "WHERE s.exit_reason NOT IN ('erreur_saisie', 'non_admis') AND s.id IN ("
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :after AND admitted_at < :after)"
)


@contextmanager
def read() -> Iterator[Pair]:
    """Rooms, beds, states and everybody of one night."""
    with shelter.opened() as desk, shelter.plain_copy(desk) as plain:
        after = {"after": beds.board(desk, desk.today()).night.isoformat() + "T99"}
        yield Pair(
            milliseconds(lambda: beds.board(desk, desk.today())),
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


def subjects() -> list[Subject]:
    """Both, in the order of the table."""
    return [
        Subject("board read", "rooms, beds and sleepers of tonight", "one SQL of the sleepers, plain", read),
        Subject("board repaint", "the page of beds, all tiles", "one paintEvent of the same tiles", repainted, 2, 1.2),
    ]
