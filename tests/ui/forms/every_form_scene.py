"""Every form that opens over a record, each with the facts it needs, in the real window."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.voluntary_returns import ReturnFile, ReturnWords
from shelter_desk.domain.ids import ReturnFileId
from shelter_desk.operations.casefile import best_interests, plans, tracing, voluntary_returns
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents as papers
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stays import absences, exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.residents.record import record_tabs
from shelter_desk.ui.window import Window
from tests.operations.assessment_scene import plan
from tests.operations.case_scene import paper_file
from tests.operations.minor_scene import SAID, alone, wanted, whole_assessment
from tests.operations.referral_scene import agree_to, agree_to_recording
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.record_walk import desk_of, page_of
from tests.ui.window.windows import settle

NAMES = (*record_tabs.FORMS, "correct", "merge")
Facts = Callable[[Desk], tuple[Admitted, str]]  # whose form, and what it opens at


def woman(desk: Desk) -> tuple[Admitted, str]:
    """Somebody who agreed that more than the minimum is written."""
    made = admit(desk, "1A", days=20)
    agree_to_recording(desk, made.person)
    return made, ""


def away(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    absences.be_away(desk, made.stay, "hopital", desk.today() - timedelta(days=2))
    return made, ""


def gone(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    stays.leave(desk, made.stay, days_ago(3), "autonomie", "mali_autre")
    return made, ""


def twice(desk: Desk) -> tuple[Admitted, str]:
    """Somebody with two files, one of them of a stay that is over."""
    former = admit(desk, "1A", days=90)
    stays.leave(desk, former.stay, days_ago(80), "autonomie", "mali_autre")
    return woman(desk)[0], former.code


def disappeared(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    stays.leave(desk, made.stay, days_ago(3), "fugue_disparition", "inconnue")
    return made, ""


def followed(desk: Desk) -> tuple[Admitted, str]:
    made = gone(desk)[0]
    agree_to(desk, made.person, "suivi_apres_sortie")
    exits.plan_follow_up(desk, made.stay, desk.today(), "telephone")
    return made, ""


def planned(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    plans.make(desk, plan(made))
    (found,) = plans.of(desk, made.person)
    return made, str(found.plan.id)


def with_action(desk: Desk) -> tuple[Admitted, str]:
    made, _ = planned(desk)
    (found,) = plans.of(desk, made.person)
    return made, str(found.plan.actions[0].id)


def depositing(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    exits.deposit(desk, made.stay, desk.today(), "Un téléphone")
    return made, ""


def child(desk: Desk) -> tuple[Admitted, str]:
    return alone(desk), ""


def waiting_for_decision(desk: Desk) -> tuple[Admitted, str]:
    from dataclasses import replace

    made = alone(desk)
    best_interests.assess(desk, replace(whole_assessment(made.stay), needs_bid=True), SAID)
    return made, ""


def searched_for(desk: Desk) -> tuple[Admitted, str]:
    made = alone(desk)
    agree_to(desk, made.person, "contact_famille", child=True)
    tracing.trace(desk, wanted(made.stay), [])
    return made, ""


def returning(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    file = ReturnFile(ReturnFileId(0), "", made.stay, desk.today(), "SN")
    key = voluntary_returns.open_file(desk, file, ReturnWords(wish="veut rentrer")).id
    return made, f"{key}/document"


def with_paper(desk: Desk) -> tuple[Admitted, str]:
    made = woman(desk)[0]
    papers.take_in(desk, made.person, paper_file(desk.folder), NewDocument("passeport", "Passeport"), made.stay)
    return made, str(papers.of(desk, made.person)[0].document.id)


FACTS: Mapping[str, Facts] = {
    "merge": twice,
    "document_out": with_paper,
    "return_step": returning,
    "return_close": returning,
    "return": away,
    "after_exit": gone,
    "resume": disappeared,
    "stay_days": gone,
    "follow_up": gone,
    "close_case": gone,
    "follow_up_held": followed,
    "plan_action": planned,
    "plan_agree": planned,
    "plan_done": with_action,
    "hand_back": depositing,
    "guardian": child,
    "notify": child,
    "bia": child,
    "tracing": child,
    "bid": waiting_for_decision,
    "tracing_step": searched_for,
}


def opened(qtbot: QtBot, window: Window, name: str) -> ActForm:
    """That form over a record, with what it needs."""
    return over(qtbot, window, name, *FACTS.get(name, woman)(desk_of(window)))


def over(qtbot: QtBot, window: Window, name: str, made: Admitted, at: str) -> ActForm:
    """That form over the record of that person."""
    assert window.frame is not None
    window.frame.open_record(made.person)
    page = page_of(window)
    page.record.open_form(name, at)
    form = page.record.form
    assert form is not None, name
    settle(qtbot)
    return form
