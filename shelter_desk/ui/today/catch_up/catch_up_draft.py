"""What of the lines of a cut is typed and not kept yet, as the draft of the page keeps it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shelter_desk.operations.drafts import Value
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.today.catch_up.exit_line import ExitLine
from shelter_desk.ui.today.catch_up.fast_line import Line, MomentFields

if TYPE_CHECKING:
    from shelter_desk.ui.today.catch_up.catch_up import CatchUp

FORM = "today/catch_up"
_PERIOD = "period"


class CatchUpDraft:
    """The period and each open line into which something was typed; nothing at all where there is no such line."""

    def __init__(self, page: "CatchUp") -> None:
        self._page = page
        self._begun: dict[Line, list[str]] = {}

    def begin(self, line: Line) -> None:
        """What stands in a new line is proposed, not typed."""
        self._begun[line] = _typed(line)

    def values(self) -> dict[str, Value]:
        """A line is its kind, then the texts of its editors in their order."""
        self._begun = {line: texts for line, texts in self._begun.items() if line in self._page.lines}
        open_lines = [line for line in self._page.lines if line.done is None and _typed(line) != self._begun.get(line)]
        told: dict[str, Value] = {str(place): [line.kind, *_typed(line)] for place, line in enumerate(open_lines)}
        return {_PERIOD: self._page.head.typed(), **told} if told else {}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show the period and a line for each that was open."""
        period = values.get(_PERIOD)
        if isinstance(period, list):
            self._page.head.retype(period)
        for key, told in values.items():
            if key != _PERIOD and isinstance(told, list):
                _retype(self._page.add(told[0]), told[1:])


def _editors(line: Line) -> list[QWidget]:
    at = getattr(line, "at", None)
    moment: list[QWidget] = [at.day, at.hour] if isinstance(at, MomentFields) else []
    below = list(line.back.drafted.values()) if isinstance(line, ExitLine) else []
    return [*moment, *drafting.editors_of(line).values(), *below]


def _typed(line: Line) -> list[str]:
    return [str(drafting.said(editor)) for editor in _editors(line)]


def _retype(line: Line, texts: list[str]) -> None:
    """Fill it, let what depends on that follow, and fill what was not in a list of choices before."""
    for _ in range(2):
        for editor, text in zip(_editors(line), texts, strict=False):
            if drafting.said(editor) != text:
                drafting.put(editor, text)
        line.retyped()
    line.reason.setVisible(bool(line.reason.text()))
