"""A directory of partners as shelters keep it: the same structure is the one of that name in that town."""

from collections.abc import Iterable
from dataclasses import replace

from shelter_desk.domain import codes
from shelter_desk.domain.listing import headings
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Spread, columns_of, part

_ALSO = {
    "partner_name": headings(
        "structure; partenaire; nom du partenaire; nom de l'organisation; organisation; organisme; institution; ong; "
        "partner; organization; provider"
    ),
    "partner_type": ("type", "type de partenaire", "catégorie", "nature", "domaine"),
    "services_offered": headings(
        "services; services proposés; offre de services; prestations offertes; services provided"
    ),
    "town": ("localité", "commune", "lieu", "town", "city", "ville ou cercle"),
    "phone": ("tél", "tel", "contact téléphonique", "numéro", "numéro de téléphone", "téléphones", "telephone"),
    "opening_hours": ("heures d'ouverture", "horaire", "jours et heures", "ouverture", "hours"),
    "conditions": ("conditions", "critères", "conditions d'accès", "conditions d'admission", "coût et conditions"),
    "contact": ("contact", "point focal", "responsable", "personne contact", "focal point", "personne ressource"),
    "active": ("actif", "en cours", "active"),
}
DIRECTORY = ListShape(
    "annuaire",
    ("partenaires",),
    tuple(replace(column, also=_ALSO.get(column.key, column.also)) for column in columns_of("partenaires")),
    (
        ("partner_name",),
        ("partner_type", "services_offered", "opening_hours", "conditions", "phone"),
        ("town", "phone", "contact", "services_offered"),
    ),
    line_needs=(("partner_name",),),
)
# what a name says of its type: words of folded names, the first that fits
_TYPES = (
    ("sante", ("csref", "cscom", "hopital", "chu", "clinique", "centredesante", "dispensaire", "maternite")),
    ("police", ("police", "commissariat", "brigade")),
    ("gendarmerie", ("gendarmerie",)),
    ("justice", ("tribunal", "procureur", "parquet", "justice")),
    ("consulat", ("consulat", "ambassade")),
    ("croix_rouge", ("croixrouge", "cicr")),
    ("unicef", ("unicef",)),
    ("oim", ("oim", "iom")),
    ("hcr", ("hcr", "unhcr")),
    ("service_social", ("developpementsocial", "promotiondelafemme", "servicesocial", "dnpef", "drpfef")),
    ("formation", ("formation", "lycee", "ecole")),
)


class Directory:
    """Finds the structure that a line speaks of. known: name and town of those that stand."""

    def __init__(self, assumed: Assumed, known: Iterable[tuple[str, str]]) -> None:
        self._assumed = assumed
        self._towns = dict(known)  # by name
        self._stored = set(self._towns)

    def spread(self, values: Values, _sheet: str) -> Spread:
        """The structure of a line, under the name it stands by."""
        line = dict(values)
        said, town = line["partner_name"], line.get("town", "")
        name = line["partner_name"] = self._name(said, town)
        self._towns[name] = self._towns.get(name) or town
        if "partner_type" not in line and name not in self._stored:
            line["partner_type"], is_known = _type_of(said)
            self._assumed.note("partner_type", "type_of_name" if is_known else "type_other")
        yield "partenaires", part("partenaires", line)

    def _name(self, said: str, town: str) -> str:
        """That of the same name and town, a town that nobody wrote being any; else the name, with its town where the
        name is taken.
        """
        alike = [name for name in self._towns if codes.folded(name) in (codes.folded(said), codes.folded(said + town))]
        for name in alike:
            if not town or not self._towns[name] or codes.folded(self._towns[name]) == codes.folded(town):
                return name
        if not alike:
            return said
        self._assumed.note("partner_name", "name_with_town")
        return f"{said} ({town})"


def _type_of(name: str) -> tuple[str, bool]:
    """What kind of structure is called so, and whether the name tells."""
    folded = codes.folded(name)
    words = {codes.folded(word) for word in name.replace("’", " ").replace("'", " ").split()}
    for kind, told in _TYPES:
        if any(word in words or (len(word) > 5 and word in folded) for word in told):
            return kind, True
    return "autre", False
