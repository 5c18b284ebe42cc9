"""The journal in words: a value is read with the list of its table."""

from shelter_desk.words import journal


def test_a_channel_is_that_of_a_sending_or_that_of_an_incident() -> None:
    assert journal.value("channel", "cle_usb", "sendings") == "USB stick"
    assert journal.value("channel", "boite", "incidents") == "Complaint box"
