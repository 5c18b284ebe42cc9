"""Imports after two files became one: whoever a line means, under whichever code, is the one person."""

from pathlib import Path

from shelter_desk.operations.imports import intake_batches, opened_files, register_export, registers
from shelter_desk.operations.residents import merging, residents
from tests.operations.imports.test_intake import nobody, opened
from tests.operations.imports.test_own_registers import HEADINGS, book, counts
from tests.operations.residents.merging_scene import Scene, scene
from tests.operations.shelter import days_ago

__all__ = ["scene"]


def test_the_registers_of_before_change_nothing(scene: Scene, tmp_path: Path) -> None:
    register_export.export(scene.desk, tmp_path / "before.xlsx")
    scene.merge()
    look = registers.look(scene.desk, tmp_path / "before.xlsx")
    assert look.judgement.refusals == []
    assert {name: (one.new, one.refused) for name, one in look.judgement.counts.items()} == dict.fromkeys(
        look.judgement.counts, (0, 0)
    )
    assert look.judgement.counts["personnes"].changed == 0


def test_a_line_under_the_former_code_reaches_the_one_file(scene: Scene, tmp_path: Path) -> None:
    scene.merge()
    headings = ("Date", "Code bénéficiaire", "Type de service", "Quantité")
    day = days_ago(3).strftime("%d/%m/%Y")
    register = (
        "Code bénéficiaire",
        "N° dossier",
        "Sexe",
        "Nationalité",
        "Date d'entrée",
        "Date de sortie",
        "Catégorie",
    )
    came = ((scene.former, "99/2025", "F", "Guinée", "01/02/2026", "05/02/2026", "En transit au Mali"),)
    path = book(
        tmp_path / "r.xlsx",
        Services=(headings, (day, scene.former, "Repas", 2)),
        Registre=(register, *came),
    )
    look = registers.look(scene.desk, path)
    assert look.judgement.refusals == []
    registers.take_in(scene.desk, look)
    assert len(residents.listed(scene.desk, "all")) == 1
    record = residents.record(scene.desk, scene.first.person)
    assert "99/2025" in [one.stay.stay_no for one in record.stays]
    assert counts(look)["services"] == (1, 0, 0, 0)


def test_who_is_decided_by_the_former_code_is_the_one_person(scene: Scene, tmp_path: Path) -> None:
    scene.merge()
    line = (1, "Koulibaly Awa", "F", "27 ans", "Guinée", "03/02/2026", "Malienne de retour (volontaire)", "09/02/2026")
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, line))
    look = registers.looked_at(scene.desk, opened_files.read(path), persons={("Registre", 2): scene.former})
    registers.take_in(scene.desk, look)
    assert len(residents.record(scene.desk, scene.first.person).stays) == 3


def test_an_import_that_brought_both_is_undone_around_them(scene: Scene, tmp_path: Path) -> None:
    former = (
        1,
        "TOURÉ Fanta",
        "F",
        "25 ans",
        "Malienne",
        "03/02/2026",
        "Malienne de retour (volontaire)",
        "09/02/2026",
    )
    later = (2, "KEITA Rokia", "F", "26 ans", "Malienne", "05/03/2026", "Malienne de retour (volontaire)", None)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, former, later))
    intake_batches.take_in(scene.desk, opened(scene.desk, path), nobody)
    (one,), (other,) = (residents.search(scene.desk, typed) for typed in ("fanta toure", "rokia keita"))
    merging.merge(scene.desk, one, other, {}, "import")
    intake_batches.undo(scene.desk, intake_batches.past(scene.desk)[0].batch.id, nobody)
    assert len(residents.record(scene.desk, one).stays) == 2


def test_the_same_own_register_again_asks_nothing_and_turns_no_chosen_value_back(scene: Scene, tmp_path: Path) -> None:
    former = (
        1,
        "TOURÉ Fanta",
        "F",
        "25 ans",
        "Malienne",
        "03/02/2026",
        "Malienne de retour (volontaire)",
        "09/02/2026",
    )
    later = (2, "KEITA Rokia", "F", "26 ans", "Malienne", "05/03/2026", "Malienne de retour (volontaire)", None)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, former, later))
    registers.take_in(scene.desk, registers.look(scene.desk, path))
    (one,), (other,) = (residents.search(scene.desk, typed) for typed in ("fanta toure", "rokia keita"))
    merging.merge(scene.desk, one, other, {"names": "other", "birth": "other"}, "import")
    look = registers.look(scene.desk, path)
    assert look.judgement.refusals == []
    assert {name: (n.new, n.changed) for name, n in look.judgement.counts.items()} == dict.fromkeys(
        look.judgement.counts, (0, 0)
    )
