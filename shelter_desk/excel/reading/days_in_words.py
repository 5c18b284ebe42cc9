"""Days whose month is written out: `3 février 2025`, `1er mars 2025`, `lundi 3 févr. 2025`, `Feb 3, 2025`."""

import re
import unicodedata
from collections.abc import Mapping

_MONTHS = (
    "janvier janv jan january",
    "fevrier fevr fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept sep september",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
)
MONTHS: Mapping[str, int] = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? "
_DAY_FIRST = re.compile(rf"(?:{_WEEKDAY})?(?:le )?(\d{{1,2}})(?:er)?[ -]+([a-z]+)\.?[ -]+(\d{{4}})", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", re.ASCII)


def day_in_words(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, which may be none of that month; None where the text says no such day."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
    found = _DAY_FIRST.fullmatch(plain)
    day, name, year = found.groups() if found else ("", "", "")
    if found is None and (found := _MONTH_FIRST.fullmatch(plain)):
        name, day, year = found.groups()
    return (int(year), MONTHS[name], int(day)) if name in MONTHS else None
