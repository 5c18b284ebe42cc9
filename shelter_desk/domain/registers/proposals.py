"""What a text that no list has may mean: proposed to a person, never taken by itself; rather nothing than a bad one."""

from shelter_desk.domain import codes

# in what part of its telling words a name has to stand; a place beside who sent somebody changes nothing
_COVERS = {
    "referral_source": 0.5,
    "exit_reason": 0.75,
    "exit_destination": 0.75,
    "migration_situation": 0.75,
    "entry_kind": 0.75,
}
# with these a text says something else than the name that stands in it, or several things
_TURNED = frozenset(
    (
        *("ou", "pas", "non", "ni", "sans", "sauf", "jamais", "ex", "ancien", "ancienne", "futur", "attente"),
        *("refus", "refuse", "refusee"),
    )
)
_EMPTY = frozenset(
    (
        *("par", "la", "le", "les", "l", "de", "du", "des", "d", "un", "une", "a", "au", "aux", "en", "et", "avec"),
        *("son", "sa", "ses", "leur", "chez", "vers", "via", "suite", "cause", "motif", "pour", "venu", "venue"),
        *("amene", "amenee", "envoye", "envoyee", "oriente", "orientee", "refere", "referee", "conduit", "conduite"),
        *("depose", "deposee", "adresse", "adressee", "recu", "recue"),
    )
)
_SHORTEST = 5  # letters of a name; a shorter one counts in capitals alone, as OIM


def propose(list_name: str, text: str) -> str | None:
    """The one code whose name stands in the text and tells most of it; None where several do, or none."""
    typed = text.split("(", maxsplit=1)[0]
    words = _words(typed)
    if list_name not in _COVERS or not words or "?" in text or "/" in text or not _TURNED.isdisjoint(words):
        return None
    telling = sum(len(word) for word in words if word not in _EMPTY)
    found: dict[tuple[int, int], set[str]] = {}
    for one in codes.codes(list_name):
        for name in (one.label_fr, one.label_en, *one.synonyms) if one.active else ():
            for place in _places(_words(name), words, name, typed):
                found.setdefault(place, set()).add(one.code)
    whole = {
        place: meant
        for place, meant in found.items()
        if not any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in found)
    }
    meant = set().union(*whole.values()) if whole else set()
    covered = {at for first, last in whole for at in range(first, last)}
    told = sum(len(words[at]) for at in covered if words[at] not in _EMPTY)
    return meant.pop() if len(meant) == 1 and telling and told / telling >= _COVERS[list_name] else None


def _places(name: list[str], words: list[str], written: str, typed: str) -> list[tuple[int, int]]:
    """Where that name stands among the words."""
    size = len(name)
    if not size or (sum(map(len, name)) < _SHORTEST and not (written.isupper() and written in typed)):
        return []
    return [(at, at + size) for at in range(len(words) - size + 1) if words[at : at + size] == name]


def _words(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in codes.unaccented(text)).split()
