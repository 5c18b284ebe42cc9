"""Uses what `test_routes` added to a copy of the house, and prints what holds; any failure ends it."""
# mypy: ignore-errors

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shelter_desk.domain.residents.residents import Names


def say(what: str) -> None:
    """One thing more that holds."""
    sys.stdout.write(f"{what}\n")


def field(folder: Path) -> None:
    """A name of the clan, from the admission to its erasure."""
    from PySide6.QtWidgets import QApplication

    from shelter_desk.domain.approvals import GraveAct
    from shelter_desk.domain.sending.gate import GateAnswers
    from shelter_desk.operations.imports import register_export, registers
    from shelter_desk.operations.residents import residents, retention
    from shelter_desk.operations.stays import exits, stays
    from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
    from tests.operations.retention_scene import alone
    from tests.operations.shelter import admit, days_ago, open_small_shelter

    application = QApplication.instance() or QApplication([])
    desk = open_small_shelter(folder / "one")
    made = admit(desk, "1A", names=Names("KEITA", "Awa", clan="Pêcheurs"), days=200)
    with desk.reading() as connection:
        (kept,) = connection.exec_driver_sql("SELECT clan FROM persons").one()
    assert kept is not None
    assert b"cheurs" not in kept
    say("sealed")
    record = residents.record(desk, made.person)
    form = CorrectionForm(desk, record, record.stays[0])
    assert form.clan.text() == "Pêcheurs"
    say("shown")
    form.clan.set_text("Forgerons")
    form.act()
    assert residents.name(desk, made.person).clan == "Forgerons"
    say("corrected")
    register_export.export_with_names(
        desk, folder / "out.xlsx", GateAnswers(purpose="essai"), alone(desk, GraveAct.EXPORT)
    )
    say("exported")
    other = open_small_shelter(folder / "two")
    registers.take_in(other, registers.look(other, folder / "out.xlsx"))
    (person,) = [one.person.id for one in residents.listed(other, "all")]
    assert residents.name(other, person).clan == "Forgerons"
    say("imported")
    stays.leave(desk, made.stay, days_ago(100), "autonomie")
    exits.close_case(desk, made.stay, days_ago(90).date(), "objectifs_atteints")
    retention.erase_on_request(desk, made.person, "demande", alone(desk))
    with desk.reading() as connection:
        assert connection.exec_driver_sql("SELECT clan FROM persons").one() == (None,)
    say("erased")
    other.close()
    desk.close()
    application.quit()


def figure() -> None:
    """Incidents of the night, in the report, by name, in its tables and for a donor's workbook."""
    from shelter_desk.domain.reports import compute
    from shelter_desk.domain.reports.layout.blocks import tables
    from shelter_desk.domain.reports.references import shapes_of
    from shelter_desk.words.reports import reports as labels
    from tests.domain.reports.rich import shelter_facts

    facts = shelter_facts()
    night = replace(rich_incident(), occurred_at=datetime(2026, 11, 10, 3))
    report = compute(replace(facts, incidents=(night,)))
    assert report.value("t12.at_night") == 1
    say("counted")
    assert labels.label(("figure", "t12.at_night")) in ("De nuit", "At night")
    say("named")
    keys = {key for table in tables(report) for row in table.rows for cell in row.cells if cell for key in cell[:1]}
    assert "t12.at_night" in keys
    say("printed")
    assert shapes_of("t12.at_night") == {()}
    say("asked")


def rich_incident():
    """An incident of the month."""
    from shelter_desk.domain.casefile.incidents import Incident
    from shelter_desk.domain.ids import IncidentId

    when = datetime(2026, 11, 10, 3)
    return Incident(IncidentId(1), "", when, when, "vol", "mineur")


if __name__ == "__main__":
    field(Path(sys.argv[2])) if sys.argv[1] == "field" else figure()
