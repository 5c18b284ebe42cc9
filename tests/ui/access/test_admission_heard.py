"""An admission done by somebody who hears what a reader of the screen is given, and sees nothing."""

from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations.residents import residents
from shelter_desk.system import clock
from shelter_desk.ui.window import Window
from tests.ui.access.reader import Listener, Read
from tests.ui.residents.record_walk import desk_of, window

__all__ = ["window"]


def test_an_admission_is_done_from_what_is_read_out_alone(qtbot: QtBot, window: Window) -> None:
    hears = Listener(window)
    hears.press("Ctrl+3")
    assert hears.here().name == "Résidents"
    hears.go_to("Button", "Admettre")
    hears.press("Space")
    assert (hears.here().role, hears.here().name) == ("EditableText", "Nom")
    hears.write("Sidibe")
    hears.go_to("EditableText", "Prénom")
    hears.write("Awa")
    hears.choose("Sexe", "Féminin")
    hears.choose("Naissance", "Âge estimé")
    assert hears.go_to("EditableText", "Âge estimé").told == "obligatoire"
    hears.write("27")
    assert hears.search("Nationalité", "senegal").value == "Sénégal (Sénégalaise)"
    assert hears.search("Situation migratoire", "en transit").value == "En transit au Mali"
    hears.go_to("CheckBox", "Soins")
    hears.press("Space")
    assert "checked" in hears.here().states
    hears.choose("Accord pour l’hébergement", "Donné")
    bed = hears.choose("Lit pour cette nuit", "1B")
    assert bed.told == "Convient"
    hears.go_to("Button", "Admettre")
    hears.press("Space")
    assert hears.here() == refused("Langues", "« Langue » est vide. Remplissez ce champ.")
    hears.search("Langues", "bambara")
    hears.press("Ctrl+Return")
    (told,) = hears.hears("AlertMessage")
    (one,) = residents.listed(desk_of(window), "here")
    record = residents.record(desk_of(window), one.person.id)
    assert told.name == f"Admission de {one.person.code} enregistrée."
    assert (one.bed_code, one.person.sex, one.person.nationality) == ("1B", "f", "SN")
    assert one.person.birth == Birth(precision="estimated", age_estimated=27, age_estimated_on=clock.today())
    assert record.has_name


def refused(name: str, why: str) -> Read:
    return Read("EditableText", name, "", why, "", ("focused",))
