"""What is left to settle before a month is closed: a reason for all points that are alike."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.points import Point
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, fact
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import points as point_words

OTHER = "autre"  # a reason in words of one's own
SHOWN = 4  # points of one kind that are seen each


class PointGroup(QWidget):
    """The points of one kind with one reason for all of them."""

    opened = Signal(object)  # Point

    def __init__(self, points: list[Point]) -> None:
        super().__init__()
        self.points = points
        reasons = [*closing_words.accept_reasons().items(), (OTHER, words.text("Another reason"))]
        self.reason = ChoiceField(words.text("Reason"), [(str(code), told) for code, told in reasons], required=True)
        self.more = LineField(words.text("More precisely, without a name"), open_words=True)
        self.reason.setFixedWidth(tokens.wide(320))
        lines = [self._line(point) for point in points[:SHOWN]]
        left = len(points) - SHOWN
        rest = words.count("and {n} more of this kind", "and {n} more of this kind", max(left, 0))
        others = [Label(rest, size="small", ink="ink2")] if left > 0 else []
        typed = in_row(self.reason, (self.more, 1), spacing=tokens.SPACE_2)
        in_column(*lines, *others, typed, within=self, spacing=tokens.SPACE)

    @property
    def kind(self) -> str:
        """What these points have in common, as a draft names them."""
        return _kind(self.points[0])

    def _line(self, point: Point) -> QHBoxLayout:
        button = Button(words.text("Open"), kind="quiet", on_click=partial(self.opened.emit, point))
        told = point_words.sentence(point)
        button.setAccessibleName(words.text("Open: {point}").format(point=told))
        return in_row((Label(told, wrap=True), 1), button, spacing=tokens.SPACE)

    def told(self) -> str:
        """The reason chosen for all of them."""
        code, more = self.reason.code(), self.more.text()
        return more if code == OTHER else ": ".join(filter(None, (code, more)))

    def wrong(self) -> tuple[ChoiceField | LineField, str] | None:
        """What is missing."""
        if not self.reason.code():
            return self.reason, words.text("Settle these points, or say why they stay.")
        if self.reason.code() == OTHER and not self.more.text():
            return self.more, sentence(errors.Missing("reason"))
        return None


class PointsStep(QWidget):
    """All that is left. refusal: what keeps the month from being closed, whatever is accepted."""

    opened = Signal(object)  # Point

    def __init__(self, points: tuple[Point, ...], refusal: ShelterDeskError | None) -> None:
        super().__init__()
        self.refusal = refusal
        self.groups = [PointGroup(group) for group in _groups(points)]
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        if refusal is not None:
            fill(whole, Alert(sentence(refusal), "blocked", small=False))
        if not self.groups:
            fill(whole, fact("check", "ok", words.text("Nothing to settle: every stay is complete.")))
        else:
            counted = words.count("{n} point is left", "{n} points are left", len(points))
            told = words.text("{points}: settle it, or say why it stays").format(points=counted)
            fill(whole, Label(told, bold=True), *self.groups)
        fill(whole, STRETCH)
        for group in self.groups:
            group.opened.connect(self.opened)

    def first(self) -> QWidget | None:
        """Where typing begins."""
        return self.groups[0].reason if self.groups else None

    def passes(self) -> bool:
        """Whether each point has its reason; else said beside the first field without one."""
        for group in self.groups:
            group.reason.clear()
            group.more.clear()
        wrong = next((found for group in self.groups if (found := group.wrong())), None)
        if wrong is not None:
            refuse(*wrong)
        return wrong is None and self.refusal is None

    def reasons(self) -> Mapping[str, str]:
        """The reason of each point, by its key."""
        return {point.key: group.told() for group in self.groups for point in group.points}

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {f"reason/{one.kind}": [one.reason.code(), one.more.text()] for one in self.groups}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again; points that were settled meanwhile are passed over."""
        for one in self.groups:
            kept = values.get(f"reason/{one.kind}")
            if isinstance(kept, list) and len(kept) == 2:
                one.reason.choose(kept[0] or None)
                one.more.set_text(kept[1])


def _kind(point: Point) -> str:
    return f"{point.matter}/{point.flag.rule if point.flag is not None else ''}"


def _groups(points: tuple[Point, ...]) -> list[list[Point]]:
    """Those of one kind together, in the order in which the kinds are first met."""
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(_kind(point), []).append(point)
    return list(found.values())
