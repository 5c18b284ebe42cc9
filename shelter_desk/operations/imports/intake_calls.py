"""An import of which everything is said beforehand, as the command line does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from shelter_desk.domain.registers.rows import Place
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading.recognise import Choice
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import opened_files, registers
from shelter_desk.operations.imports.intake import that_count
from shelter_desk.operations.imports.intake_batches import say_not_same
from shelter_desk.operations.imports.intake_doubts import ASIDE
from shelter_desk.operations.imports.intake_lines import FileLine, lines_of
from shelter_desk.operations.imports.registers import Look

ONLY = ""  # a decision names no sheet where the file has one list alone


@dataclass(frozen=True, slots=True)
class CallAnswers:
    """A file that was looked at. lines: those with a doubt, decided or not; wrong: decisions of lines without one."""

    look: Look
    lines: tuple[FileLine, ...]
    wrong: tuple[Place, ...] = ()

    @property
    def open(self) -> list[FileLine]:
        """The doubts of which nobody said anything; they are taken in as new."""
        return [line for line in self.lines if line.alike and not line.decision]


@needs(Permission.REGISTERS_IMPORT)
def look(
    desk: Desk,
    path: Path,
    choice: Choice,
    fixed: Mapping[str, str],
    decisions: Mapping[Place, str],
    *,
    leaves_doubts: bool,
    incomplete: bool = False,
) -> CallAnswers:
    """Judge a file with decisions, by sheet and row. leaves_doubts: what nobody decides stays out.

    incomplete: rows are taken whose values are completed later.

    Raises as `registers.look` does.
    """
    opened = opened_files.read(path)
    looked = registers.looked_at(desk, opened, choice, fixed, incomplete=incomplete)
    sheets = [layout.sheet for layout in looked.layouts]
    only = sheets[0] if len(sheets) == 1 else ONLY
    persons = {(sheet or only, row): said for (sheet, row), said in decisions.items()}
    if persons:
        looked = registers.looked_at(desk, opened, choice, fixed, persons, incomplete=incomplete)
    called = _called(desk, looked, persons)
    if not leaves_doubts or not called.open:
        return called
    persons = {**persons, **{line.place: ASIDE for line in called.open}}
    looked = registers.looked_at(desk, opened, choice, fixed, persons, incomplete=incomplete)
    return CallAnswers(looked, _called(desk, looked, persons).lines, called.wrong)


def _called(desk: Desk, looked: Look, persons: Mapping[Place, str]) -> CallAnswers:
    counts = looked.judgement.counts.values()
    if not persons and not looked.likely and not looked.things.likely and not any(one.doubtful for one in counts):
        return CallAnswers(looked, ())
    decided = that_count(looked, persons)
    lines = lines_of(desk, looked, decided)
    wrong = tuple(place for place in persons if place not in decided)
    return CallAnswers(looked, tuple(line for line in lines if line.state == "doubtful" or line.decision), wrong)


@needs(Permission.REGISTERS_IMPORT)
def take_in(desk: Desk, called: CallAnswers, reason: str = "") -> None:
    """Write the accepted rows; who was said to be another person is not asked about again.

    reason: why rows of closed months come late. Raises NeedsLateReason.
    """
    with desk.because_late(reason):
        registers.take_in(desk, called.look, beside=partial(say_not_same, called.lines))
