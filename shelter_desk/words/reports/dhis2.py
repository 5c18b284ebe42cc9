"""What a DHIS2 takes in before the first figures: data elements, their options and the house, in French and English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import dhis2
from shelter_desk.domain.reports.dhis2 import CategoryCombo, DataElement, HouseParts, PeriodType
from shelter_desk.domain.reports.figures import known_figures
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

LANGUAGES: tuple[words.Language, ...] = ("fr", "en")
_SHORT = 50  # the most that a short name has there
_LEAP_YEAR = 2024
Listed = dict[str, Any]
Named = Mapping[words.Language, str]
Titles = Mapping[words.Language, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReportingHouse:
    """The house as DHIS2 has it. number: what its identifiers come from; since: new year of the year it began in."""

    number: str
    name: str
    since: date

    @property
    def id(self) -> str:
        """What DHIS2 finds it by."""
        return dhis2.org_unit(self.number)


def metadata(house: ReportingHouse, every: PeriodType, parts: HouseParts) -> dict[str, list[Listed]]:
    """What an administrator imports first, and again where the house has something new: nothing in it is of a month.

    French is the name of everything, with both languages among the translations.
    """
    own = [DataElement(key, dims, every, house.number) for key, dims in sorted(parts.shapes)]
    elements = [*dhis2.shared_elements(every), *own]
    combos = {one.combo.id: one.combo for one in elements if one.dims}
    titles = {language: _titles(language) for language in LANGUAGES}
    lists = {combo.id: {dim: _options(combo, dim, parts) for dim in combo.dims} for combo in combos.values()}
    categories = {(dim, combo.house): lists[combo.id][dim] for combo in combos.values() for dim in combo.dims}
    if parts.shapes:  # one category a dim: what stands there in any element of the house
        categories |= {key: _widest(key, lists, combos) for key in categories if key[1]}
        lists = {key: {dim: categories[dim, combos[key].house] for dim in found} for key, found in lists.items()}
    options = {
        dhis2.option(dim, value, own_house): (dim, value)
        for (dim, own_house), values in categories.items()
        for value in values
    }
    names = _option_names(options, titles, parts)
    return {
        "organisationUnits": [_unit(house)],
        "categoryOptions": [
            _default(dhis2.DEFAULT_OPTION),
            *(_option(key, names[key], value) for key, (_, value) in options.items()),
        ],
        "categories": [
            {**_default(dhis2.DEFAULT_CATEGORY), **_only(categoryOptions=[dhis2.DEFAULT_OPTION])},
            *(_category(dim, own_house, values, titles, house) for (dim, own_house), values in categories.items()),
        ],
        "categoryCombos": [
            {**_default(dhis2.DEFAULT_COMBO), **_only(categories=[dhis2.DEFAULT_CATEGORY])},
            *(_combo(combo, titles, house) for combo in combos.values()),
        ],
        "categoryOptionCombos": [
            _option_combo(dhis2.DEFAULT_OPTION_COMBO, "default", dhis2.DEFAULT_COMBO, [dhis2.DEFAULT_OPTION]),
            *(one for key, combo in combos.items() for one in _option_combos(combo, lists[key], parts)),
        ],
        "dataElements": [_element(one, titles, house) for one in elements],
        "dataSets": [_data_set(every, elements, house)],
    }


def title(period: Period) -> str:
    """What is said to have left."""
    return words.text("{period}, for DHIS2").format(period=report_words.period(period))


def written(path: Path, beside: Path) -> str:
    """Which file is imported each time, and which once."""
    return words.text(
        "The figures for DHIS2 are in {file}. The administrator of the DHIS2 imports {metadata} first."
    ).format(file=path, metadata=beside)


def _options(combo: CategoryCombo, dim: str, parts: HouseParts) -> tuple[str, ...]:
    return parts.options(dim, combo.dims) if combo.house else dhis2.shared_options(dim)


def _widest(
    key: tuple[str, str], lists: Mapping[str, Mapping[str, tuple[str, ...]]], combos: Mapping[str, CategoryCombo]
) -> tuple[str, ...]:
    dim, house = key
    found = [lists[one][dim] for one, combo in combos.items() if combo.house == house and dim in combo.dims]
    return max(found, key=len)


def _unit(house: ReportingHouse) -> Listed:
    """At the top: its parent is what the administrator gives it."""
    return {
        "id": house.id,
        "code": f"SD_{house.id}",
        "name": house.name,
        "shortName": _short(house.name, house.id),
        "openingDate": house.since.isoformat(),
    }


def _option(key: str, told: Named, value: str) -> Listed:
    """Open to whoever enters data: what they may write into is said by the data set."""
    return {**_named(key, told, code=value), "sharing": {"public": "rwrw----", "external": False}}


def _option_names(options: Mapping[str, tuple[str, str]], titles: Titles, parts: HouseParts) -> dict[str, Named]:
    """A name is there once only: two codes of a list that are called alike are told apart by the code of the second."""
    found: dict[str, dict[words.Language, str]] = {key: {} for key in options}
    for language in LANGUAGES:
        taken: set[str] = set()
        with words.speaking(language):
            for key, (dim, value) in options.items():
                own = parts.names.get(dim, {}).get(value)
                said = words.text("{what}: {value}").format(what=titles[language][dim], value=own or _value(dim, value))
                found[key][language] = f"{said} ({value})" if said in taken else said
                taken.add(said)
    return dict(found)


def _value(dim: str, value: str) -> str:
    if dim == "night":
        return formats.short_day(date.fromisoformat(f"{_LEAP_YEAR}-{value}"))
    return report_words.cell(((dim, value),))


def _category(
    dim: str,
    own_house: str,
    values: tuple[str, ...],
    titles: Titles,
    house: ReportingHouse,
) -> Listed:
    key = dhis2.CategoryCombo((dim,), own_house).category(dim)
    told = {language: _of_house(titles[language][dim], own_house, house) for language in LANGUAGES}
    return {
        **_named(key, told, code=dim),
        "dataDimensionType": "DISAGGREGATION",
        **_only(categoryOptions=[dhis2.option(dim, value, own_house) for value in values]),
    }


def _combo(combo: CategoryCombo, titles: Titles, house: ReportingHouse) -> Listed:
    told = {language: _of_house(_joined(titles[language], combo.dims), combo.house, house) for language in LANGUAGES}
    return {
        **_named(combo.id, told, code="+".join(combo.dims), short=False),
        "dataDimensionType": "DISAGGREGATION",
        "skipTotal": False,
        **_only(categories=[combo.category(dim) for dim in combo.dims]),
    }


def _option_combos(combo: CategoryCombo, options: Mapping[str, tuple[str, ...]], parts: HouseParts) -> Iterator[Listed]:
    """Every cell: DHIS2 makes those that are missing, with identifiers of its own."""
    with words.speaking("fr"):
        names = {
            dim: {value: parts.names.get(dim, {}).get(value) or _value(dim, value) for value in values}
            for dim, values in options.items()
        }
    for values in product(*(options[dim] for dim in combo.dims)):
        at = list(zip(combo.dims, values, strict=True))
        yield _option_combo(
            combo.option_combo(values),
            ", ".join(names[dim][value] for dim, value in at),
            combo.id,
            [dhis2.option(dim, value, combo.house) for dim, value in at],
        )


def _option_combo(key: str, name: str, combo: str, options: list[str]) -> Listed:
    return {"id": key, "name": name, "categoryCombo": {"id": combo}, **_only(categoryOptions=options)}


def _element(element: DataElement, titles: Titles, house: ReportingHouse) -> Listed:
    known, names, alone, definitions = known_figures()[element.key], {}, {}, {}
    for language in LANGUAGES:
        with words.speaking(language):
            label = report_words.headline(element.key)
            cut = words.text("{what}: {value}").format(what=label, value=_joined(titles[language], element.dims))
            alone[language] = _of_house(cut if element.dims else label, element.house, house)
            # Translators: a figure, with the key by which the handbook of figures has it
            names[language] = words.text("{figure} [{key}]").format(figure=alone[language], key=element.key)
            if element.every != "Monthly":
                names[language] = f"{names[language]} {_every()[element.every]}"
            definitions[language] = known.definitions[language]
    made = {
        **_named(element.id, names, code=f"{element.key}/{'+'.join(element.dims)}"),
        "formName": alone["fr"],
        **({"description": definitions["fr"]} if definitions["fr"] else {}),
        "domainType": "AGGREGATE",
        "valueType": "INTEGER" if element.is_whole else "NUMBER",
        "aggregationType": element.aggregation,
        "zeroIsSignificant": True,  # else a zero is not kept, and looks like what is hidden
        "categoryCombo": {"id": element.combo.id},
    }
    made["translations"] = [
        *made["translations"],
        *_translated("FORM_NAME", alone),
        *(_translated("DESCRIPTION", definitions) if definitions["fr"] else ()),
    ]
    return made


def _data_set(every: PeriodType, elements: list[DataElement], house: ReportingHouse) -> Listed:
    told = {}
    for language in LANGUAGES:
        with words.speaking(language):
            told[language] = words.text("Shelter for victims of trafficking: {report}").format(report=_every()[every])
    return {
        **_named(dhis2.data_set(every), told, code=f"SHELTER_{every.upper()}"),
        "periodType": every,
        "categoryCombo": {"id": dhis2.DEFAULT_COMBO},
        "openFuturePeriods": 0,
        "timelyDays": 15,
        "dataSetElements": [
            {"dataSet": {"id": dhis2.data_set(every)}, "dataElement": {"id": one.id}} for one in elements
        ],
        **_only(organisationUnits=[house.id]),
    }


def _every() -> Mapping[PeriodType, str]:
    return {
        "Monthly": words.text("report of the month"),
        "Quarterly": words.text("report of the quarter"),
        "Yearly": words.text("report of the year"),
    }


def _default(key: str) -> Listed:
    """What is there already, and is passed over."""
    return {"id": key, "name": "default"}


def _only(**lists: list[str]) -> Listed:
    return {name: [{"id": one} for one in ids] for name, ids in lists.items()}


def _named(key: str, told: Named, *, code: str, short: bool = True) -> Listed:
    """Names with an identifier of their own beside them where they are cut; a code that nobody else has."""
    shorts = {language: _short(name, key) for language, name in told.items()}
    return {
        "id": key,
        "code": f"{code[: _SHORT - len(key) - 1]}_{key}",
        "name": told["fr"],
        **({"shortName": shorts["fr"]} if short else {}),
        "translations": [*_translated("NAME", told), *(_translated("SHORT_NAME", shorts) if short else ())],
    }


def _translated(what: str, told: Named) -> list[Listed]:
    return [{"property": what, "locale": language, "value": value} for language, value in told.items()]


def _short(name: str, key: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - len(key) - 1].rstrip()} {key}"


def _of_house(name: str, own_house: str, house: ReportingHouse) -> str:
    return words.text("{what}, {house}").format(what=name, house=house.name) if own_house else name


def _joined(titles: Mapping[str, str], dims: tuple[str, ...]) -> str:
    return ", ".join(titles[dim].lower() if place else titles[dim] for place, dim in enumerate(dims))


def _titles(language: words.Language) -> dict[str, str]:
    with words.speaking(language):
        return {**_of_persons(), **_of_the_house()}


def _of_persons() -> dict[str, str]:
    """What figures of persons are cut by."""
    return {
        "sex": words.text("Sex"),
        "age_group": words.text("Age group"),
        "rollup": words.text("Girls, boys, women, men"),
        "age_at_admission": words.text("Age at admission"),
        "category": words.text("Category of the report"),
        "nationality": words.text("Nationality"),
        "origin": words.text("Malian or foreign"),
        "migration_situation": words.text("Migration situation"),
        "region_origin": words.text("Region of origin"),
        "education_level": words.text("Schooling"),
        "language": words.text("Language of the interview"),
        "country_last": words.text("Country last passed through"),
        "marital_status": words.text("Marital status"),
        "specific_need": words.text("Specific need"),
        "child_status": words.text("Situation of the child"),
        "referral_source": words.text("Referred here by"),
        "request_reason": words.text("Reason of the refusal"),
        "exit_reason": words.text("Reason of the exit"),
        "exit_destination": words.text("Destination at the exit"),
        "planned": words.text("Planned exit"),
        "follow_up_outcome": words.text("How the person is"),
        "legal_step": words.text("Legal step"),
        "exploitation_form": words.text("Form of exploitation"),
        "exploitation_group": words.text("Group of exploitation"),
        "exploitation_country": words.text("Country of the exploitation"),
        "exploitation_region": words.text("Region of the exploitation"),
        "status_decided_by": words.text("Status decided by"),
        "assimilated_practice": words.text("Assimilated practice"),
        "gbv_type": words.text("Gender-based violence"),
    }


def _of_the_house() -> dict[str, str]:
    """What figures of nights, services, equipment and stock are cut by."""
    return {
        "night": words.text("Night of the"),
        "zone": words.text("Zone"),
        "rule": words.text("Rule set aside"),
        "service_type": words.text("Type of service"),
        "provider_kind": words.text("Who gave it"),
        "audience": words.text("Audience"),
        "training_theme": words.text("Theme"),
        "activity": words.text("Session"),
        "partner_type": words.text("Kind of structure"),
        "asset_category": words.text("Category of equipment"),
        "asset_status": words.text("Status of equipment"),
        "asset_condition": words.text("Condition of equipment"),
        "donor": words.text("Donor"),
        "item_code": words.text("Item"),
        "move_type": words.text("Movement of stock"),
        "incident_type": words.text("Type of incident"),
        "severity": words.text("Severity"),
    }
