"""Workbooks that were filled in under the words of before are read: old headings, old labels of lists."""

import re

import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.codes import folded
from shelter_desk.domain.register_columns import LISTS
from tests.words.french.test_one_word import OTHER_WORDS
from tests.words.french.test_typography import WRONG

HEADINGS = {
    ("personnes", "partner_no"): "N° chez un partenaire",
    ("personnes", "partner_no_of"): "Partenaire de ce n°",
    ("sejours", "referral_source"): "Orienté(e) par",
    ("couchages", "place"): "Couchage",
    ("couchages", "room_code"): "Chambre (place d’appoint)",
    ("services", "partner"): "Partenaire",
    ("referencements", "issued_on"): "Émis le",
    ("mouvements", "pack"): "Conditionnement",
    ("mouvements", "pack_factor"): "Contenu d’un conditionnement",
}
LABELS = {
    ("absence_type", "injustifiee"): "Absence injustifiée",
    ("referral_status", "emise"): "Émise",
    ("referral_status", "cloturee"): "Clôturée avec retour d’information",
    ("referral_direction", "entrante"): "Entrante",
    ("stock_move_type", "correction"): "Contre-passation d’une erreur",
    ("service_type", "nfi_vetements"): "Vêtements / chaussures",
    ("migration_situation", "retour_assiste"): "Malien(ne) de retour assisté (AVRR)",
    ("migration_situation", "bloque"): "Migrant(e) bloqué(e) / en détresse",
    ("child_status", "non_accompagne"): "Mineur non accompagné",
    ("marital_status", "marie"): "Mariée",
    ("marital_status", "veuf"): "Veuf(ve)",
    ("stay_status", "present"): "Présent(e)",
    ("roll_call", "absent_injustifie"): "Absent(e), injustifié(e)",
    ("referral_source", "ne_au_centre"): "Né(e) au centre",
    ("exit_reason", "transfert"): "Transfert vers un autre centre / structure",
    ("bed_state", "quarantaine"): "Bloqué (sanitaire)",
}


@pytest.mark.parametrize("at", HEADINGS, ids="/".join)
def test_an_old_heading_is_known(at: tuple[str, str]) -> None:
    list_key, key = at
    known = {
        column.key
        for column in LISTS[list_key]
        if folded(HEADINGS[at]) in map(folded, (column.label_fr, column.label_en, *column.also))
    }
    assert known == {key}


@pytest.mark.parametrize("at", LABELS, ids="/".join)
def test_an_old_label_is_read(at: tuple[str, str]) -> None:
    name, code = at
    assert codes.read(name, LABELS[at]) == code


@pytest.mark.parametrize("name", ["marital_status", "referral_status", "migration_situation", "referral_source"])
def test_every_label_of_now_is_read(name: str) -> None:
    assert {one.code: codes.read(name, one.label_fr) for one in codes.codes(name)} == {
        one.code: one.code for one in codes.codes(name)
    }


def test_no_heading_of_now_is_one_of_before() -> None:
    headings = {(key, column.key): column.label_fr for key, columns in LISTS.items() for column in columns}
    wrong = {**OTHER_WORDS, **WRONG}
    assert {at: told for at, told in headings.items() if any(re.search(one, told) for one in wrong.values())} == {}
