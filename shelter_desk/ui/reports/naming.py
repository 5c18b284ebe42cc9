"""How a figure is called where it is opened, and the short heads of its columns."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import NOT_RECORDED, Dims, Ref
from shelter_desk.domain.reports.layout.stay_tables import Label
from shelter_desk.domain.reports.tables.t02_movements import MINORS
from shelter_desk.words.reports import reports as report_words

AGES = {"a00_04": "0–4", "a05_11": "5–11", "a12_17": "12–17", "a18_59": "18–59", "a60p": "60+", "unk": "?"}


def head(label: Label) -> str:
    """The head of a column, short enough to stand over a number."""
    kind, code = label
    if kind == "age_group":
        return AGES.get(code, code)
    if kind == "rollup":
        return {
            "filles": words.text("Girls"),
            "garcons": words.text("Boy."),
            "femmes": words.text("Wom."),
            "hommes": words.text("Men."),
            "nr": words.text("NR"),
        }.get(code, code)
    assets = {
        "t10.start": words.text("Start"),
        "t10.received": words.text("Recvd."),
        "t10.lost": words.text("Lost"),
        "t10.transferred": words.text("Transf."),
        "t10.end": words.text("End"),
        "t10.assigned": words.text("Assigned"),
        "t10.put_out": words.text("Put out"),
        "t10.value": words.text("Value, XOF"),
        "t10.value_unknown": words.text("Unknown"),
    }
    return assets[code] if kind == "figure" and code in assets else report_words.label(label)


def title(ref: Ref, names: Mapping[str, str] = report_words.NO_NAMES) -> str:
    """`Sorties, hommes 18–59`. names: those of the sub-types of services that the shelter added, by code."""
    key, dims = ref
    figure = report_words.figure(key)
    figure = figure[:1].upper() + figure[1:]
    return words.text("{figure}, {where}").format(figure=figure, where=_where(dims, names)) if dims else figure


def _where(dims: Dims, names: Mapping[str, str]) -> str:
    """Sex and age group in one word with its years; anything else as reports say it."""
    known = dict(dims)
    people = _people(known.get("sex", ""), known.get("age_group", ""), known.get("rollup", ""))
    if people is None:
        return report_words.cell(dims, names)
    ages = AGES.get(known.get("age_group", ""), "")
    who = words.text("{who} {ages}").format(who=people, ages=ages) if ages else people
    rest = tuple(dim for dim in dims if dim[0] not in ("sex", "age_group", "rollup"))
    return words.text("{first}, {second}").format(first=report_words.cell(rest, names), second=who) if rest else who


def _people(sex: str, age: str, rollup: str) -> str | None:
    minor = age in MINORS
    known = age not in ("", "unk")
    if rollup == "filles" or (sex == "f" and minor):
        return words.text("girls")
    if rollup == "garcons" or (sex == "m" and minor):
        return words.text("boys")
    if rollup == "femmes" or (sex == "f" and known):
        return words.text("women")
    if rollup == "hommes" or (sex == "m" and known):
        return words.text("men")
    return None


def coded(list_name: str, code: str, names: Mapping[str, str] = report_words.NO_NAMES) -> str:
    """What a code is called, "not recorded" where there is none."""
    return report_words.label((list_name, code or NOT_RECORDED), names)
