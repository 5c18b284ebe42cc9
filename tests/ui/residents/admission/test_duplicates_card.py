"""Who may be known already, as it is shown: the nearest at once, the next in a turn of its own."""

from datetime import date

from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.ui.residents.admission.duplicates_card import DuplicatesCard
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import RuleLine
from tests.ui.window.windows import take_turns

TODAY, BORN = date(2026, 5, 4), Birth(date(1999, 1, 1))


def likeness(number: int) -> Likeness:
    return Likeness(Person(PersonId(number), f"7K3-QMX-{number}", "f", BORN, "GN"), 0, True, None)


def answers(card: DuplicatesCard) -> list[Button]:
    """Two of each person that is shown."""
    found: list[Button] = []
    for place in range(card.body.count()):
        item = card.body.itemAt(place)
        person = None if item is None else item.widget()
        found += [] if person is None else person.findChildren(Button)
    return found


def shown_card(qtbot: QtBot) -> DuplicatesCard:
    card = DuplicatesCard(TODAY)
    qtbot.addWidget(card)
    card.show()
    return card


def test_the_nearest_is_shown_at_once_and_the_next_in_its_turn(qtbot: QtBot) -> None:
    card = shown_card(qtbot)
    card.show_those([likeness(1), likeness(2), likeness(3)], BORN, female=True)
    at_once = len(answers(card))
    take_turns()
    assert (at_once, len(answers(card)), len(card.findChildren(RuleLine))) == (2, 4, 1)


def test_who_is_not_alike_any_more_does_not_come_in_a_later_turn(qtbot: QtBot) -> None:
    card = shown_card(qtbot)
    card.show_those([likeness(1), likeness(2)], BORN, female=True)
    card.show_those([likeness(3)], BORN, female=True)
    take_turns()
    assert (len(answers(card)), [one.person.id for one in card.found]) == (2, [3])
    card.show_those([], Birth(), female=True)
    take_turns()
    assert (answers(card), card.isVisible()) == ([], False)


def test_the_same_persons_are_not_made_anew_at_each_letter(qtbot: QtBot) -> None:
    card = shown_card(qtbot)
    card.show_those([likeness(1), likeness(2)], BORN, female=True)
    take_turns()
    before = answers(card)
    card.show_those([likeness(1), likeness(2)], BORN, female=True)
    assert answers(card) == before
    card.show_those([likeness(1), likeness(2)], Birth(date(1998, 1, 1)), female=True)
    assert not set(answers(card)) & set(before)
