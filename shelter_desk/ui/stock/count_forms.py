"""A count being begun, and a lot that stood on the shelf and not on the sheet."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import CountId
from shelter_desk.domain.stock.refusals import SamePerson
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue, stock_counts
from shelter_desk.operations.stock.stock_counts import Found
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.stock.grant_field import GrantField
from shelter_desk.ui.stock.receipt_form import LotFields
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label


class BeginCountForm(ActForm):
    """What is counted and by whom: two people, one of them not of the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Begin a count"), words.text("Freeze and begin"), "check")
        self.begun: CountId | None = None
        self.category = ChoiceField(
            words.text("What is counted"), [("", words.text("the whole stock")), *lists.of("stock_category")], ""
        )
        self.one = LineField(words.text("Who counts (initials or function)"), required=True)
        self.other = LineField(words.text("And who else, not of the store"), required=True)
        row = Flow()
        for field in (self.category, self.one, self.other):
            field.setFixedWidth(tokens.wide(280))
            row.add(field)
        self.body.addLayout(row)
        told = words.text(
            "The stock is frozen at this minute. What comes and goes while you count is added on top of it. "
            "The sheet does not say what the stock expects."
        )
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        self.fields = {"stock_category": self.category, "team": self.one, "other": self.other}
        self.first = self.one

    def act(self) -> Told:
        self.begun = stock_counts.begin(self.desk, [self.one.text(), self.other.text()], self.category.value() or "")
        return Told("ok", words.text("The count has begun. Print the sheet, or type what you count."))

    def refuse(self, error: RuleBroken) -> None:
        if isinstance(error, SamePerson):
            self.other.set_error(self.sentence(error))
            self.other.setFocus()
            return
        super().refuse(error)


class FoundForm(ActForm):
    """A lot found while counting."""

    def __init__(self, desk: Desk, key: CountId) -> None:
        super().__init__(desk, words.text("Another lot found"), words.text("Add it to the sheet"), "plus")
        self._key = key
        known = [one for one in stock_catalogue.items(desk) if one.id in stock_counts.sheet(desk, key).count.items]
        self.item = ChoiceField(words.text("Item"), lists.items(known), required=True)
        self.amount = LineField(words.text("Counted"), required=True)
        self.donor = ChoiceField(words.text("Donor"), lists.of("donor"))
        self.grant = GrantField(stock_catalogue.grants(desk))
        self.lot = LotFields(desk)
        self.lot.cost.hide()
        row = Flow()
        for field, width in ((self.item, 300), (self.amount, 110), (self.donor, 200), (self.grant, 220)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)
        self.body.addWidget(self.lot)
        self.donor.chosen.connect(self._donor_chosen)
        self.fields = {"item_code": self.item, "counted": self.amount, "donor": self.donor, "grant": self.grant}
        self.first = self.item

    @Slot()
    def _donor_chosen(self, _code: object = None) -> None:
        self.grant.follow(self.donor.value() or "", self.desk.today())

    def act(self) -> Told:
        chosen = self.item.value()
        if not chosen:
            raise Missing("item_code")
        if not self.amount.text():
            raise Missing("counted")
        amount = amounts.read(self.amount.text(), "counted")
        found = Found(lists.number(chosen), self.lot.lot(self.donor.value() or "", self.grant.code()), amount)
        stock_counts.enter(self.desk, self._key, [], [found])
        return Told("ok", words.text("The lot is on the sheet."))
