"""Each kind of data has its clock: narratives, consents, the record without a name, incidents; figures stay."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.errors import BadDates, ChangedSince, KeptUntil
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.retention.retention import RetainedItem, RetentionKind
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import flags, incidents, notes
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import integrity_check
from shelter_desk.system import clock
from tests.operations.case_scene import SECRET, stored_words, wording
from tests.operations.casefile.test_incidents import CONTENT, FACTS, complaint, fight
from tests.operations.referral_scene import agree_to_recording
from tests.operations.residents.test_erasure import unsealed
from tests.operations.retention_scene import AWA, alone, gone, last_line, opened
from tests.operations.shelter import QUICK, admit, days_ago

SEALED = "ligne_eas"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Narratives and names are kept for a month."""
    for made in opened(tmp_path):
        settings.keep_clocks(made, {RetentionKind.NARRATIVES: 1})
        yield made


def told_of(made: Admitted) -> Flag:
    """A red flag about that stay, to be set aside with a reason that tells a story."""
    return Flag("R-14", "I", person=made.person, stay=made.stay, code=made.code)


def noted(desk: Desk, *, days: int = 40) -> Admitted:
    """Somebody with a note, who left so many days ago."""
    made = admit(desk, "1A", names=AWA, days=days + 20)
    agree_to_recording(desk, made.person)
    notes.write(desk, made.person, wording(), made.stay)
    stays.leave(desk, made.stay, days_ago(days), "retour_autonome", "pays_origine")
    return made


def kinds(desk: Desk, code: str | None = None) -> list[RetentionKind]:
    return [one.item.kind for one in retention.due(desk) if code in (None, one.code)]


def approve(desk: Desk, *wanted: RetentionKind) -> retention.Erased:
    chosen = [one.item for one in retention.due(desk) if one.item.kind in wanted]
    return retention.approve(desk, chosen, "fin de conservation", alone(desk))


def closed_incident(desk: Desk, days: int = 40) -> IncidentId:
    made = incidents.report(desk, replace(fight(), occurred_at=days_ago(days + 2)), CONTENT).id
    incidents.close(desk, made, days_ago(days).date(), "Parlé avec les deux", "Deux prises au réfectoire")
    return made


# From when the clocks count -------------------------------------------------------------------------------------------


def test_the_clock_counts_from_the_closure_of_the_case(desk: Desk) -> None:
    made = gone(desk, days=90)
    exits.close_case(desk, made.stay, days_ago(40).date(), "objectifs_atteints")
    (one,) = retention.due(desk)
    assert (one.closed_on, one.was_closed) == (days_ago(40).date(), True)


def test_a_case_closed_late_is_not_due_yet_however_long_ago_the_exit_was(desk: Desk) -> None:
    made = gone(desk, days=90)
    exits.close_case(desk, made.stay, days_ago(10).date(), "objectifs_atteints")
    assert kinds(desk) == []


def test_a_case_that_nobody_closed_counts_from_the_exit_and_says_so(desk: Desk) -> None:
    gone(desk, days=90)
    (one,) = retention.due(desk)
    assert (one.closed_on, one.was_closed) == (days_ago(90).date(), False)


def test_the_closure_of_a_former_stay_does_not_close_the_last_one(desk: Desk) -> None:
    made = gone(desk, days=200)
    exits.close_case(desk, made.stay, days_ago(150).date(), "objectifs_atteints")
    again = stays.admit(desk, Admission(days_ago(100), "premiere", "transit", person=made.person))
    stays.leave(desk, again.stay, days_ago(90), "retour_autonome", "pays_origine")
    (one,) = retention.due(desk)
    assert (one.closed_on, one.was_closed) == (days_ago(90).date(), False)


# Narratives -----------------------------------------------------------------------------------------------------------


def test_narratives_of_a_child_go_while_the_name_is_kept(desk: Desk) -> None:
    made = gone(desk, "3A", age=12)
    flags.settle(desk, [told_of(made)], "a peur du cousin")
    assert kinds(desk, made.code) == [RetentionKind.NARRATIVES]
    approve(desk, RetentionKind.NARRATIVES)
    with desk.reading() as connection:
        kept = connection.execute(
            text("SELECT seal IS NOT NULL, protection_seal, erased_at FROM persons JOIN profiles USING (id)")
        ).one()
        reason = connection.execute(text("SELECT sealed_reason FROM settled_flags")).scalar_one()
    assert (tuple(kept), reason, kinds(desk)) == ((1, None, None), None, [])


def test_with_all_keys_nothing_in_the_database_gives_an_erased_narrative_back(desk: Desk) -> None:
    made = noted(desk)
    flags.settle(desk, [told_of(made)], "a peur du cousin")
    approve(desk, RetentionKind.NARRATIVES)
    with desk.reading() as connection:
        left = connection.execute(
            text("SELECT count(*) FROM case_notes WHERE body IS NOT NULL UNION ALL "
                 "SELECT count(*) FROM profiles WHERE protection_seal IS NOT NULL UNION ALL "
                 "SELECT count(*) FROM settled_flags WHERE sealed_reason IS NOT NULL")
        ).scalars().all()  # fmt: skip
    assert (left, "cousin" in stored_words(desk)) == ([0, 0, 0], False)
    assert not [one for one in unsealed(desk) if SECRET in one]


