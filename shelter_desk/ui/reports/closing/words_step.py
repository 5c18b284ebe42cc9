"""What the house says of a month before it is closed: of figures that moved, and of the whole."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.closing import Correction
from shelter_desk.domain.reports.comments import LONGEST, WHOLE, dims_text
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.reports import annotations
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words


class WordsStep(QWidget):
    """A line for each figure that is read first and moved, or of which something is said; then the text of the month.

    to_explain: the figures that moved. waiting: sentences of the narrative that wait to be renewed. corrected: of a
    month that is replaced, the numbers that are others than in `report`: what was said of them is shown beside an empty
    line.
    """

    def __init__(
        self, report: Report, to_explain: Sequence[Ref], corrected: Sequence[Correction] = (), waiting: int = 0
    ) -> None:
        super().__init__()
        self._period, self._kept = report.period.whole, {one.ref: one.text for one in report.comments}
        self._corrected = {one.ref: one for one in corrected}
        asked = [ref for ref in to_explain if ref[0] in HEADLINE_KEYS]
        self.comments = {ref: self._line(report, ref) for ref in dict.fromkeys((*asked, *self._kept))}
        self.text = TextField(words.text("Comment on the whole month, without a name"), lines=5)
        self.text.set_text(report.text)
        self._kept[WHOLE] = report.text
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        if asked and not corrected:
            told = words.text("These figures moved by more than 30 %: say why in a line, or leave it empty.")
            fill(whole, Label(told, size="small", ink="ink2", wrap=True))
        if corrected:
            told = words.text("Of a number that moved nothing is said any more, unless you say it here.")
            fill(whole, Label(told, size="small", ink="ink2", wrap=True))
        fill(whole, *self.comments.values(), self.text)
        if waiting:
            told = words.count(
                "{n} sentence of the text of the month waits to be renewed: it will not be said.",
                "{n} sentences of the text of the month wait to be renewed: they will not be said.",
                waiting,
            )
            fill(whole, Alert(told))
        others = len(to_explain) - len(asked)
        if others and not corrected:
            told = words.count(
                "{n} other figure moved as much: F2 on it in its table says why.",
                "{n} other figures moved as much: F2 on one in its table says why.",
                others,
            )
            fill(whole, Label(told, size="small", ink="ink2", wrap=True))
        fill(whole, STRETCH)

    def _line(self, report: Report, ref: Ref) -> LineField:
        former, moved = self._kept.get(ref, ""), self._corrected.get(ref)
        label = closing_words.correction(moved) if moved else closing_words.figure_with_value(report, ref)
        found = LineField(label, open_words=True, text="" if moved else former)
        found.line.setMaxLength(LONGEST)
        if moved and former:
            found.set_warning(words.text("Said of the former number: {text}").format(text=former))
        return found

    def first(self) -> QWidget:
        """Where typing begins."""
        return next(iter(self.comments.values()), self.text)

    def said(self) -> dict[Ref, str]:
        """What stands there, of the whole month too."""
        return {ref: field.text() for ref, field in self.comments.items()} | {WHOLE: self.text.text()}

    def keep(self, desk: Desk) -> bool:
        """Keep what was changed; False where it is refused, and said so beside its field."""
        for ref, text in self.said().items():
            if text == self._kept.get(ref, ""):
                continue
            try:
                annotations.comment(desk, self._period, ref, text)
            except ShelterDeskError as error:
                self._refuse(self.comments.get(ref, self.text), sentence(error))
                return False
            self._kept[ref] = text
        return True

    def _refuse(self, field: LineField | TextField, told: str) -> None:
        field.set_error(told)
        field.setFocus()

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        said = {f"comment/{ref[0]}/{dims_text(ref[1])}": field.text() for ref, field in self.comments.items()}
        return {**said, "text": self.text.text()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        for ref, field in self.comments.items():
            kept = values.get(f"comment/{ref[0]}/{dims_text(ref[1])}")
            if isinstance(kept, str):
                field.set_text(kept)
        text = values.get("text")
        if isinstance(text, str):
            self.text.set_text(text)
