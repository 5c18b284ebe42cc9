"""What the house holds on a person, on paper for that person: plain words, third persons and danger left out."""

from collections.abc import Iterable
from functools import partial
from html import escape

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.consent.consents import ConsentStanding
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import diets, my_file
from shelter_desk.operations.residents.my_file import MyFile
from shelter_desk.operations.residents.residents import StayRecord
from shelter_desk.operations.sending import closed_files
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record.timeline_tab import items
from shelter_desk.ui.sending import gate, password_shown
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.name_on_demand import full_name
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words

POINTS, MARGIN = 11.0, 15.0
Fact = tuple[str, str]


def html(desk: Desk, made: MyFile) -> str:
    """The paper, read aloud from top to bottom."""
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if desk.is_training else ""
    sections = (
        (words.text("Who you are"), _table(_person(desk, made))),
        (words.text("Your stays here"), _table(fact for one in reversed(made.record.stays) for fact in _stay(one))),
        (words.text("What was done with you"), _table(_done(desk, made))),
        (words.text("What you agreed to, or refused"), _table(map(_consent, made.consents))),
        (words.text("What is kept and not written here"), _list(_sealed(made))),
        (words.text("Who reads it, and until when"), _list(_readers(made))),
        (words.text("What you can ask"), _list(_rights())),
    )
    told = words.text(
        "This paper is for you alone. It does not say where the house is. Hide it well, or leave it here."
    )
    stamp = words.text("Read with you by {user} on {moment}.")
    stamp = stamp.format(user=made.made_by, moment=formats.moment(made.made_at))
    body = "".join(f"<h3>{escape(title)}</h3>{text}" for title, text in sections)
    title = escape(words.text("What the house holds on you"))
    return f"{mark}<h2>{title}</h2><p>{escape(told)}</p>{body}<p><i>{escape(stamp)}</i></p>{mark}"


def _table(rows: Iterable[Fact]) -> str:
    cells = "".join(
        f"<tr><td width='34%'>{escape(name)}</td><td width='66%'><b>{escape(value)}</b></td></tr>"
        for name, value in rows
        if value
    )
    if not cells:
        return f"<p>{escape(words.text('Nothing.'))}</p>"
    return f"<table width='100%' border='0' cellspacing='0' cellpadding='3'>{cells}</table>"


