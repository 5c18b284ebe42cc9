"""The lines of the journal as a table shows them: a line is read when it is first seen."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shelter_desk import words
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Line
from shelter_desk.ui.lists.table import Column, Rows
from shelter_desk.words import formats
from shelter_desk.words import journal as said

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

AT_ONCE = 200  # lines read together
MOST = 4000  # lines held


class Seen:
    """The lines somebody has looked at, read two hundred at a time around the one asked for."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._seqs: Sequence[int] = ()
        self._lines: dict[int, Line] = {}
        self.people: dict[UserId, str] = {}

    def begin(self, seqs: Sequence[int]) -> None:
        """Other lines from now on, the last first."""
        self._seqs = seqs
        self._lines.clear()

    def line(self, seq: int) -> Line:
        """The line of that number."""
        if seq not in self._lines:
            if len(self._lines) > MOST:
                self._lines.clear()
            place = bisect_left(self._seqs, -seq, key=lambda one: -one)
            start = place - place % AT_ONCE
            for line in journal.lines(self._desk, self._seqs[start : start + AT_ONCE]):
                self._lines[line.seq] = line
        return self._lines[seq]

    def at(self, seq: int) -> str:
        """When, as it stands in the table."""
        return formats.moment(moment_of(self.line(seq)))

    def by(self, seq: int) -> str:
        """Who sat at the desk."""
        user = self.line(seq).user
        return words.text("the program") if user is None else self.people.get(user, formats.NONE)

    def what(self, seq: int) -> str:
        """What was done."""
        return said.action(self.line(seq).action)

    def on(self, seq: int) -> str:
        """The codes it was done on."""
        return self.line(seq).subject


def moment_of(line: Line) -> datetime:
    """When the line was written; midnight is an hour here."""
    return datetime.fromisoformat(line.at)


def rows(seen: Seen) -> Rows[int]:
    """Number, moment, person, sentence, code; the order is that of the numbers and cannot be another."""
    return Rows[int](
        [
            Column(words.text("No."), str, alignment="right"),
            Column(words.text("When"), seen.at),
            Column(words.text("Account"), seen.by),
            Column(words.text("What"), seen.what, bold=True),
            Column(words.text("On which code"), seen.on),
        ]
    )
