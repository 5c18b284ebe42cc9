"""A count begun, and closed with its conclusions."""

from shelter_desk import words
from shelter_desk.domain.equipment.counting import Campaign
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.page import Told


class BeginForm(ActForm):
    """When, who counts, and in which rooms."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Begin an inventory"), words.text("Begin"), "barcode")
        today = desk.today()
        self.day = DayField(words.text("Count of"), today, required=True, value=today, key="count_date")
        self.first_name = LineField(words.text("First counter"), required=True)
        self.first_name.set_text(desk.user_name)
        self.second_name = LineField(words.text("Second counter, not of the store"), required=True, key="team")
        self.rooms = Ticks(words.text("Rooms (none: the whole shelter)"), equipment.room_codes(desk), key="room")
        self.row((self.day, 160), (self.first_name, 240), (self.second_name, 280))
        self.add(self.rooms)
        self.first = self.second_name

    def act(self) -> Told:
        day = self.day.asked()
        team = (self.first_name.text(), self.second_name.text())
        done = equipment_counts.begin(self.desk, day, self.rooms.values(), team)
        return Told("ok", words.text("Inventory {number} begun.").format(number=done.subject), done)


class CloseForm(ActForm):
    """Nothing is counted after this: what nobody saw is missing."""

    def __init__(self, desk: Desk, campaign: Campaign) -> None:
        title = words.text("End the count {number}").format(number=campaign.count_no)
        super().__init__(desk, title, words.text("End the count"), "check")
        self.campaign = campaign
        self.conclusion = TextField(words.text("Conclusions"))
        self.advice = TextField(words.text("Recommendations"))
        self.add(self.conclusion, self.advice)
        self.first = self.conclusion

    def act(self) -> Told:
        done = equipment_counts.close(self.desk, self.campaign.id, self.conclusion.text(), self.advice.text())
        return Told("ok", words.text("Count {number} ended.").format(number=self.campaign.count_no), done)
