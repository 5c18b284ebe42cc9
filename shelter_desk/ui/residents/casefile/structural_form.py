"""The factors of the country: answered once a year for the shelter, shown beside those of each person."""

from shelter_desk import words
from shelter_desk.domain.casefile.assessments import STRUCTURAL
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.assessing.factor_grid import FactorGrid
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.assessing_form import AssessingForm
from shelter_desk.ui.widgets.label import Label


class StructuralForm(AssessingForm):
    """They do not describe the person, so nobody is asked for them file by file."""

    def __init__(self, desk: Desk, _record: Record, _stay: StayRecord, _at: str = "") -> None:
        self._year = desk.today().year
        title = words.text("Structural factors of {year}").format(year=self._year)
        super().__init__(desk, title, words.text("Keep for the year"), "check")
        told = words.text("They hold for the whole shelter and every file. Answer them once a year.")
        self.body.addWidget(Label(told, ink="ink2", wrap=True))
        self.grid = FactorGrid((STRUCTURAL,), with_notes=False)
        known = assessments.structural(desk, self._year)
        self.grid.choose(known or assessments.structural(desk, self._year - 1))
        self.body.addWidget(self.grid)
        self.drafted = {"factors": self.grid}

    def begin(self) -> None:
        """The first factor."""
        self.grid.begin()

    def act(self) -> Told:
        assessments.keep_structural(self.desk, self._year, self.grid.answers())
        return Told("ok", words.text("Structural factors of {year} kept.").format(year=self._year))
