"""Facts about persons in a closed month, through every door: for a reason, which the journal keeps, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.assistance import Activity, Service
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.ids import ActivityId, IncidentId, PartnerId, ServiceId, VictimStatusId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason, StockOfClosedMonth
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.domain.stock.vouchers import Receipt, ReceivedLine
from shelter_desk.operations import desk as desks
from shelter_desk.operations.assistance import activities, assistance, partners, referrals
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.stays import absences, roll_call, stays, victim_statuses
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import vouchers
from shelter_desk.operations.today import today as days
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from tests.operations import store_scene as store
from tests.operations.referral_scene import CLINIC, wish
from tests.operations.retention_scene import alone
from tests.operations.shelter import admit, bed, born, open_small_shelter


@dataclass
class Scene:
    desk: Desk
    month: Period
    she: Admitted
    girl: Admitted

    @property
    def day(self) -> date:
        """In the middle of the month that is closed."""
        return self.month.first + timedelta(days=14)

    def at(self, hour: int = 15) -> datetime:
        return datetime.combine(self.day, time(hour))

    @property
    def days_since(self) -> int:
        return (self.desk.today() - self.day).days


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    desk = open_small_shelter(tmp_path / "shelter")
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
    she, girl = admit(desk, "1A", days=100, names=Names("Diara", "Awa")), admit(desk, "3A", age=15, days=100)
    month = Period(desk.today(), desk.today()).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    yield Scene(desk, month, she, girl)
    desk.close()


def correct(scene: Scene) -> object:
    person = residents.record(scene.desk, scene.she.person).person
    return residents.correct(scene.desk, replace(person, birth=born(15)), residents.name(scene.desk, person.id))


def call_roll(scene: Scene) -> object:
    called = [RollCallDone(one.stay) for one in (scene.she, scene.girl)]
    return roll_call.call(scene.desk, scene.day, called)


def report_incident(scene: Scene) -> object:
    told = Incident(IncidentId(0), "", scene.at(), scene.desk.now(), "violence_residents", "mineur")
    return incidents.report(scene.desk, told, IncidentContent(facts="une dispute", immediate_action="séparées"))


def hold_activity(scene: Scene) -> object:
    held = Activity(ActivityId(0), "", "psy_groupe", scene.day, "residents")
    return activities.hold_activity(scene.desk, held, [scene.she.stay])


def decide(scene: Scene) -> object:
    status = VictimStatus(
        VictimStatusId(0), scene.she.stay, "presumee", scene.day, review_on=scene.desk.today() + timedelta(days=30)
    )
    return victim_statuses.decide(scene.desk, status)


DOORS: dict[str, Callable[[Scene], object]] = {
    "admission": lambda one: admit(one.desk, "1C", days=one.days_since),
    "exit": lambda one: stays.leave(one.desk, one.she.stay, one.at(), "depart_volontaire", "inconnue"),
    "move": lambda one: stays.move(one.desk, one.she.stay, Spot("lit", bed(one.desk, "1D").id), one.at()),
    "void": lambda one: stays.void(one.desk, one.she.stay, "doublon"),
    "absence": lambda one: absences.be_away(one.desk, one.she.stay, "hopital", one.day),
    "service": lambda one: assistance.give(one.desk, [Service(ServiceId(0), "", one.day, one.she.stay, "san_consult")]),
    "meal": lambda one: activities.serve_meals(one.desk, one.day, "dejeuner"),
    "referral": lambda one: referrals.receive(one.desk, wish(one.she, CLINIC), one.day),
    "status": decide,
    "correction": correct,
    "activity": hold_activity,
    "incident": report_incident,
    "roll call": call_roll,
    "catch-up": lambda one: absences.be_away(days.afterwards(one.desk), one.she.stay, "hopital", one.day),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_fact_of_a_closed_month_is_written_for_a_reason_that_the_journal_keeps(scene: Scene, door: str) -> None:
    before = _told(scene.desk)
    with pytest.raises(NeedsLateReason) as refused:
        DOORS[door](scene)
    assert (refused.value.months, _told(scene.desk)) == ((scene.month,), before)
    with scene.desk.because_late("saisie_tardive: le cahier de la nuit"):
        DOORS[door](scene)
    kept = _last(scene.desk).known
    assert kept["late_months"] == [f"{scene.month.first:%Y-%m}"]
    assert kept["late_reason"] == "saisie_tardive: le cahier de la nuit"
    assert scene.desk.late_reason == ""


def test_what_is_of_the_month_that_runs_asks_for_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = scene.desk
    this = scene.month.month_after.first  # its first day: a night that began in the month before is over then
    now = max(clock.now(), datetime.combine(this, time(1)))
    monkeypatch.setattr(clock, "now", lambda: now)
    stays.move(desk, scene.she.stay, Spot("lit", bed(desk, "1D").id), datetime.combine(this, time(0, 30)))
    stays.leave(desk, scene.girl.stay, datetime.combine(this, time(0, 20)), "depart_volontaire", "inconnue")
    assert "late_reason" not in _last(desk).known
    assert month_versions.pending(desk, scene.month) == ()


def test_erasing_a_name_is_never_late_and_moves_no_figure_of_a_closed_month(scene: Scene) -> None:
    desk = scene.desk
    stays.leave(desk, scene.she.stay, desk.now(), "autonomie", "inconnue")
    retention.erase_on_request(desk, scene.she.person, "demande écrite", alone(desk))
    assert "late_reason" not in _last(desk).known
    assert month_versions.pending(desk, scene.month) == ()


def test_until_a_month_is_closed_nothing_of_it_is_late(scene: Scene) -> None:
    closing.reopen(scene.desk, scene.month, "un oubli")
    admit(scene.desk, "1C", days=scene.days_since)
    assert "late_reason" not in _last(scene.desk).known


def test_what_came_late_is_taken_back_for_the_reason_it_came_with(scene: Scene) -> None:
    with scene.desk.because_late("erreur"):
        done = absences.be_away(scene.desk, scene.she.stay, "hopital", scene.day)
    desks.undo(scene.desk, done)
    assert _last(scene.desk).known["late_reason"] == "erreur"
    assert month_versions.pending(scene.desk, scene.month) == ()


def test_an_act_of_before_the_closing_is_not_taken_back_after_it_without_a_reason(scene: Scene) -> None:
    desk = scene.desk
    closing.reopen(desk, scene.month, "un oubli")
    done = absences.be_away(desk, scene.she.stay, "hopital", scene.day)
    closing.close(desk, scene.month, lambda _: "sans_objet")
    with pytest.raises(NeedsLateReason):
        desks.undo(desk, done)
    assert month_versions.pending(desk, scene.month) == ()


def test_the_ledger_of_a_closed_month_stands(scene: Scene) -> None:
    desk = scene.desk
    closing.reopen(desk, scene.month, "un oubli")
    came = vouchers.receive(desk, Receipt(scene.day, "achat", (ReceivedLine(store.soap(desk), 9_000),)))
    closing.close(desk, scene.month, lambda _: "sans_objet")
    for reason in ("", "saisie_tardive"):
        with desk.because_late(reason), pytest.raises(StockOfClosedMonth) as refused:
            desks.undo(desk, came)
        assert refused.value.first == scene.month.first


def _last(desk: Desk) -> journal.JournalLine:
    with desk.reading() as connection:
        return journal.last(connection)


def _told(desk: Desk) -> list[str]:
    """What was done so far; that a name was looked at is kept whatever comes of it."""
    with desk.reading() as connection:
        return [one.action for one in journal.lines(connection) if one.action != "name_read"]
