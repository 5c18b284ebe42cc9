"""One sending beside the list: what is kept of it, its copy, its receipt, the acknowledgement."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.reports.closing import Correction
from shelter_desk.domain.reports.sendings import REPORT, UNCERTAIN
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.reports import pending
from shelter_desk.operations.sending import sendings, uncertain
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import receipt
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import bring_into_sight, in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words import sending as sending_words
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

MOST_SHOWN = 40  # numbers that changed


class AcknowledgementStep(DetailStep):
    """The day on which the recipient said that they have it."""

    def __init__(self, desk: Desk, one: SentFile) -> None:
        super().__init__(desk)
        self._desk, self._one = desk, one
        day = sending_words.acknowledged_day(one.sending) or desk.today()
        self.day = DayField(words.text("Acknowledged on"), desk.today(), True, day, key="acknowledged_on")
        self.fields = {"acknowledged_on": self.day}
        self.body.addWidget(self.day)
        self.add_foot()

    def act(self) -> tuple[str, Done]:
        done = sendings.acknowledge(self._desk, self._one.sending.id, self.day.asked())
        return words.text("{number}: received.").format(number=self._one.sending.number), done

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return sentence(error)


class SendingView(DetailView):
    """Facts, then what can be done. An auditor reads. is_owed: its recipient has not got what replaces it."""

    send_again_wanted = Signal(object)  # Sending

    def __init__(self, desk: Desk, one: SentFile, *, is_owed: bool = False) -> None:
        super().__init__(desk)
        self.line = one
        if one.replacing is not None:
            told = words.text("{version} of {day} cancels and replaces it.")
            version = report_words.version(one.replacing.version, one.replacing_rectified)
            day = formats.day(one.replacing.made_at.date())
            self.add(Alert(told.format(version=version[:1].upper() + version[1:], day=day), "attention"))
        is_unsure = one.sending.departure == UNCERTAIN
        if is_unsure:
            told = words.text(
                "The program was cut while this file left. Look whether it was given away, and say it here."
            )
            self.add(Alert(told, "attention"))
        if one.is_late:
            self.add(Alert(words.text("No acknowledgement came. Ask whether the file arrived."), "attention"))
        facts = FactList(receipt.facts(one))
        self.aside = [facts]
        self.add(facts, self.acts)
        if is_unsure and desk.may(Permission.REPORT_EXPORT):
            self.button("left", words.text("It left"), "send", primary=True)
            self.button("not_left", words.text("It did not leave"), "close")
        if is_owed and desk.may(Permission.REPORT_EXPORT):
            self.button("again", words.text("Send what replaces it…"), "send", primary=True)
        if one.replacing is not None and one.sending.kind == REPORT and desk.may(Permission.REPORT_SEE):
            self.button("differences", words.text("See the differences"), "swap")
        if one.has_copy:
            self.button("copy", words.text("Open the kept copy…"), "save")
        self.button("receipt", words.text("Print the receipt…"), "print")
        if desk.may(Permission.REPORT_EXPORT) and one.sending.left:
            self.button("acknowledge", words.text("Note the acknowledgement…"), "check")

    def do(self, act: str) -> None:
        if act == "copy":
            self._open_copy()
        elif act == "differences":
            self.show_differences()
        elif act == "again":
            self.send_again_wanted.emit(self.line.sending)
        elif act in ("left", "not_left"):
            self.do_at_once(partial(self._settle, left=act == "left"))
        elif act == "receipt":
            self.tell(self.attempt(self._print_receipt))
        else:
            self.show_step(AcknowledgementStep(self._desk, self.line))

    def _settle(self, *, left: bool) -> Told:
        done = uncertain.settle(self._desk, self.line.sending.id, left=left)
        told = words.text("{number}: it left.") if left else words.text("{number}: it did not leave.")
        return Told("ok", told.format(number=self.line.sending.number), done)

    def show_differences(self) -> None:
        """What its recipient read and is another number now, above the facts."""
        self.buttons["differences"].setEnabled(False)  # once
        tasks.run(partial(pending.since, self._desk, self.line.sending), self._show, self._refuse)

    def _show(self, moved: tuple[Correction, ...]) -> None:
        told = words.count("{n} number has changed since", "{n} numbers have changed since", len(moved))
        ordered = sorted(moved, key=lambda one: (bool(one.ref[1]), not one.is_major))  # totals before their parts
        lines: list[QWidget] = [Label(closing_words.correction(one), wrap=True) for one in ordered[:MOST_SHOWN]]
        more = len(ordered) - MOST_SHOWN
        if more > 0:
            lines.append(Label(words.count("and {n} more", "and {n} more", more), ink="ink2"))
        listed = QWidget()
        in_column(Label(told, bold=True, wrap=True), *lines, within=listed, spacing=tokens.SPACE)
        self.body.insertWidget(1, listed)  # below what replaced it
        bring_into_sight(listed)

    def _refuse(self, error: errors.ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))

    def _print_receipt(self) -> str:
        told = receipt.print_receipt(self, self.line, self._desk.is_training)
        return printed(self._desk, "receipt", told, self.line.sending.number)

    def _open_copy(self) -> None:
        name = Path(self.line.sending.file_name)
        kind = f"{name.suffix[1:].upper()} (*{name.suffix})"
        path = files.choose_to_save(self, words.text("Where to write the copy"), name.name, kind)
        if path is None:
            return

        def act() -> Told:
            sendings.open_copy(self._desk, self.line.sending.id, path)
            return Told("ok", words.text("The copy is in {file}.").format(file=path))

        told = self.attempt(act)
        if told is not None:
            self.told.emit(told)
