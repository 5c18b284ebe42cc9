"""Screening of a resident: the status decided, what the answers show, and the interviews of the stay.

Decision and sessions are said in the words of HTCDS too, to be copied into a partner's table.
"""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import htcds, identification
from shelter_desk.domain.casefile.htcds import HtcdsCase
from shelter_desk.domain.casefile.interviews import Interview, InterviewState
from shelter_desk.domain.ids import InterviewId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.casefile.interviews import Screening
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.residents.interviewing.answers import ReadingCard
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.casefile import interviews as interview_words


class HtcdsCard(Card):
    """Said in words, copied as the standard names fields and values; nobody's name, no code of a person."""

    def __init__(self, case: HtcdsCase) -> None:
        super().__init__(words.text("HTCDS terms"), words.text("for IOM and partners"), folds=True)
        self.fields = htcds.fields(case)
        self.copy_button = Button(words.text("Copy as a table"), "quiet", on_click=self._copy)
        self.head.addWidget(self.copy_button)
        self.body.addWidget(FactList(_in_words(case, self.fields)))
        copied = words.text("What is copied has the English names of the standard.")
        self.body.addWidget(Label(copied, size="small", ink="ink2", wrap=True))
        credit = words.text("Names and values: HTCDS 2.0, IOM, CC BY 4.0. IOM does not vouch for this program.")
        self.body.addWidget(Label(credit, size="small", ink="ink2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _copy(self) -> None:
        """Names in the first line, values in the second, as a spreadsheet takes them."""
        lines = ("\t".join(self.fields), "\t".join("; ".join(values) for values in self.fields.values()))
        QGuiApplication.clipboard().setText("\n".join(lines))


def _in_words(case: HtcdsCase, fields: htcds.Fields) -> list[tuple[str, str]]:
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


STATES: dict[InterviewState, State] = {"en_cours": "accent", "pause": "held", "arrete": "attention", "termine": "ok"}
STATUSES: dict[str, State] = {"identifiee": "accent", "presumee": "accent"}


class ScreeningTab(RecordTab):
    """The status first, the reading, then one card a stay with its sessions, the latest stay first."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.stay = last_stay(record)
        self.lines: dict[InterviewId, SessionLine] = {}
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        begin, decide = partial(self.asked.emit, "interview", ""), partial(self.asked.emit, "status", "")
        self.start_button = Button(words.text("Begin an interview"), "primary", "plus", on_click=begin)
        self.resume_button = Button(words.text("Take up again"), "primary", "next", on_click=self._resume)
        self.decide_button = Button(words.text("Decision…"), icon="shield", on_click=decide)
        self.status: StatusCard | None = None
        self.reading: ReadingCard | None = None
        self.htcds: HtcdsCard | None = None
        if self.stay is not None:
            self.screening = interviews.of_stay(desk, self.stay.stay.id)
            self._fill(whole, self.stay)
        whole.addStretch(1)

    def _fill(self, whole: QVBoxLayout, stay: StayRecord) -> None:
        if not self.desk.may(Permission.DECIDE_STATUS) or stay.stay.is_void:
            self.decide_button.hide()
        self.status = StatusCard(self.desk, stay, self.screening, self.decide_button)
        self.status.reason_wanted.clicked.connect(self._read_reason)
        whole.addWidget(self.status)
        if self.screening.interviews:
            self.reading = ReadingCard(self.screening.reading, in_a_row=True)
            whole.addWidget(self.reading)
        if self.status.last is not None:
            self.htcds = HtcdsCard(HtcdsCase(self.status.last, self.screening.interviews))
            whole.addWidget(self.htcds)
        for one in self.record.stays:
            if one is stay:
                whole.addWidget(self._sessions(one, self.screening, is_last=True))
            elif not one.stay.is_void:
                former = interviews.of_stay(self.desk, one.stay.id)
                if former.interviews:
                    whole.addWidget(self._sessions(one, former, is_last=False))

    def _sessions(self, stay: StayRecord, screening: Screening, is_last: bool) -> Card:
        number = words.text("Interviews of stay {number}").format(number=stay.stay.stay_no)
        card = Card(words.text("Interviews") if is_last else number, folds=True)
        if is_last:
            may = self.desk.may(Permission.CASE_EDIT) and not stay.stay.is_void
            if not (may and screening.under_way is None):
                self.start_button.hide()
            if not (may and screening.under_way is not None):
                self.resume_button.hide()
            card.head.addWidget(self.start_button)
            card.head.addWidget(self.resume_button)
            if screening.repeats:
                card.body.addWidget(Alert(interview_words.repeats(), "attention"))
            if not screening.interviews:
                told = words.text("Nobody has asked yet. First rest, care and safety; the interview may wait.")
                card.body.addWidget(Label(told, ink="ink2", wrap=True))
        for one in reversed(screening.interviews):
            if card.body.count():
                card.body.addWidget(RuleLine())
            line = self.lines[one.id] = SessionLine(one, screening)
            line.read_button.clicked.connect(partial(self._read, one.id))
            card.body.addWidget(line)
        return card

    @Slot()
    def _resume(self) -> None:
        one = self.screening.under_way
        if one is None:
            return
        if one.id not in self.screening.summaries or may_open(self, self.desk, self.record.person.code):
            self.asked.emit("interview", str(one.id))

    def _read(self, key: InterviewId) -> None:
        if may_open(self, self.desk, self.record.person.code):
            with refusals_told(self.told, interview_words.sentence):
                self.lines[key].show_summary(interviews.summary(self.desk, key))

    @Slot()
    def _read_reason(self) -> None:
        if self.status is None or self.stay is None or self.status.last is None:
            return
        if not may_open(self, self.desk, self.record.person.code):
            return
        with refusals_told(self.told, interview_words.sentence):
            self.status.show_reason(victim_statuses.reason(self.desk, self.stay.stay.id, self.status.last.id))


class StatusCard(Card):
    """The decision that stands: what, by whom, since when, and when it is looked at again."""

    def __init__(self, desk: Desk, stay: StayRecord, screening: Screening, decide: Button) -> None:
        self.last: VictimStatus | None = max(stay.statuses, key=lambda one: (one.decided_on, one.id), default=None)
        code = self.last.victim_status if self.last else "non_depistee"
        badge = Badge(words.label("victim_status", code), STATUSES.get(code, "neutral"))
        super().__init__(words.text("Status"), badge=badge, folds=True)
        self.head.addWidget(decide)
        self.reason_wanted = Button(words.text("Read the reason"), "quiet", "eye")
        self.reason = Label(wrap=True)
        self.alerts: list[Alert] = []
        today = desk.today()
        due = identification.review_due(stay.statuses, today, settings.kept(desk))
        if due is not None:
            told = words.text("Presumed status to be looked at again: it was due on {day}.")
            self._alert(told.format(day=formats.day(due)))
        since = screening.undecided_since
        if since is not None:
            told = words.text("The answers of {day} show every part, and no decision follows: record one.")
            self._alert(told.format(day=formats.day(since)))
        self.facts = FactList(_facts(self.last)) if self.last else FactList()
        if self.last is None:
            self.facts.hide()
        self.body.addWidget(self.facts)
        has_reason = self.last is not None and self.last.id in victim_statuses.reasoned(desk, stay.stay.id)
        if not has_reason:
            self.reason_wanted.hide()
        self.reason.hide()
        row = in_row((self.reason, 1), (self.reason_wanted, 0, Qt.AlignmentFlag.AlignTop))
        row.addStretch(0 if has_reason else 1)
        self.body.addLayout(row)

    def _alert(self, sentence: str) -> None:
        alert = Alert(sentence, "attention")
        self.alerts.append(alert)
        self.body.addWidget(alert)

    def show_reason(self, text: str) -> None:
        """Show why it was decided so; the reading is in the journal."""
        self.reason.setText(text or words.text("No reason is kept."))
        self.reason.show()
        self.reason_wanted.hide()


def _facts(status: VictimStatus) -> list[tuple[str, str]]:
    forms = ", ".join(words.label("exploitation_form", code) for code in status.exploitation_forms)
    practices = ", ".join(words.label("assimilated_practice", code) for code in status.assimilated_practices)
    by = words.label("status_decided_by", status.status_decided_by) if status.status_decided_by else ""
    told = [
        (words.text("Decided on"), formats.day(status.decided_on)),
        (words.text("Decided by"), by),
        (words.text("Who decided"), status.status_decider),
        (words.text("Forms of exploitation"), forms),
        (words.text("Assimilated practices"), practices),
        (words.text("To be looked at again on"), formats.day(status.review_on) if status.review_on else ""),
    ]
    return [(label, value) for label, value in told if value]


class SessionLine(QWidget):
    """One session: which, when and by whom, under which conditions, where it stands; its summary on demand."""

    def __init__(self, one: Interview, screening: Screening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.badge = Badge(interview_words.state(one.state), STATES[one.state])
        self.read_button = Button(words.text("Read the summary"), "quiet", "eye")
        title = words.text("Session {n}, {day}").format(n=one.session_no, day=formats.moment(one.interview_at))
        self.read_button.setAccessibleName(words.text("Read the summary of session {n}").format(n=one.session_no))
        self.summary = Label(wrap=True)
        self.summary.hide()
        row = Flow(tokens.SPACE, 0, middle=True)
        row.add(Label(title, bold=True))
        row.add_right(self.read_button, self.badge)
        whole = in_column(row, within=self, spacing=tokens.SPACE_HALF)
        self.read_button.setVisible(one.id in screening.summaries)  # only now it has a place
        name = screening.by.get(one.interviewer, "") if one.interviewer is not None else ""
        by = (one.interview_no, name, words.label("language", one.language))
        told = " · ".join(part for part in by if part)  # `E-2026-0003 · Agent B · Bambara`
        whole.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        if one.stop_reason:
            whole.addWidget(Label(interview_words.stop_reason(one.stop_reason), size="small", ink="ink2", wrap=True))
        missing = [interview_words.condition(name) for name in identification.conditions(one)]
        if missing and one.stop_reason != identification.REFUSED:
            whole.addWidget(Label(" ".join(missing), size="small", ink="attention", wrap=True))
        whole.addWidget(self.summary)

    def show_summary(self, text: str) -> None:
        """Show it; the reading is in the journal."""
        self.summary.setText(text)
        self.summary.show()
        self.read_button.hide()