def _list(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _person(desk: Desk, made: MyFile) -> list[Fact]:
    person, names, today = made.record.person, made.names, desk.today()
    partner = words.text("{number} ({partner})").format(number=names.partner_no, partner=names.partner_no_of)
    return [
        (words.text("Your code here"), person.code),
        (words.text("Your name"), full_name(names)),
        (words.text("Paper register no."), names.paper_no),
        (words.text("IOM case no."), names.iom_no),
        (words.text("No. at a partner"), partner if names.partner_no_of else names.partner_no),
        (words.text("Sex and age"), choices.who(person.sex, person.birth, today)),
        (words.text("Nationality"), formats.nationality(person.nationality, person.sex) if person.nationality else ""),
        (words.text("Other nationalities"), code_lists.labels("nationality", person.other_nationalities)),
        (words.text("Region of origin"), _label("region_ml", person.region_origin)),
        (words.text("Languages"), code_lists.labels("language", person.languages)),
        (words.text("Marital status"), _label("marital_status", person.marital_status)),
        (words.text("Schooling"), _label("education_level", person.education_level)),
        (words.text("Diet and allergies"), code_lists.labels(diets.LIST, made.diets)),
    ]


def _label(name: str, code: str) -> str:
    return words.label(name, code) if code else ""


def _stay(one: StayRecord) -> list[Fact]:
    stay = one.stay
    if stay.is_void:
        return []
    day = formats.day(stay.admitted_at.date())
    span = words.text("since {day}").format(day=day)
    if stay.exited_at is not None:
        span = words.text("from {start} to {end}").format(start=day, end=formats.day(stay.exited_at.date()))
    found = [
        (words.text("Stay {number}").format(number=stay.stay_no), span),
        (words.text("Why you came"), _label("migration_situation", stay.migration_situation)),
        (words.text("Who sent you"), _label("referral_source", stay.referral_source)),
        (words.text("Urgent needs"), code_lists.labels("urgent_need", stay.urgent_needs)),
        (words.text("How you left"), _label("exit_reason", stay.exit_reason)),
        (words.text("Where you went"), _label("exit_destination", stay.exit_destination)),
    ]
    decided = words.text("{status}, on {day}")
    for status in one.statuses:
        label = words.label("victim_status", status.victim_status)
        found.append((words.text("What was decided"), decided.format(status=label, day=formats.day(status.decided_on))))
    for need in one.needs:
        found.append((words.text("What you need"), words.label("specific_need", need.specific_need)))
    return found


def _done(desk: Desk, made: MyFile) -> list[Fact]:
    ordered = sorted(items(desk, made.record, made.entries), key=lambda one: one.at)
    told = words.text("{title} ({detail})")
    return [
        (
            formats.day(one.at.date()),
            told.format(title=one.title, detail=one.detail) if one.detail else one.title,
        )
        for one in ordered
        if one.kind != "consents"
    ]


def _consent(one: ConsentStanding) -> Fact:
    purpose = words.label("consent_purpose", one.purpose)
    if one.recipient:
        purpose = words.text("{purpose}: {recipient}").format(purpose=purpose, recipient=one.recipient)
    if one.why_not is not None:
        return purpose, referral_words.why_not(one.why_not)
    decided = one.consent
    if decided is None:
        return purpose, ""
    since = words.text("you agreed on {day}").format(day=formats.day(decided.given_on))
    parts = [since]
    if decided.scope:
        parts.append(code_lists.labels("data_shared", decided.scope))
    if decided.valid_until is not None:
        parts.append(words.text("until {day}").format(day=formats.day(decided.valid_until)))
    return purpose, ", ".join(parts)


def _sealed(made: MyFile) -> list[str]:
    notes, papers = made.counted.get("notes", 0), made.counted.get("documents", 0)
    told = [
        words.text(
            "Your story, the assessments and the notes are locked. They speak of other persons too, so they are not "
            "printed. Ask, and they are read to you here."
        ),
        words.text("The persons whom you named, your parents among them, and what you said of who threatens you."),
    ]
    if any(one.event.topic == "legal" for one in made.entries):
        told.append(words.text("The number of your complaint or of your case: ask, and it is read to you here."))
    if notes:
        told.append(words.count("{n} note.", "{n} notes.", notes))
    if papers:
        told.append(words.count("{n} paper of yours.", "{n} papers of yours.", papers))
    return told


def _readers(made: MyFile) -> list[str]:
    return [
        words.text("The direction and the persons who follow your case. Each reading of your name is written down."),
        words.text("The night reception: your name, on the nights when you sleep here. The store: your code alone."),
        words.text("Outside: nobody without your yes, unless a life is in danger or a judge asks."),
        words.count(
            "Your name goes {n} month after your case is closed; for a child, not before the age of 18.",
            "Your name goes {n} months after your case is closed; for a child, not before the age of 18.",
            made.name_months,
        ),
        words.count(
            "Your story and the notes go {n} month after your case is closed.",
            "Your story and the notes go {n} months after your case is closed.",
            made.story_months,
        ),
        words.text("Your code, your age, your country and the days of your stays remain, to count."),
    ]


def _rights() -> list[str]:
    return [
        words.text("That a mistake is put right; that your name is erased earlier; to see this paper again."),
        words.text("To take back a yes, on any day. You lose nothing by it: bed, meals, protection and care stay."),
    ]


class MyFilePrint(QObject):
    """Asks at the gate and prints, or saves a PDF that its password alone opens."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, parent
        self.gate: GateDialog | None = None
        self.password: PasswordShown | None = None

    def ask(self, person: PersonId) -> None:
        """For whom is settled: the person."""
        with refusals_told(self.told):
            made = my_file.of(self._desk, person)
            self.gate = gate.ask(
                self._over,
                self._desk,
                words.text("File of {code} for the person").format(code=made.record.person.code),
                partial(self._leave, made),
                level=NOMINAL,
                purpose=my_file.PURPOSE,
                to=words.text("The person concerned"),
                on_paper=printing.has_printer(),
            )

    def _leave(self, made: MyFile, answers: GateAnswers) -> None:
        with refusals_told(self.told):
            my_file.check(self._desk, answers)
            paint = printing.sheets(html(self._desk, made), POINTS)
            if answers.channel != "papier":
                self._save_closed(made, answers, paint)
                return
            done = words.text("The file is printed. Read it with the person, and hand it over alone.")
            with my_file.recorded(self._desk, made, answers) as departure:
                told = printing.to_printer(self._over, paint, done, MARGIN)
                departure.is_given_up = not told
            if told:
                self.told.emit(Told("ok", told))

    def _save_closed(self, made: MyFile, answers: GateAnswers, paint: printing.Paint) -> None:
        title = words.text("Save the file of the person")
        path = files.choose_to_save(self._over, title, my_file.FILE, "PDF (*.pdf)")
        if path is None:
            return
        password = closed_files.new_password()
        with my_file.recorded(self._desk, made, answers, path, password=password):
            closed_files.save_pdf(path, printing.pdf(paint, MARGIN), password)
        told = words.text("The file of the person is in {file}, which opens with its password alone.")
        self.told.emit(Told("ok", told.format(file=path.name)))
        self.password = password_shown.show(self._over, self._desk, password)
