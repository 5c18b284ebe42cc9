"""Beside the steps of a closing: what was verified, who signed, until when it should be done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.visas import VisaStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.reports.visas_card import visa_badge
from shelter_desk.ui.widgets.card import fact
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words.reports import cover as cover_words


class ClosingSide(QWidget):
    """Looked at, never typed into."""

    def __init__(self, report: Report, visas: Sequence[VisaStanding], blocked: str) -> None:
        super().__init__()
        self.setFixedWidth(tokens.wide(300))
        self.visas = {one.part: visa_badge(one) for one in visas}
        whole = in_column(within=self, spacing=tokens.SPACE)
        holding = sum(one.holds for one in report.identities)
        told = words.text("Controls that hold: {n} of {all}").format(n=holding, all=len(report.identities))
        fill(whole, Label(words.text("Verified"), bold=True))
        fill(whole, fact("check", "ok", told) if report.holds else fact("octagon", "blocked", told))
        if blocked:
            fill(whole, fact("octagon", "blocked", blocked))
        fill(whole, tokens.SPACE_PANEL, Label(words.text("Visas, optional"), bold=True))
        for one in visas:
            label = Label(cover_words.visa_of(one.part), size="small", wrap=True)
            fill(whole, in_column(label, in_row(self.visas[one.part], STRETCH), spacing=tokens.SPACE_HALF))
        told = words.text("A visa that is not there is printed as such and keeps nobody from closing.")
        fill(whole, Label(told, size="small", ink="ink2", wrap=True), STRETCH)
