"""What each field is called, by its machine key: beside inputs and in sentences, as above the columns of workbooks."""

from shelter_desk import words
from shelter_desk.domain.fields import LISTS


def label(key: str) -> str:
    """The name of a field in the language spoken; a key without one stands for itself."""
    own = _labels().get(key)
    if own is not None:
        return own
    columns = (column for columns in LISTS.values() for column in columns if column.key == key)
    return next((column.label(words.language()) for column in columns), key)


def _labels() -> dict[str, str]:
    """Fields that stand in no workbook, or under a shorter name."""
    return {
        "room_code": words.text("Room"),
        "room": words.text("Room"),
        "bed_code": words.text("Bed"),
        "bed": words.text("Bed"),
        "from": words.text("From"),
        "to": words.text("Until"),
        "reason": words.text("Reason"),
        "password": words.text("Password"),
        "shelter_name": words.text("Name of the shelter"),
        "town": words.text("Town"),
    }
