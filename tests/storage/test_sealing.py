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


def test_content_cut_short_is_refused() -> None:
    sealed = SEALER.seal_bytes("documents", "content", 3, b"%PDF-1.7")
    with pytest.raises(Damaged):
        SEALER.unseal_bytes("documents", "content", 3, sealed[:-1])


BOX = OpenBox(bytes(range(32)))


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
