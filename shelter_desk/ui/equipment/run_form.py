"""A day of the generator: when it started and stopped, and the fuel added."""

from datetime import time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.maintenance import Run
from shelter_desk.domain.errors import BadNumber, Missing, RuleBroken
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import maintenance
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats

MINUTES = 60


class RunForm(ActForm):
    """Hours are typed, or counted from start and stop."""

    when = "run_on"

    def __init__(self, desk: Desk, asset: Asset) -> None:
        super().__init__(desk, words.text("Hours of the generator"), words.text("Write it"), "bolt")
        self._asset = asset
        today = desk.today()
        self.day = DayField(words.text("Day"), today, required=True, value=today)
        self.start = ClockField(words.text("Started"))
        self.stop = ClockField(words.text("Stopped"))
        self.hours = LineField(words.text("Hours"), required=True)
        self.fuel = LineField(words.text("Fuel added, litres"), required=True)
        self.meter = LineField(words.text("Meter"))
        self.note = LineField(words.text("Remark"))
        self.body.addWidget(Label(f"{asset.tag_no} · {asset.designation}", ink="ink2"))
        choices.lay(self, (self.day, 160), (self.start, 100), (self.stop, 100), (self.hours, 90), (self.fuel, 160))
        choices.lay(self, (self.meter, 120), (self.note, 420))
        self.jump = Label(size="small", ink="attention", wrap=True)
        self.body.addWidget(self.jump)
        self.fields = {"run_on": self.day, "hours": self.hours, "fuel_litres": self.fuel}
        self.first = self.start
        self.start.changed.connect(self._count)
        self.stop.changed.connect(self._count)
        for field in (self.day, self.hours, self.fuel):
            field.changed.connect(self._warn)
        self._warn()

    def _count(self) -> None:
        """From start to stop, past midnight where it stopped earlier than it started."""
        first, last = self.start.clock(), self.stop.clock()
        if first is not None and last is not None and first != last:
            minutes = (_minute(last) - _minute(first)) % (24 * MINUTES)
            self.hours.set_text(f"{minutes / MINUTES:.2f}".rstrip("0").rstrip(".").replace(".", ","))

    @Slot()
    def _warn(self) -> None:
        """S-08, before it is written."""
        try:
            held = maintenance.held_against(self.desk, self._run())
        except RuleBroken:
            held = None
        if held is not None and held.jumps:
            text = words.text("{rate} L/h; before it was {usual} L/h. Look at the hours and the litres again.")
            told = text.format(rate=formats.number(held.run.rate or 0, 1), usual=formats.number(held.usual or 0, 1))
            self.jump.setText(told)
        self.jump.setVisible(held is not None and held.jumps)

    def _run(self) -> Run:
        """What was typed. Raises Missing."""
        day = self.day.day()
        if day is None:
            raise Missing("run_on")
        return Run(
            0,
            self._asset.id,
            day,
            _number(self.hours, "hours"),
            _number(self.fuel, "fuel_litres"),
            self.start.line.text().strip(),
            self.stop.line.text().strip(),
            _number(self.meter, "meter") if self.meter.text() else None,
            self.note.text(),
        )

    def act(self) -> Told:
        done = maintenance.log_run(self.desk, self._run())
        return Told("ok", words.text("Hours of {tag} written.").format(tag=done.subject), done)


def _minute(clock: time) -> int:
    return clock.hour * MINUTES + clock.minute


def _number(field: LineField, key: str) -> float:
    typed = field.text().replace(",", ".").replace(" ", "")
    try:
        return float(typed)
    except ValueError:
        raise BadNumber(key, typed) if typed else Missing(key) from None
