"""Services in the words of a shelter, matched to the catalogue: words in any order, a slip of the pen forgiven."""

from functools import cache

from shelter_desk.domain import codes
from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.listing import ListColumn
from shelter_desk.excel.reading.headings import HeadingNames

_LIST = "service_type"


@cache
def _names() -> HeadingNames:
    return HeadingNames.of(
        ListColumn(one.code, one.label_fr, one.label_en, also=one.synonyms)
        for one in codes.codes(_LIST)
        if one.active and one.code != LODGING
    )


def meant(text: str) -> str | None:
    """The code of the service that a text names, None where it names none, or more than one."""
    found = codes.read(_LIST, text) or _names().key((text,))[0] or _names().nearly(text)
    return None if found == LODGING else found
