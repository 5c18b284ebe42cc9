"""The decision and the sessions of a stay in the words of HTCDS, to be copied into a partner's table (F39)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication

from shelter_desk import words
from shelter_desk.domain.casefile import htcds
from shelter_desk.domain.casefile.htcds import Case
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import Facts


class HtcdsCard(Card):
    """Said in words, copied as the standard names fields and values; nobody's name, no code of a person."""

    def __init__(self, case: Case) -> None:
        super().__init__(words.text("HTCDS terms"), words.text("for IOM and partners"))
        self.fields = htcds.fields(case)
        self.copy_button = Button(words.text("Copy as a table"), "quiet")
        self.copy_button.clicked.connect(self._copy)
        self.head.addWidget(self.copy_button)
        self.body.addWidget(Facts(_in_words(case, self.fields)))
        copied = words.text("What is copied has the English names of the standard.")
        self.body.addWidget(Label(copied, size="small", ink="ink2", wrap=True))
        credit = words.text("Names and values: HTCDS 2.0, IOM, CC BY 4.0. IOM does not vouch for this program.")
        self.body.addWidget(Label(credit, size="small", ink="ink2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _copy(self) -> None:
        """Names in the first line, values in the second, as a spreadsheet takes them."""
        lines = ("\t".join(self.fields), "\t".join("; ".join(values) for values in self.fields.values()))
        QGuiApplication.clipboard().setText("\n".join(lines))


def _in_words(case: Case, fields: htcds.Fields) -> list[tuple[str, str]]:
    made = htcds.sources(case)
    names = {
        "TraffickingStatus": words.text("Victim status"),
        "TraffickingStatusDecisionMakingOrg": words.text("Decided by"),
        "AgeWhenTrafficked": words.text("Age at the facts"),
        "RelationshipToTrafficker": words.text("Relation to the recruiter"),
        "MethodOfRecruitment": words.text("Way of recruiting"),
        "MethodsOfControl": words.text("Means of control"),
        "TypeOfExploitation": words.text("Forms of exploitation"),
        "ForcedLabourIndustry": words.text("Forced labour, in which work"),
        "TypeOfSexExploitation": words.text("Sexual exploitation, which"),
    }
    return [
        (
            names[name],
            " · ".join(words.label(made[name][0], code) for code in made[name][1]) if name in made else values[0],
        )
        for name, values in fields.items()
    ]
