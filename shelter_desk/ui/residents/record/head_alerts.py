"""The alerts in the head of a record, each a badge that leads to where it is settled: sentences, then red flags."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from shelter_desk import words
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, contacts, diets, documents
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import flag_places, tokens
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.widgets.badge import Badge, BadgeButton, State
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import empty
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import flags
from shelter_desk.words.casefile import assessments as assessment_words
from shelter_desk.words.casefile import incidents as incident_words
from shelter_desk.words.casefile import notes as note_words

MOST_BADGES, MOST_WHERE_LARGE = 6, 4


class AlertBadge(NamedTuple):
    """A sentence to see before the file. place: the key of a section, `form/place`, or "" where nothing is to do."""

    sentence: str
    place: str = ""


class HeadAlerts(QWidget):
    """The most urgent first; where there are many, the last badge opens the list of the others."""

    settled_at = Signal(str)  # a section of the record, `form/place`, or a part of another page

    def __init__(self) -> None:
        super().__init__()
        self._row = Flow(tokens.SPACE, tokens.SPACE_HALF)
        self.setLayout(self._row)
        self.badges: list[Badge | BadgeButton] = []
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._triggered)

    def show_alerts(self, found: Sequence[Flag], before: Sequence[AlertBadge], sections: Collection[str]) -> None:
        """A badge each. sections: the ones that this record shows to this role."""
        empty(self._row)
        self.badges = []
        for one in dict.fromkeys(before):
            at = one.place if one.place.startswith("form/") or one.place in sections else ""
            self._add(one.sentence.rstrip("."), "", "attention", at)
        shown = {flags.badge(one): one for one in found}
        most = MOST_WHERE_LARGE if tokens.is_large() else MOST_BADGES
        most += len(shown) == most + 1  # a badge for one more alert would take the room of that alert
        for told, flag in list(shown.items())[:most]:
            state: State = "blocked" if flag.level == "B" else "attention"
            self._add(told, flags.sentence(flag), state, _place(flag, sections))
        self._add_more(list(shown.items())[most:], sections)
        self.setVisible(bool(before) or bool(found))
        self.updateGeometry()

    def _add(self, told: str, sentence: str, state: State, place: str) -> None:
        made: Badge | BadgeButton
        if place:
            made = BadgeButton(told, state, sentence)
            made.setProperty("place", place)
            made.clicked.connect(self._clicked)
        else:
            made = Badge(told, state)
            made.setToolTip(plain(sentence))
            made.setAccessibleDescription(sentence)
        self._put(made)

    def _add_more(self, more: Sequence[tuple[str, Flag]], sections: Collection[str]) -> None:
        self.menu.clear()
        if not more:
            return
        for told, one in more:
            action = self.menu.addAction(told)
            action.setToolTip(plain(flags.sentence(one)))
            action.setData(_place(one, sections))
            action.setEnabled(bool(action.data()))
        sentences = "\n".join(flags.sentence(one) for _, one in more)
        button = BadgeButton(words.count("{n} more alert", "{n} more alerts", len(more)), "neutral", sentences)
        button.clicked.connect(self._open_more)
        self._put(button)

    def _put(self, badge: Badge | BadgeButton) -> None:
        self.badges.append(badge)
        self._row.add(badge)

    @Slot()
    def _open_more(self) -> None:
        button = self.badges[-1]
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.settled_at.emit(str(action.data()))

    @Slot()
    def _clicked(self) -> None:
        self.settled_at.emit(str(self.sender().property("place")))


def _place(flag: Flag, sections: Collection[str]) -> str:
    """The section of this record, a part of another page, or "" where this role has no such section."""
    if flag.night is not None or not flag.code:
        return flag_places.place_of(flag)
    if flag_places.form(flag):
        return flag_places.form(flag)
    return flag_places.tab(flag) if flag_places.tab(flag) in sections else ""


def before_flags(desk: Desk, record: Record) -> list[AlertBadge]:
    """Whom to keep apart (R-28), what not to eat, whom not to reach, what endangers, which papers run out."""
    apart = contact_risks.alerts(desk, desk.today()).get(record.person.id)
    at = "form/contact" if desk.may(Permission.CASE_EDIT) else ""
    return [
        *(AlertBadge(incident_words.apart(*told), at) for told in contact_risks.sentences(apart)),
        *_diet(desk, record),
        *_reach(desk, record),
        *(AlertBadge(told, "vulnerability") for told in _risks(desk, record)),
        *_paper(desk, record),
    ]


def _paper(desk: Desk, record: Record) -> list[AlertBadge]:
    """Which papers of somebody who is here have run out, or will soon."""
    stay = last_stay(record)
    if stay is None or stay.stay.exited_at is not None or not desk.may(Permission.CASE_SEE):
        return []
    found = [(paper.document, paper.ends) for paper in documents.ending(desk, record.person.id)]
    told = [note_words.ending(one.kind, ends, one.expires_on) for one, ends in found if one.expires_on]
    return [AlertBadge(sentence, "documents") for sentence in told]


def _diet(desk: Desk, record: Record) -> list[AlertBadge]:
    """What somebody who is here must not or cannot eat."""
    one = last_stay(record)
    if one is None or one.stay.exited_at is not None:
        return []
    at = "form/diet" if desk.may(Permission.ASSIST) else ""
    found = diets.of(desk, [one.stay.id]).get(one.stay.id, ())
    return [AlertBadge(words.label(diets.LIST, code), at) for code in found]


def _reach(desk: Desk, record: Record) -> list[AlertBadge]:
    """Whom nobody reaches on any account, before somebody answers a call."""
    if not desk.may(Permission.CASE_SEE):
        return []
    lines = contacts.of(desk, record.person.id).lines
    never = dict.fromkeys(contact_words.who(line.contact.relation).lower() for line in lines if line.verdict == "never")
    told = words.text("Never tell: {who}").format(who=", ".join(never))
    return [AlertBadge(told, "stay")] if never else []


def _risks(desk: Desk, record: Record) -> list[str]:
    """Of the stay that goes on: a concern for a life, a high risk, a review that is late."""
    here = {one.stay.id for one in record.stays if one.stay.exited_at is None}
    if not here or not desk.may(Permission.CASE_SEE):
        return []
    line = next((one for one in assessments.of(desk, record.person.id) if one.assessment.stay in here), None)
    if line is None:
        return []
    found = []
    if "self_harm" in line.warnings and line.referred_on is None:
        found.append(assessment_words.warning("self_harm"))
    if line.assessment.risk_level == "eleve":
        found.append(words.text("High risk"))
    if line.days_late:
        found.append(words.text("Review of the risk: {late}").format(late=assessment_words.late(line.days_late)))
    return found
