"""What the form of an exit asks beyond day, reason and destination: now, or later (field 3.7)."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import ExitId, StayId
from shelter_desk.domain.stays.exits import Exit
from shelter_desk.ui.forms.case_form import column, known_day, row_of, yes_no
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.referring import lists
from shelter_desk.ui.referring.ticks import Ticks

ABROAD = ("pays_origine", "pays_tiers")
IN_MALI = ("mali_region", "mali_autre")


class ExitMore(QWidget):
    """Who decided, where to, what was reached, what papers are given, what follows."""

    def __init__(self, today: date, said: Exit | None = None) -> None:
        super().__init__()
        start = said or Exit(ExitId(0), StayId(0))
        self._start = start
        self.by = ChoiceField(words.text("Decided by"), lists.of("exit_decided_by"), start.decided_by or None)
        countries = [one for one in lists.of("nationality") if one[0] != "ML"]
        self.country = ChoiceField(words.text("Country"), countries, start.dest_country or None)
        self.region = ChoiceField(words.text("Region"), lists.of("region_ml"), start.dest_region or None)
        self.escort = ChoiceField(words.text("Escort"), lists.of("transport_escort"), start.escort or None)
        self.safety = ChoiceField(words.text("No known danger"), yes_no(), _word(start.safety_ok))
        self.needs = ChoiceField(
            words.text("Objectives of the plan met"), lists.of("needs_met"), start.needs_met or None
        )
        papers = [one for one in lists.of("id_document") if one[0] != "aucun"]
        self.papers = Ticks(words.text("Papers given"), papers, start.documents_given)
        self.follow = ChoiceField(words.text("Agrees to a follow-up"), yes_no(), start.follow_up_consent or None)
        self.follow_on = DayField(words.text("First follow-up on"), today, value=start.follow_up_on, kind="ahead")
        self.channel = ChoiceField(
            words.text("How, safely"), lists.of("follow_up_channel"), start.follow_up_channel or None
        )
        self.fields: dict[str, Field] = {
            "exit_decided_by": self.by,
            "dest_country": self.country,
            "dest_region": self.region,
            "transport_escort": self.escort,
            "safety_ok": self.safety,
            "needs_met": self.needs,
            "follow_up_consent": self.follow,
            "follow_up_on": self.follow_on,
            "follow_up_channel": self.channel,
        }
        self.drafted: dict[str, QWidget] = {**self.fields, "papers": self.papers}
        self._lay_out()
        self.follow.chosen.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addLayout(row_of((self.by, 200), (self.country, 240), (self.region, 200), (self.escort, 180)))
        whole.addLayout(row_of((self.safety, 200), (self.needs, 220)))
        whole.addWidget(self.papers)
        whole.addLayout(row_of((self.follow, 200), (self.follow_on, 170), (self.channel, 260)))

    def show_for(self, destination: str) -> None:
        """Ask the country or the region as fits that destination."""
        self.country.setVisible(destination in ABROAD)
        self.region.setVisible(destination in IN_MALI)

    @Slot()
    def _show(self) -> None:
        agreed = self.follow.value() == "oui"
        self.follow_on.setVisible(agreed)
        self.channel.setVisible(agreed)

    def refilled(self) -> None:
        """Show what hangs on the answers."""
        self._show()

    def said(self, stay: StayId) -> Exit:
        """What was answered. Raises Missing for a day that is none."""
        agreed = self.follow.value() == "oui"
        return Exit(
            ExitId(0),
            stay,
            self.by.value() or "",
            (self.country.value() or "") if not self.country.isHidden() else "",
            (self.region.value() or "") if not self.region.isHidden() else "",
            escort=self.escort.value() or "",
            safety_ok=None if self.safety.value() is None else self.safety.value() == "oui",
            needs_met=self.needs.value() or "",
            valuables_returned=self._start.valuables_returned,
            documents_given=self.papers.values(),
            follow_up_consent=self.follow.value() or "",
            follow_up_on=known_day(self.follow_on, "follow_up_on") if agreed else None,
            follow_up_channel=(self.channel.value() or "") if agreed else "",
        )


def _word(answer: bool | None) -> str | None:
    return None if answer is None else ("oui" if answer else "non")
