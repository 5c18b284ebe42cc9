"""Values that imports left open, in words: the column, and what the file says there."""

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.words import field_labels


def column(list_key: str, key: str) -> str:
    """What the column is called."""
    known = next((one for one in LISTS.get(list_key, ()) if one.key == key), None)
    return known.label(words.language()) if known is not None else field_labels.label(key)


def told(text: str) -> str:
    """What the file says in place of the value."""
    return words.text("the file says “{text}”").format(text=text) if text else words.text("the file says nothing")
