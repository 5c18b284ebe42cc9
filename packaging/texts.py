"""Collects the texts of the program, merges their French, compiles it: `python packaging/texts.py [--check]`.

English stands in the code as literals of `words.text` and `words.count`. `translations/parts/*.po` is an inbox: what is
found there goes to `translations/fr.po` and leaves the inbox. Nothing written holds a date or a line number, so running
twice changes nothing.
"""

import argparse
import ast
import io
import re
import string
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
NBSP, NARROW = "\u00a0", "\u202f"
FRENCH_PLURALS = "nplurals=2; plural=(n > 1);"
HEADER = "# Texts of Shelter Desk. Written by packaging/texts.py, sorted; only the translations are typed by hand."
Id = str | tuple[str, str]


class Fixed(Catalog):
    """A catalogue whose header never changes: no dates, no tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header lines."""
        headers = [
            ("Project-Id-Version", "Shelter Desk"),
            ("Language", str(self.locale or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
        return [*headers, ("Plural-Forms", FRENCH_PLURALS)] if self.locale else headers


@dataclass(frozen=True)
class Place:
    """Where the texts of one checkout lie."""

    root: Path

    @property
    def parts(self) -> list[Path]:
        """The inbox."""
        return sorted((self.root / "translations" / "parts").glob("*.po"))

    @property
    def french(self) -> Path:
        """The French texts."""
        return self.root / "translations" / "fr.po"

    @property
    def template(self) -> Path:
        """The English texts, to start another language from."""
        return self.root / "translations" / "shelter_desk.pot"

    @property
    def compiled(self) -> Path:
        """What the program reads."""
        return self.root / "translations" / "fr" / "LC_MESSAGES" / "shelter_desk.mo"


# Reading the code -----------------------------------------------------------------------------------------------------


def is_text_call(node: ast.AST) -> str:
    """`text` or `count` where the node calls `words.text` or `words.count` or the bare names, else empty."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Attribute(value=ast.Name(id="words"), attr="text" | "count" as name) if node.args:
            return name
        case ast.Name(id="text" | "count" as name) if node.args:
            return name
    return ""


def from_words(tree: ast.AST) -> set[str]:
    """The bare names `text` and `count` that a module takes from `shelter_desk.words`."""
    imports = (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "shelter_desk.words")
    return {alias.name for node in imports for alias in node.names}


def text_calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call that shows a text, with `text` or `count`."""
    bare = from_words(tree)
    for node in ast.walk(tree):
        name = is_text_call(node)
        if name and isinstance(node, ast.Call) and (isinstance(node.func, ast.Attribute) or name in bare):
            yield name, node


def literals(name: str, call: ast.Call) -> Id | None:
    """The msgid of a call, None where it is not made of plain literals."""
    wanted = call.args[: 2 if name == "count" else 1]
    found = tuple(a.value for a in wanted if isinstance(a, ast.Constant) and isinstance(a.value, str))
    if name == "count":
        return (found[0], found[1]) if len(found) == 2 else None
    return found[0] if found else None


def notes_above(source: str) -> dict[int, str]:
    """For each line below a `Translators:` comment, the comment."""
    comments = {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    notes: dict[int, str] = {}
    for line, words in sorted(comments.items()):
        before = notes.pop(line, "")
        if before or words.startswith("Translators:"):
            notes[line + 1] = f"{before} {words}".strip()
    return notes


def collected(root: Path) -> dict[Id, set[str]]:
    """Every msgid of the program with what translators are told about it."""
    found: dict[Id, set[str]] = {}
    for path in sorted((root / "shelter_desk").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        notes = notes_above(source)
        for name, call in text_calls(ast.parse(source, str(path))):
            msgid = literals(name, call)
            if msgid:
                found.setdefault(msgid, set()).update(n for n in (notes.get(call.lineno, ""),) if n)
    return found


# Merging --------------------------------------------------------------------------------------------------------------


def key(message: Message) -> str:
    """What gettext looks a message up by: its singular."""
    return message.id[0] if isinstance(message.id, list | tuple) else str(message.id)


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    given = message.string
    return tuple(given) if isinstance(given, list | tuple) else (str(given or ""),)


def translations(path: Path) -> dict[str, tuple[str, ...]]:
    """What a PO file translates."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale="fr", ignore_obsolete=True, abort_invalid=True)
    return {key(m): tuple(map(typographic, strings(m))) for m in catalog if m.id and all(strings(m))}


def typographic(french: str) -> str:
    """The same text with the apostrophes and the unbreakable spaces of French."""
    french = re.sub(r" ([:;?%»])", NBSP + r"\1", french.replace("'", "’"))
    return french.replace("« ", "«" + NBSP)


def merged(place: Place) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """All French there is, the inbox before what was there, and where two of the inbox disagree."""
    french, quarrels = translations(place.french), []
    new: dict[str, tuple[str, ...]] = {}
    for part in place.parts:
        for msgid, string_ in translations(part).items():
            if new.setdefault(msgid, string_) != string_:
                quarrels.append(f"{part.name}: another French text exists for {msgid!r}: {new[msgid]!r}")
    return french | new, quarrels


def catalogue(texts: dict[Id, set[str]], french: dict[str, tuple[str, ...]] | None) -> Fixed:
    """The catalogue of these texts; without `french`, the template."""
    made = Fixed(locale=None if french is None else "fr", fuzzy=False)
    made.header_comment = HEADER
    for msgid, notes in texts.items():
        known = (french or {}).get(msgid if isinstance(msgid, str) else msgid[0], ())
        plural = not isinstance(msgid, str)
        empty = ("", "") if plural else ""
        string_ = (known if plural else known[0]) if len(known) == 1 + plural else empty
        made.add(msgid, string_, auto_comments=sorted(notes))
    return made


def written(catalog: Catalog) -> bytes:
    """The catalogue as a PO file."""
    file = io.BytesIO()
    write_po(file, catalog, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    return file.getvalue()


def machine(catalog: Catalog) -> bytes:
    """The catalogue as a MO file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


# Judging --------------------------------------------------------------------------------------------------------------


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def faults(catalog: Catalog) -> Iterator[str]:
    """What is wrong with the French, a line each."""
    for message in catalog:
        if not message.id:
            continue
        ids = tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)
        if not all(strings(message)):
            yield f"no French text for {ids[0]!r}"
            continue
        if len(ids) == 2 and not placeholders(ids[1]) <= {"n"}:
            yield f"a count can only hold {{n}}: {ids[1]!r}"
        yield from (f"{why}: {ids[0]!r}" for why in _english_faults(ids))
        for french, english in zip(strings(message), ids, strict=True):
            yield from (f"{why}: {french!r}" for why in _french_faults(french, english))


def _english_faults(ids: tuple[str, ...]) -> Iterator[str]:
    if any("!" in one for one in ids):
        yield "an exclamation mark"
    if any(re.search(r"\bplease\b", one, re.IGNORECASE) for one in ids):
        yield "“please”"


def _french_faults(french: str, english: str) -> Iterator[str]:
    if placeholders(french) != placeholders(english) and placeholders(french) | {"n"} != placeholders(english):
        yield f"other placeholders than {english!r}"
    if "veuillez" in french.casefold():
        yield "“veuillez”"
    if "!" in french:
        yield "an exclamation mark"
    if re.search(r" [:;?%]", french):
        yield "a plain space before a sign"
    if "'" in french:
        yield "a typewriter apostrophe"


def stale(place: Place, english: Catalog, french: Catalog) -> Iterator[str]:
    """Which files do not hold what they should."""
    wanted = {place.template: written(english), place.french: written(french), place.compiled: machine(french)}
    for path, content in wanted.items():
        if not path.is_file() or path.read_bytes() != content:
            yield f"{path.relative_to(place.root).as_posix()} is not up to date: run `make texts`"
    for part in place.parts:
        if translations(part):
            yield f"{part.relative_to(place.root).as_posix()} is not empty: run `make texts`"


def check(root: Path = ROOT) -> list[str]:
    """Everything that is wrong with the texts of this checkout; changes nothing."""
    place = Place(root)
    texts = collected(root)
    known, quarrels = merged(place)
    french = catalogue(texts, known)
    return [*quarrels, *faults(french), *stale(place, catalogue(texts, None), french)]


def keep_unused(place: Place, unused: dict[str, tuple[str, ...]]) -> None:
    """Put French that nothing uses any more back into the inbox: the text may return, or a person deletes it."""
    if not unused:
        return
    path = place.root / "translations" / "parts" / "unused.po"
    rest = Fixed(locale="fr", fuzzy=False)
    for msgid, french in (translations(path) | unused).items():
        rest.add(msgid if len(french) == 1 else (msgid, msgid), french[0] if len(french) == 1 else french)
    path.parent.mkdir(exist_ok=True)  # git keeps no empty folder
    path.write_bytes(written(rest))


def empty_inbox(place: Place, used: set[str]) -> Iterator[str]:
    """Take what was merged out of the inbox; what the code does not use stays there and is named."""
    for part in place.parts:
        left = {msgid for msgid in translations(part) if msgid not in used}
        if not left:
            part.unlink()
            continue
        yield from (f"{part.name}: not used by the code: {msgid!r}" for msgid in sorted(left))
        with part.open("rb") as file:
            catalog = read_po(file, locale="fr", ignore_obsolete=True)
        rest = Fixed(locale="fr", fuzzy=False)
        for message in catalog:
            if message.id and key(message) in left:
                rest.add(message.id, message.string)
        part.write_bytes(written(rest))


def update(root: Path = ROOT) -> list[str]:
    """Write the template, the French and the compiled French, and empty the inbox; what is still wrong."""
    place = Place(root)
    texts = collected(root)
    known, quarrels = merged(place)
    before = translations(place.french)
    english, french = catalogue(texts, None), catalogue(texts, known)
    place.compiled.parent.mkdir(parents=True, exist_ok=True)
    place.template.write_bytes(written(english))
    place.french.write_bytes(written(french))
    place.compiled.write_bytes(machine(french))
    used = {msgid if isinstance(msgid, str) else msgid[0] for msgid in texts}
    keep_unused(place, {m: s for m, s in known.items() if m not in used and m in before})
    left = [] if quarrels else list(empty_inbox(place, used))
    return [*quarrels, *left, *faults(french)]


def main() -> int:
    """Exit code 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Collect, merge, check and compile the texts of Shelter Desk.")
    parser.add_argument("--check", action="store_true", help="change nothing, list what is wrong")
    wrong = check() if parser.parse_args().check else update()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