def test_names_take_the_narratives_along(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.NARRATIVES: 24})
    made = noted(desk)
    assert kinds(desk) == [RetentionKind.IDENTITY]
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert notes.read(desk, notes.of(desk, made.person)[0].note.id) == ""


def test_who_comes_back_after_an_erasure_has_new_notes_and_the_old_ones_are_empty(desk: Desk) -> None:
    made = noted(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    again = stays.admit(desk, Admission(days_ago(3), "premiere", "transit", person=made.person))
    notes.write(desk, made.person, wording("Elle revient"), again.stay)
    assert sorted(notes.read(desk, one.note.id) for one in notes.of(desk, made.person)) == ["", "Elle revient"]


# Consents -------------------------------------------------------------------------------------------------------------


def test_consents_stay_as_long_as_the_data_and_twelve_months(desk: Desk) -> None:
    made = noted(desk, days=300)
    settings.keep_clocks(desk, {RetentionKind.CONSENTS: 6})
    before = kinds(desk)
    approve(desk, RetentionKind.IDENTITY, RetentionKind.NARRATIVES)
    assert (RetentionKind.CONSENTS in before, kinds(desk)) == (False, [])
    with desk.database.transaction(retention.TOPICS) as connection:
        connection.execute(text("UPDATE persons SET erased_at = :at"), {"at": days_ago(250).strftime("%Y-%m-%dT%H:%M")})
    assert kinds(desk, made.code) == [RetentionKind.CONSENTS]


def test_erased_consents_leave_the_referrals_that_went_by_them(desk: Desk) -> None:
    made = noted(desk, days=300)
    settings.keep_clocks(desk, {RetentionKind.CONSENTS: 1})
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    with desk.database.transaction(retention.TOPICS) as connection:
        connection.execute(text("UPDATE persons SET erased_at = :at"), {"at": days_ago(200).strftime("%Y-%m-%d")})
    approve(desk, RetentionKind.CONSENTS)
    assert (consents.of(desk, made.person).all, kinds(desk)) == ((), [])


# The record without a name --------------------------------------------------------------------------------------------


def test_the_record_waits_for_names_and_narratives(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.RECORD: 2})
    made = noted(desk, days=100)
    assert RetentionKind.RECORD not in kinds(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert kinds(desk) == [RetentionKind.RECORD]


def test_a_reduced_record_keeps_days_that_are_counted_and_months_of_the_others(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.RECORD: 2})
    made = noted(desk, days=100)
    exits.close_case(desk, made.stay, days_ago(95).date(), "objectifs_atteints")
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    with desk.reading() as connection:
        before = connection.execute(text("SELECT admitted_at, exited_at FROM stays")).one()
    approve(desk, RetentionKind.RECORD)
    with desk.reading() as connection:
        after = connection.execute(text("SELECT admitted_at, exited_at FROM stays")).one()
        days = connection.execute(text("SELECT case_closed_on FROM exits UNION ALL SELECT noted_at FROM case_notes"))
        reduced = [str(day) for day in days.scalars()]
    assert (tuple(after), {day[7:] for day in reduced}, kinds(desk)) == (tuple(before), {"-01"}, [])


# Incidents ------------------------------------------------------------------------------------------------------------


def test_an_incident_is_due_after_its_term_and_never_while_it_is_open(desk: Desk) -> None:
    incidents.report(desk, replace(fight(), occurred_at=days_ago(400)), CONTENT)
    closed_incident(desk)
    assert kinds(desk) == []
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    assert kinds(desk) == [RetentionKind.INCIDENT]


