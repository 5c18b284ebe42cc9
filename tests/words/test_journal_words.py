"""The journal in words: a value is read with the list of its table."""

from shelter_desk.words import journal


def test_a_channel_is_that_of_a_sending_or_that_of_an_incident() -> None:
    assert journal.value("channel", "cle_usb", "sendings") == "USB stick"
    assert journal.value("channel", "boite", "incidents") == "Complaint box"


def test_a_held_bed_given_up_with_its_request_says_the_outcome_and_else_the_words_typed() -> None:
    given_up = ("refusee", "Partie ailleurs")
    assert [journal.value("end_reason", one, "held_beds") for one in given_up] == ["request refused", "Partie ailleurs"]
