"""A name in clear is found where it stands; what only looks like a short one is none."""

from sqlalchemy import create_engine, text

from tests.operations.imports.stored_words import in_clear


def test_a_name_is_found_in_texts_and_bytes_and_a_short_one_not_by_chance() -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("CREATE TABLE lines (told, sealed)"))
        row = {"told": '{"name": "Awa"} AWA-7K3', "sealed": b"\x01Diarra\xffKof"}
        connection.execute(text("INSERT INTO lines VALUES (:told, :sealed)"), row)
        assert in_clear(connection, ["lines"], ("awa", "diarra", "kof", "mensah")) == ["awa", "diarra"]
        connection.execute(text("UPDATE lines SET told = 'AWA-7K3 xawax'"))
        assert in_clear(connection, ["lines"], ("awa",)) == []
