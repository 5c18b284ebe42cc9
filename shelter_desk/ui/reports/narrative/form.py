"""The narrative of a month over the page of reports: what its figures propose is kept, changed or taken away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.passages import HEADINGS, Heading, StoredPassage
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.reports import narrative_files, narratives
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports.narrative import sentences
from shelter_desk.ui.reports.narrative.sentence_row import SentenceEditor, SentenceRow
from shelter_desk.ui.reports.narrative.sentences import ShownSentence
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import narrative as narrative_words
from shelter_desk.words.reports import reports as report_words


class NarrativeForm(QWidget):
    """The sentences under their headings. Each answer is kept at once, and can be taken back."""

    told = Signal(object)  # Told
    closed = Signal()
    left = Signal()
    over = Signal()
    send_wanted = Signal(object, str)  # Month, the ending of the file

    def __init__(self, desk: Desk, found: NarrativeTerms) -> None:
        super().__init__()
        self._desk, self.found = desk, found
        report = found.report
        self.may_write = desk.may(Permission.REPORT_COMMENT) and not report.version
        self.rows: list[SentenceRow] = []
        self.editor: SentenceEditor | None = None
        self._heading: Heading = "highlights"  # of what is being typed
        self.badge = Badge("", "neutral")
        self.keep_all = Button(words.text("Keep all that is proposed"), icon="check", on_click=self._keep_all)
        self.renew_all = Button(words.text("Renew all"), icon="check", on_click=self._renew_all)
        self.add = {
            one: Button(words.text("Add a sentence…"), "quiet", "plus", on_click=partial(self._ask_new, one))
            for one in HEADINGS
        }
        self.again = {one: Button("", "quiet", "undo", on_click=partial(self._propose_again, one)) for one in HEADINGS}
        self._lines: dict[Heading, QVBoxLayout] = {}
        self._groups: dict[Heading, QWidget] = {}
        self._lay_out(report_words.period(report.period))
        self._fill()

    def _lay_out(self, period: str) -> None:
        title = words.text("Text of the month: {period}").format(period=period)
        keys = words.text("Enter keeps a sentence, F2 changes it, Del takes it away; ↑ ↓ go to the next one.")
        told = keys if self.may_write else words.text("The month is closed: its text stays as it was closed.")
        inner, card = QWidget(), Card()
        in_column(card, STRETCH, within=inner, margins=(tokens.SPACE_3, tokens.SPACE_2))
        body = card.body
        fill(
            body,
            in_row(
                Label(title, size="title", bold=True),
                self.badge,
                STRETCH,
                self.renew_all,
                self.keep_all,
                spacing=tokens.SPACE,
            ),
            Label(told, size="small", ink="ink2", wrap=True),
        )
        for one in HEADINGS:
            head = in_row(
                Label(narrative_words.heading(one), bold=True), STRETCH, self.again[one], self.add[one], spacing=4
            )
            self.add[one].setAccessibleName(
                words.text("Add a sentence: {heading}").format(heading=narrative_words.heading(one))
            )
            self._lines[one] = in_column(spacing=2)
            self._groups[one] = QWidget()
            in_column(RuleLine(), head, self._lines[one], within=self._groups[one], spacing=tokens.SPACE)
            fill(body, self._groups[one])
        self._area: QScrollArea = scrolling(inner, only_down=True)
        foot = QFrame()
        foot.setProperty("role", "footer")
        self.close_button = Button(words.text("Close"), tall="footer", on_click=self.closed)
        self.print = Button(words.text("Print"), icon="print", tall="footer", on_click=self._print)
        self.pdf = Button(words.text("PDF…"), icon="save", tall="footer", on_click=partial(self._send, ".pdf"))
        self.word = Button(words.text("Word…"), "primary", "save", tall="footer", on_click=partial(self._send, ".docx"))
        kept = Label(words.text("Every answer is kept at once."), size="small", ink="ink2")
        kept.setVisible(self.may_write)
        row = (self.close_button, kept, STRETCH, self.print, self.pdf, self.word)
        in_row(*row, within=foot, margins=(tokens.SPACE_3, tokens.SPACE), spacing=tokens.SPACE_2)
        in_column((self._area, 1), foot, within=self, spacing=0)

    def begin(self) -> None:
        """The keys go to the first sentence that waits for an answer."""
        waits = (one for one in self.rows if one.shown.state in ("moved", "proposed"))
        first = next(waits, None) or (self.rows[0] if self.rows else self.close_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def _fill(self, at: str = "", place: int = 0) -> None:
        """at: the key of the row that gets the keys, or the one that came in its place."""
        self.rows, self.editor = [], None
        for heading, lines in self._lines.items():
            empty(lines)
            told = sentences.of_heading(self.found, heading)
            shown_there = [one for one in told if self.may_write or one.state in ("kept", "typed")]
            self._groups[heading].setVisible(self.may_write or bool(shown_there))
            for shown in shown_there:
                row = SentenceRow(shown, may_write=self.may_write)
                row.kept.connect(self._keep)
                row.change_wanted.connect(self._ask)
                row.dropped.connect(self._drop)
                row.step_wanted.connect(self._step)
                lines.addWidget(row)
                row.show()  # at once, else the keys do not stay with it
                self.rows.append(row)
            n = sentences.dropped(self.found, heading)
            self.again[heading].setText(words.count("Propose {n} again", "Propose {n} again", n))
            self.again[heading].setVisible(self.may_write and n > 0)
            self.add[heading].setVisible(self.may_write)
        self._say_state()
        if at or place:
            self._go_to(at, place)

    def _say_state(self) -> None:
        said, moved = self.found.said, self.found.moved
        told = words.count("{n} sentence", "{n} sentences", said)
        if moved:
            waits = words.count("{n} to renew", "{n} to renew", moved)
            told = words.text("{said}, {waits}").format(said=told, waits=waits)
        self.badge.say(told, "attention" if moved else "ok" if said else "neutral")
        self.keep_all.setVisible(self.may_write and bool(self._proposed()))
        self.renew_all.setVisible(self.may_write and bool(self._renewable()))
        may_export = self._desk.may(Permission.REPORT_EXPORT)
        for one in (self.print, self.pdf, self.word):
            one.setVisible(may_export)
            one.setEnabled(said > 0)

    def _go_to(self, at: str, place: int) -> None:
        found = next((one for one in self.rows if one.shown.key == at), None)
        if found is None and self.rows:
            found = self.rows[min(place, len(self.rows) - 1)]
        target = found or self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is not None:
            QApplication.sendPostedEvents()
            self._area.ensureWidgetVisible(found)

    def _proposed(self) -> list[str]:
        return [one.shown.key for one in self.rows if one.shown.state == "proposed"]

    def _renewable(self) -> list[str]:
        """Those that stand as they were proposed; words of one's own are read again one by one."""
        return [
            one.shown.key
            for one in self.rows
            if one.shown.state == "moved" and one.shown.now and not one.shown.is_typed
        ]

    def _place(self, key: str = "") -> int:
        """Of the row with that key, without one of that which has the keys; the first where there is none."""
        at = self.focusWidget()
        return next((n for n, one in enumerate(self.rows) if (one.shown.key == key if key else one is at)), 0)

    @Slot(int)
    def _step(self, step: int) -> None:
        self._go_to("", max(0, self._place() + step))

    def changed(self) -> None:
        """Something was taken back, or written elsewhere; what is being typed stays."""
        if self.editor is None:
            self._look_again()

    def _look_again(self, at: str = "", place: int = 0) -> None:
        self.found = narratives.look_again(self._desk, self.found)
        self._fill(at, place)

    # What is done

    def _do(self, act: Callable[[], Done], told: str, at: str = "") -> bool:
        """Whether it was done; what was is said, and the keys stay where they were."""
        place = self._place(at)
        try:
            done = act()
        except ShelterDeskError as error:
            if self.editor is not None:
                self.editor.field.set_error(sentence(error))
                self.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.told.emit(Told("blocked", sentence(error)))
            return False
        self.editor = None
        self._look_again(at, place)
        self.told.emit(Told("ok", told, done=done))
        return True

    @Slot(object)
    def _keep(self, shown: ShownSentence) -> None:
        told = words.text("Sentence renewed.") if shown.state == "moved" else words.text("Sentence kept.")
        if not self._do(partial(narratives.keep, self._desk, self.found, [shown.key]), told, shown.key):
            return
        self._go_to("", self._place(shown.key) + 1)

    @Slot()
    def _keep_all(self) -> None:
        keys = self._proposed()
        told = words.count("{n} sentence kept.", "{n} sentences kept.", len(keys))
        self._do(partial(narratives.keep, self._desk, self.found, keys), told, keys[0])

    @Slot()
    def _renew_all(self) -> None:
        keys = self._renewable()
        told = words.count("{n} sentence renewed.", "{n} sentences renewed.", len(keys))
        self._do(partial(narratives.keep, self._desk, self.found, keys), told, keys[0])

    @Slot(object)
    def _drop(self, shown: ShownSentence) -> None:
        act = partial(narratives.drop, self._desk, self.found, shown.at)
        self._do(act, words.text("Sentence taken away."), shown.key)

    def _propose_again(self, heading: Heading) -> None:
        act = partial(narratives.propose_again, self._desk, self.found, heading)
        self._do(act, words.text("What was taken away is proposed again."))

    # Typing

    @Slot(object)
    def _ask(self, shown: ShownSentence) -> None:
        row = next(one for one in self.rows if one.shown.key == shown.key)
        self._open_editor(shown.heading, shown, self._lines[shown.heading].indexOf(row))
        row.hide()

    def _ask_new(self, heading: Heading) -> None:
        self._open_editor(heading, None, self._lines[heading].count())

    def _open_editor(self, heading: Heading, shown: ShownSentence | None, place: int) -> None:
        if self.editor is not None:
            self.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        label = words.text("{heading}, without a name").format(heading=narrative_words.heading(heading))
        self.editor, self._heading = SentenceEditor(self._desk, label, shown), heading
        self.editor.said.connect(self._say)
        self.editor.left.connect(self._leave_editor)
        self._lines[heading].insertWidget(place, self.editor)
        self.editor.show()
        self.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendPostedEvents()
        self._area.ensureWidgetVisible(self.editor)

    @Slot(str)
    def _say(self, text: str) -> None:
        shown = None if self.editor is None else self.editor.shown
        at: StoredPassage | str = "" if shown is None else shown.at
        if shown is None and not text.strip():
            self._leave_editor()
            return
        act = partial(narratives.say, self._desk, self.found, self._heading, text, at)
        self._do(act, words.text("Sentence kept."), "" if shown is None else shown.key)

    @Slot()
    def _leave_editor(self) -> None:
        shown = None if self.editor is None else self.editor.shown
        self._fill("" if shown is None else shown.key)
        if shown is None:
            self.add[self._heading].setFocus(Qt.FocusReason.OtherFocusReason)

    # What leaves

    def _send(self, ending: str) -> None:
        self.send_wanted.emit(narratives.as_said(self.found), ending)

    @Slot()
    def _print(self) -> None:
        """At the internal level, for the house."""
        from shelter_desk.ui.reports.narrative import paper

        page = narrative_files.page(self._desk, narratives.as_said(self.found), "interne")
        try:
            done = paper.print_page(self, page)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        subject = formats.month(self.found.report.period.first)
        if printed(self._desk, "narrative", done, subject):
            self.told.emit(Told("ok", done))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
