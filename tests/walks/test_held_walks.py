"""A bed is held, prolonged, given up, and taken by an admission, from the key of a page on, by keyboard alone."""

from datetime import timedelta

from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import place_requests
from shelter_desk.words import formats
from tests.operations.beds.held_scene import MOTHER, asked, hold
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def only(hands: Hands) -> HeldLine:
    (line,) = held_beds.register(hands.desk)
    return line


def test_a_bed_is_held_on_the_plan_and_taken_by_the_admission_of_that_arrival(hands: Hands) -> None:
    until = hands.desk.today() + timedelta(days=3)
    hands.press("Ctrl+2")
    hands.go_to("1A")
    hands.press("R")
    hands.enter(("Âge", "18"), ("Jusqu’à la nuit du", formats.day(until)), ("Annoncée par", "Police"))
    hands.save()
    line = only(hands)
    assert (line.place, line.held.groups[0].age_group, line.held.last, line.held.source) == (
        "1A", "a18_59", until, "police",
    )  # fmt: skip
    hands.press("Ctrl+1")
    hands.tick("Admettre. Arrivée attendue")
    hands.enter(("Nationalité", "Guinée (Guin"), ("Situation migratoire", "en transit"))
    hands.go_to("Féminin")
    hands.press("Tab", "Right", "Right", "Space")
    hands.write("27")
    hands.save()
    (one,) = residents.listed(hands.desk, "here")
    assert (one.person.sex, one.bed_code) == ("f", "1A")
    assert only(hands).came == ((one.person.code, one.person.id),)


def test_places_are_held_for_a_request_and_prolonged(hands: Hands) -> None:
    request = asked(hands.desk, MOTHER)
    number = place_requests.register(hands.desk)[0].request.request_no
    hands.find(number)
    hands.tick("Réserver un lit")
    hands.go_to("Un lit")
    hands.press("Right")
    hands.enter(("Chambre", "Famille"))
    hands.save()
    line = only(hands)
    assert (line.place, line.held.places, line.held.request, line.held.groups) == ("4", 2, request, MOTHER)
    hands.find(line.held.held_no)
    hands.tick("Prolonger ou modifier")
    hands.enter(("Jusqu’à la nuit du", formats.day(line.held.after)))
    hands.save()
    assert only(hands).held.after == line.held.after + timedelta(days=1)


def test_what_is_held_is_given_up_with_a_reason(hands: Hands) -> None:
    hold(hands.desk, "1A")
    hands.press("Ctrl+2")
    hands.press("L")
    hands.tick("Voir : Lit 1A")
    hands.tick("Annuler la réservation")
    hands.enter(("Motif de l’annulation", "Partie ailleurs"))
    hands.save()
    assert (only(hands).held.end_reason, only(hands).held.state(hands.desk.today())) == ("Partie ailleurs", "cancelled")
