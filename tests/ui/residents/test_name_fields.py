"""What goes into a sealed name or contact is typed into a field that masks it and forgets what was copied from it."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import ContactId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.operations.residents import contacts
from shelter_desk.storage.retention.erasing import IDENTITY
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.residents.acts.contact_form import ContactPersonForm
from shelter_desk.ui.residents.record.sealed_part import SealedPart
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.ui.window import Window
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit
from tests.ui.forms.every_form_scene import NAMES, opened
from tests.ui.residents.record_walk import desk_of, page_of, window
from tests.ui.window.windows import settle

__all__ = ["window"]
# where each sealed column of `erasing.IDENTITY` and the names of a resident themselves are typed
OF_THE_PERSON = {
    ("persons", "last_name"): "Nom",
    ("persons", "first_name"): "Prénom",
    ("persons", "alias"): "Surnom",
    ("persons", "mother_name"): "Nom de la mère",
    ("persons", "father_name"): "Nom du père",
    ("persons", "paper_no"): "N°\u00a0du registre papier",
    ("persons", "iom_no"): "N°\u00a0de cas OIM",
    ("persons", "partner_no"): "N°\u00a0chez une structure",
    ("persons", "partner_no_of"): "Structure",
}
FROM_FILES = {("import_gaps", "sealed_told")}  # what a file says; no form asks for it
TYPED: dict[str, dict[tuple[str, str], str]] = {
    "guardian": {("guardians", "guardian_name"): "Nom du tuteur", ("guardians", "contact"): "Contact"},
    "tracing": {("tracings", "relatives"): "Nom du proche", ("tracings", "relatives.contact"): "Contact"},
    "exit of a child": {("exits", "handed_to"): "Adulte qui reçoit l’enfant"},
    "contact_person": {("contacts", "contact_name"): "Nom", ("contacts", "phone"): "Téléphone"},
    "interview": {("contacts", "contact_name"): "Nom", ("contacts", "phone"): "Téléphone"},
    "arrival": {("persons", "last_name"): "Nom", ("persons", "first_name"): "Prénom"},
    "admission": OF_THE_PERSON,
    "correct": OF_THE_PERSON,
}
# lines without a rule against names that hold none of a resident or of somebody around them
PLAIN = {
    "Structure",
    "Quantité",
    "Quantité du stock",
    "N° de reçu",
    "Région d’origine",
    "Référence de la décision",
    "Référence de la justice ou de la décision formelle (DIS)",
    "Référence du courrier",
    "Réf. du papier signé",
    "N°\u00a0de la plainte ou de l’affaire (scellé)",
    "Code de l’autre dossier",
    "Code de l’autre personne",
    "Code, si connue ici",
    "Décision prise par\u00a0: nom ou fonction",  # an authority
    "Certifié par",  # somebody of the shelter
    "Contact",  # of the service that a person is referred to
}


def form_of(qtbot: QtBot, window: Window, name: str) -> QWidget:
    """That form, over a record or elsewhere."""
    assert window.frame is not None
    if name == "exit of a child":
        made = alone(desk_of(window))
        window.frame.open_record(made.person)
        page_of(window).record.open_form("exit")
        form = page_of(window).record.form
        assert isinstance(form, ExitForm)
        return form
    if name == "arrival":
        window.frame.open("today")
        page = window.frame.pages["today"]
        assert isinstance(page, TodayPage)
        page.begin_catching_up()
        assert page.catch_up is not None
        return page.catch_up.add("arrival")
    if name == "admission":
        window.frame.open_admission(None)
        return page_of(window).admission
    return opened(qtbot, window, name)


def lines_of(form: QWidget) -> list[LineField]:
    return form.findChildren(LineField)


@pytest.mark.parametrize("name", [*NAMES, "exit of a child", "arrival", "admission"])
def test_no_form_has_a_plain_line_that_nobody_judged(qtbot: QtBot, window: Window, name: str) -> None:
    form = form_of(qtbot, window, name)
    plain = {one.label.text() for one in lines_of(form) if not one.open_words and not isinstance(one, NameField)}
    assert plain - PLAIN == set()


@pytest.mark.parametrize("name", TYPED)
def test_a_sealed_name_or_contact_is_typed_into_a_name_field(qtbot: QtBot, window: Window, name: str) -> None:
    form = form_of(qtbot, window, name)
    named = [one.label.text() for one in lines_of(form) if isinstance(one, NameField)]
    missing = [label for label in TYPED[name].values() if not any(one.startswith(label) for one in named)]
    assert (missing, named) == ([], named)


def test_every_sealed_column_has_a_form_in_this_list() -> None:
    sealed = {(table, column) for table, columns in IDENTITY.items() for column in columns}
    assert sealed - FROM_FILES - {column for columns in TYPED.values() for column in columns} == set()


def around_awa(window: Window) -> ContactPersonForm:
    """The form that corrects whom to reach around somebody, names masked or not as they are."""
    desk = desk_of(window)
    made = admit(desk, "1A", days=9)
    contacts.add(desk, Contact(ContactId(0), made.person, "oui", desk.today()), Named("Moussa", "70 00 00 00"))
    (line,) = contacts.of(desk, made.person).lines
    assert window.frame is not None
    window.frame.open_record(made.person)
    page_of(window).record.open_form("contact_person", str(line.contact.id))
    form = page_of(window).record.form
    assert isinstance(form, ContactPersonForm)
    return form


def mask(window: Window) -> None:
    assert window.frame is not None
    assert window.frame.top_bar.mask_switch is not None
    window.frame.top_bar.mask_switch.setChecked(True)


def test_who_is_to_be_reached_is_corrected_behind_dots_while_names_are_masked(window: Window) -> None:
    mask(window)
    form = around_awa(window)
    modes = [field.line.echoMode() for field in (form.name, form.phone)]
    assert (form.name.text(), modes) == ("Moussa", [QLineEdit.EchoMode.Password] * 2)


def test_a_name_copied_from_a_contact_is_forgotten_soon(window: Window) -> None:
    form = around_awa(window)
    form.phone.line.setFocus()
    form.phone.line.selectAll()
    form.phone.line.copy()
    assert window.guard is not None
    timer = window.guard.names.timer
    assert (QGuiApplication.clipboard().text(), timer.isActive()) == ("70 00 00 00", True)
    window.guard.names.forget()


def test_what_is_sealed_closes_when_names_are_masked_and_stays_closed(qtbot: QtBot, window: Window) -> None:
    around_awa(window)
    page_of(window).record.close_form()
    page_of(window).record.show_tab("stay")
    settle(qtbot)
    part = page_of(window).record.findChildren(SealedPart)[0]
    part.turn()
    before = part.facts.isHidden()
    mask(window)
    closed = part.facts.isHidden()
    part.turn()
    assert (before, closed, part.facts.isHidden(), part.button.isEnabled()) == (False, True, True, False)