def test_an_erased_incident_keeps_what_is_counted_and_nothing_that_was_told(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    key = closed_incident(desk)
    done = approve(desk, RetentionKind.INCIDENT)
    kept = incidents.register(desk)[0]
    assert (done.codes, kept.incident.id, kept.has_content, kept.reported_by) == (
        (kept.incident.incident_no,),
        key,
        False,
        "",
    )
    assert (kept.incident.incident_type, kept.incident.severity) == ("violence_residents", "mineur")
    assert incidents.read(desk, key).facts == ""


def test_with_all_keys_the_journal_does_not_give_an_erased_incident_back(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    key = closed_incident(desk)
    with desk.reading() as connection:
        before = connection.execute(text("SELECT seal FROM incidents")).scalar_one()
        told = [str(one) for one in connection.execute(text("SELECT details FROM journal")).scalars()]
    assert (len(before) > 60, [one for one in told if '"seal"' in one]) == (True, [])
    approve(desk, RetentionKind.INCIDENT)
    with desk.reading() as connection:
        assert connection.execute(text("SELECT seal FROM incidents WHERE id = :id"), {"id": key}).scalar_one() is None
    assert FACTS not in stored_words(desk)


def test_a_sealed_matter_goes_by_a_clock_of_its_own(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    matter = replace(complaint(), incident_type="eas", severity="", channel=SEALED, occurred_at=days_ago(60))
    key = incidents.report(desk, matter, IncidentContent()).id
    incidents.close(desk, key, days_ago(50).date())
    assert kinds(desk) == []
    settings.keep_clocks(desk, {RetentionKind.SEALED_INCIDENT: 1})
    assert kinds(desk) == [RetentionKind.SEALED_INCIDENT]
    approve(desk, RetentionKind.SEALED_INCIDENT)
    assert (incidents.register(desk)[0].incident.channel, kinds(desk)) == ("", [])


@pytest.mark.parametrize("is_closed", [True, False])
def test_an_incident_before_its_term_or_open_is_not_erased(desk: Desk, is_closed: bool) -> None:
    key = closed_incident(desk) if is_closed else incidents.report(desk, fight(), CONTENT).id
    with pytest.raises(KeptUntil if is_closed else ChangedSince):
        retention.approve(desk, [RetainedItem(RetentionKind.INCIDENT, key)], "fin de conservation", alone(desk))


# One list, one transaction --------------------------------------------------------------------------------------------


def test_one_approval_erases_every_kind_and_the_journal_counts_them_without_a_word(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    made = noted(desk)
    closed_incident(desk)
    done = approve(desk, *RetentionKind)
    told = json.loads(last_line(desk).details)
    assert (done.count, told["kinds"], told["count"]) == (3, {"identity": 1, "incident": 1, "narratives": 1}, 3)
    assert made.code in told["codes"]
    assert not [word for word in ("cousin", "téléphone", "Sacko") if word in last_line(desk).details]


def test_nothing_goes_when_one_line_of_the_list_may_not(desk: Desk) -> None:
    made, key = noted(desk), closed_incident(desk)
    with pytest.raises(KeptUntil):
        retention.approve(
            desk,
            [RetainedItem(RetentionKind.NARRATIVES, made.person), RetainedItem(RetentionKind.INCIDENT, key)],
            "fin",
            alone(desk),
        )
    assert notes.read(desk, notes.of(desk, made.person)[0].note.id) == SECRET


# Holds ----------------------------------------------------------------------------------------------------------------


def test_a_hold_suspends_every_kind_until_its_day_is_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = noted(desk)
    retention.hold(desk, made.person, "procédure en cours", desk.today() + timedelta(days=3))
    held = [one.is_held for one in retention.due(desk)]
    tomorrow = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    monkeypatch.setattr(clock, "today", tomorrow.date)
    assert (held, [one.is_held for one in retention.due(desk)], retention.holds(desk)) == ([True] * 2, [False] * 2, ())


def test_a_hold_does_not_end_before_it_begins(desk: Desk) -> None:
    made = gone(desk)
    with pytest.raises(BadDates):
        retention.hold(desk, made.person, "procédure", days_ago(1).date())


def test_narratives_without_a_name_are_held_as_well(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names(), days=60)
    agree_to_recording(desk, made.person)
    notes.write(desk, made.person, wording(), made.stay)
    stays.leave(desk, made.stay, days_ago(40), "retour_autonome", "pays_origine")
    retention.hold(desk, made.person, "plainte")
    assert [(one.item.kind, one.is_held) for one in retention.due(desk)] == [(RetentionKind.NARRATIVES, True)]


# Figures --------------------------------------------------------------------------------------------------------------


def test_no_figure_of_a_past_month_moves_when_every_kind_was_erased(tmp_path: Path) -> None:
    with training.make(tmp_path / "exercice", "gao", 12, 7, cost=QUICK).desk as desk:
        for kind in RetentionKind:
            settings.keep_clocks(desk, {kind: 1})
        last = training.last_full_month(desk)
        months = [last]
        while len(months) < 12:
            months.append(months[-1].month_before)
        incidents.report(desk, replace(fight(), occurred_at=datetime.combine(last.first, time(20))), CONTENT)
        left = next(one for one in retention.due(desk) if one.case is not None)
        assert left.case is not None
        flags.settle(desk, [Flag("R-14", "I", stay=left.case.stays[0].id, code=left.code)], "a peur du cousin")
        with desk.database.transaction(retention.TOPICS) as connection:
            connection.execute(text("UPDATE incidents SET closed_on = '2020-01-01'"))
        before = [reports.monthly(desk, month) for month in months]
        told = []
        while waiting := retention.due(desk):
            told += [one.item.kind for one in waiting]
            approve(desk, *RetentionKind)
            with desk.database.transaction(retention.TOPICS) as connection:
                connection.execute(text("UPDATE persons SET erased_at = '2020-01-01' WHERE erased_at IS NOT NULL"))
        after = [reports.monthly(desk, month) for month in months]
        assert {*told} >= {
            RetentionKind.IDENTITY,
            RetentionKind.NARRATIVES,
            RetentionKind.RECORD,
            RetentionKind.INCIDENT,
        }
        assert [one.report for one in after] == [one.report for one in before]
        assert integrity_check.check(desk).stays > 0
