"""Values sealed one by one."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file.sealing import Box, OpenBox, Sealer, new_private

SEALER = Sealer(bytes(range(32)))
TEXTS = st.text(st.characters(codec="utf-8"))


@given(TEXTS)
def test_what_was_sealed_comes_back(value: str) -> None:
    assert SEALER.unseal("persons", "last_name", 7, SEALER.seal("persons", "last_name", 7, value)) == value


def test_an_empty_value_is_stored_empty() -> None:
    assert SEALER.seal("persons", "last_name", 7, "") == b""


def test_the_same_name_is_never_sealed_the_same_way() -> None:
    assert SEALER.seal("persons", "alias", 7, "Nakany") != SEALER.seal("persons", "alias", 7, "Nakany")


def test_the_length_of_a_name_does_not_show() -> None:
    assert len(SEALER.seal("persons", "alias", 7, "Awa")) == len(SEALER.seal("persons", "alias", 7, "Worokiatou-Salma"))


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("persons", "last_name", 8), ("persons", "first_name", 7), ("contacts", "last_name", 7)],
)
def test_a_value_moved_to_another_place_is_refused(table: str, column: str, row: int) -> None:
    sealed = SEALER.seal("persons", "last_name", 7, "Nakany")
    with pytest.raises(Damaged):
        SEALER.unseal(table, column, row, sealed)


def test_another_key_opens_nothing() -> None:
    sealed = SEALER.seal("persons", "last_name", 7, "Nakany")
    with pytest.raises(Damaged):
        Sealer(secrets.token_bytes(32)).unseal("persons", "last_name", 7, sealed)


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_an_altered_byte_is_refused(place: int) -> None:
    sealed = bytearray(SEALER.seal("persons", "last_name", 7, "Nakany"))
    sealed[place] ^= 1
    with pytest.raises(Damaged):
        SEALER.unseal("persons", "last_name", 7, bytes(sealed))


@pytest.mark.parametrize("length", [1, 11, 12, 13, 27, 40])
def test_a_cut_value_is_refused(length: int) -> None:
    sealed = SEALER.seal("persons", "last_name", 7, "Nakany")
    with pytest.raises(Damaged):
        SEALER.unseal("persons", "last_name", 7, sealed[:length])


@given(st.binary(max_size=200))
def test_the_content_of_a_file_comes_back_byte_for_byte(content: bytes) -> None:
    sealed = SEALER.seal_bytes("documents", "content", 3, content)
    assert SEALER.unseal_bytes("documents", "content", 3, sealed) == content


def test_content_moved_to_another_row_is_refused() -> None:
    sealed = SEALER.seal_bytes("documents", "content", 3, b"%PDF-1.7")
    with pytest.raises(Damaged):
        SEALER.unseal_bytes("documents", "content", 4, sealed)


def test_what_a_paper_held_in_its_row_opens_where_contents_lie_since() -> None:
    sealed = SEALER.seal_bytes("documents", "content", 3, b"%PDF-1.7")
    assert SEALER.unseal_bytes("document_contents", "content", 3, sealed) == b"%PDF-1.7"


def test_content_cut_short_is_refused() -> None:
    sealed = SEALER.seal_bytes("documents", "content", 3, b"%PDF-1.7")
    with pytest.raises(Damaged):
        SEALER.unseal_bytes("documents", "content", 3, sealed[:-1])


# what lies in files of shelters already: "Nakany" and "Bruit" as they were stored once, under the keys of this module
OWN_KEY = bytes.fromhex(
    "9ec61978a074e2ed0bc3cfe1973ba9897c522a157f18c6ec418b4f2078ed6d70a7578dd655307864d5ecf77bb0fb451a5e2e954c00ca8ab89638a787"
)
UNDER_OWN_KEY = bytes.fromhex(
    "1ea180b303e72b71d005e9f143d4791b171962c22e07cc59f5d376e82518f0a8aa504a1fe09771aab8f9e679aeab11f7e6708e41db67b285b037fe10"
)
IN_BOX = bytes.fromhex(
    "c64064986a2599efd400c97b3450075ec835f833da0a37e813f2b80d599fb23e116812352f17494f8a351d6e66ef2645"
    "156710d3eef789ff8f9e677342c2ba17d40e566c8661bb0feca16474007548baa4c29bc0879a8762ab25c1ec"
)


def test_a_value_that_was_stored_once_opens_ever_after() -> None:
    own = SEALER.of_row("persons", 7, OWN_KEY)
    assert own.unseal("persons", "last_name", 7, UNDER_OWN_KEY) == "Nakany"


BOX = OpenBox(bytes(range(32)))


def test_what_was_put_into_the_box_once_comes_out_ever_after() -> None:
    assert BOX.unseal("incidents", "facts", 7, IN_BOX) == "Bruit"


@given(TEXTS)
def test_what_was_put_into_the_box_with_its_public_key_comes_out_with_the_private_one(value: str) -> None:
    assert BOX.unseal("incidents", "facts", 7, Box(BOX.public).seal("incidents", "facts", 7, value)) == value


def test_the_box_is_never_sealed_the_same_way_twice() -> None:
    assert BOX.seal("incidents", "facts", 7, "Bruit") != BOX.seal("incidents", "facts", 7, "Bruit")


def test_the_length_of_what_is_in_the_box_does_not_show() -> None:
    assert len(BOX.seal("incidents", "facts", 7, "Bruit")) == len(BOX.seal("incidents", "facts", 7, "Bruit la nuit"))


def test_an_empty_value_takes_no_room_in_the_box() -> None:
    assert BOX.seal("incidents", "facts", 7, "") == b""


@pytest.mark.parametrize(
    ("table", "column", "row"), [("incidents", "facts", 8), ("incidents", "follow_up", 7), ("persons", "facts", 7)]
)
def test_what_is_in_the_box_does_not_open_in_another_place(table: str, column: str, row: int) -> None:
    sealed = BOX.seal("incidents", "facts", 7, "Bruit")
    with pytest.raises(Damaged):
        BOX.unseal(table, column, row, sealed)


def test_another_private_key_opens_nothing_of_the_box() -> None:
    sealed = BOX.seal("incidents", "facts", 7, "Bruit")
    with pytest.raises(Damaged):
        OpenBox(new_private()).unseal("incidents", "facts", 7, sealed)


@pytest.mark.parametrize("place", range(0, 90, 7))
def test_an_altered_byte_in_the_box_is_refused(place: int) -> None:
    sealed = bytearray(BOX.seal("incidents", "facts", 7, "Bruit"))
    sealed[place] ^= 1
    with pytest.raises(Damaged):
        BOX.unseal("incidents", "facts", 7, bytes(sealed))


@pytest.mark.parametrize("length", [1, 31, 32, 43, 44, 59, 80])
def test_a_cut_value_in_the_box_is_refused(length: int) -> None:
    sealed = BOX.seal("incidents", "facts", 7, "Bruit")
    with pytest.raises(Damaged):
        BOX.unseal("incidents", "facts", 7, sealed[:length])
