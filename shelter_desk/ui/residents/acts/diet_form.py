"""What a resident must not or cannot eat: the kitchen sees it by number of plates and bed, never by name."""

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import diets
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices


class DietForm(CaseForm):
    """Several of a list, none a diagnosis."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Diet and allergies of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Keep it"), "check")
        self._code, self._stay = record.person.code, stay.stay.id
        self.diets = SeveralField(words.text("Diet and allergies"), choices.of(diets.LIST))
        self.diets.choose(diets.of(desk, [self._stay]).get(self._stay, ()))
        self.diets.setFixedWidth(tokens.wide(420))
        self.fields = {diets.LIST: self.diets.field}
        self.drafted = {"diets": self.diets}
        self.body.addWidget(self.diets)
        self.hint(words.text("The kitchen sees how many plates and which beds. No diagnosis, no religion."))
        self.first = self.diets

    def act(self) -> Told:
        done = diets.keep(self.desk, self._stay, self.diets.values())
        return Told("ok", words.text("Diet of {code} kept.").format(code=self._code), done)
