"""The board of tonight: read, and painted again as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shelter_desk.operations import beds
from shelter_desk.operations.beds import Board
from tests.benchmarks import shelter, unlocking, window
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds

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


class OnePainting(QWidget):
    """The same board in one paintEvent: a card a room, a tile a bed, two lines of text in each."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#f4f5f7"))
        for number, room in enumerate(self._board.rooms):
            left, top = 16 + number % 3 * 440, 16 + number // 3 * 250
            self._box(painter, QRectF(left, top, 424, 240), "#ffffff", room.room.code, room.room.name)
            for place, look in enumerate(room.beds):
                box = QRectF(left + 12 + place % 4 * 102, top + 48 + place // 4 * 64, 94, 56)
                who = look.sleeper.person.code if look.sleeper else ""
                self._box(painter, box, "#e3ecf7" if who else "#ffffff", look.bed.code, who)

    @staticmethod
    def _box(painter: QPainter, box: QRectF, ground: str, first: str, second: str) -> None:
        painter.setPen(QColor("#c5cad3"))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor("#1c2330"))
        painter.drawText(box.adjusted(8, 4, -8, -4), int(Qt.AlignmentFlag.AlignTop), first)
        painter.drawText(box.adjusted(8, 22, -8, -4), int(Qt.AlignmentFlag.AlignTop), second)


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
    """All of the page of beds, with every tile."""
    with shelter.opened() as desk:
        window.application()
        page = unlocking.board_page(desk)
        page.look()
        drawn = OnePainting(beds.board(desk, desk.today()))
        window.paint(page)
        window.paint(drawn)

        def limits(numerator: float, _yardstick: float) -> list[Limit]:
            return [Limit(f"one repaint must take {MOST} ms at most, it takes {numerator:.1f}", numerator <= MOST)]

        yield Pair(milliseconds(page.repaint), milliseconds(drawn.repaint), rounds=31, limits=limits)
        window.drop(page)
        window.drop(drawn)


def subjects() -> list[Subject]:
    """Both, the second once the page is built."""
    found = [Subject("board read", "rooms, beds and sleepers of tonight", "one SQL of the sleepers, plain", read)]
    if unlocking.has_board():
        one = "one paintEvent of the same board"
        found.append(Subject("board repaint", "the page of beds, all tiles", one, repainted, 2, 1.2))
    return found
