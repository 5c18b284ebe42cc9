"""The columns of an admission register, by every name that shelters, donors and HTCDS give them."""

from dataclasses import replace

from shelter_desk.domain.casefile.htcds import FORMS
from shelter_desk.domain.listing import headings
from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.domain.registers import hours
from shelter_desk.domain.registers.shape import BED, ListShape, columns_of

_FULL_NAME = ListColumn(
    "full_name",
    "Nom et prénoms",
    "Full name",
    also=headings(
        "nom et prénom; nom et prénom(s); noms et prénoms; prénom et nom; identité; nom complet; "
        "nom et prénoms du bénéficiaire; nom et prénom du bénéficiaire; noms et prénoms des bénéficiaires; "
        "nom et prénom de la victime; nom et prénoms de la victime; nom et prénom de la personne; "
        "nom et prénoms du résident; bénéficiaire; bénéficiaires; résident; résidents; name"
    ),
    width=28,
)
_AGE = ListColumn(
    "age",
    "Âge",
    "Age",
    also=headings(
        "âge à l'entrée; âge à l'arrivée; âge à l'admission; âge estimé; age at entry; age at admission; estimated age"
    ),
)
_BIRTH_OR_AGE = ListColumn(
    "birth_or_age",
    "Date de naissance ou âge",
    "Date of birth or age",
    "day",
    also=("âge ou date de naissance", "date de naissance âge", "date naissance ou âge", "naissance ou âge"),
    width=18,
)
_STATUS = ListColumn(
    "victim_status",
    "Statut victime",
    "Victim status",
    "code",
    also=("statut", "statut vdt", "victime de traite", "trafficking status"),
)
# what a case of HTCDS tells beside the person: the labels of IOM's workbook, those that a person sees
_HTCDS = (
    ListColumn("referred_in_on", "Référé ici le (HTCDS)", "Incoming Referral Date", "day"),
    ListColumn(
        "exploitation_labour", "Branche du travail forcé (HTCDS)", "Forced Labour Industry", "codes", code_list=FORMS
    ),
    ListColumn(
        "exploitation_sexual", "Exploitation sexuelle (HTCDS)", "Type of Sex Exploitation", "codes", code_list=FORMS
    ),
    ListColumn("referred_to", "Référé à (HTCDS)", "Referred Organisation", also=("referred organization",)),
    ListColumn("referred_out_on", "Référé ailleurs le (HTCDS)", "Outgoing Referral Date", "day"),
)
_DECISION = {
    "status_decided_by": ("trafficking status decision making organization",),
    "exploitation_forms": ("type of exploitation", "type d'exploitation"),
}
_REGISTER_NAMES = {
    "stay_no": ("n° dossier", "numéro de dossier", "n° de dossier"),  # not the order of a line, which begins again
    "referral_source": ("référé par", "référé(e) par", "referring organisation", "referring organization"),
    "migration_situation": headings(
        "catégorie; profil; catégorie de migrant; situation; profil migratoire; statut migratoire; "
        "profil du bénéficiaire; type de migrant"
    ),
}
_REGISTER_MORE = {  # beside what the columns are called in the lists of the workbook
    "last_name": ("noms",),
    "nationality": ("pays de nationalité", "country", "country of nationality"),
    "region_origin": ("région", "région de provenance", "région de naissance"),
    "languages": ("langue parlée", "langues parlées"),
    "admitted_at": headings(
        "date d'entrée au centre; date d'arrivée au centre; date d'admission au centre; arrivé(e) le; arrivé le; "
        "entré(e) le; admis(e) le; date d'accueil; jour d'entrée; jour d'arrivée; arrivée le; venu(e) le; "
        "accueilli(e) le; entry date; date of entry; date in"
    ),
    "exited_at": headings(
        "date de départ; date du départ; départ; parti(e) le; sorti(e) le; date de fin de séjour; "
        "date de sortie du centre; jour de sortie; jour de départ; date de fin; departure date; date of exit; "
        "date out"
    ),
    "exit_reason": headings(
        "motif du départ; motif de départ; motif de la sortie; raison de la sortie; raison de sortie; "
        "raison du départ; type de sortie; cause de sortie; cause de la sortie; cause du départ; reason for leaving"
    ),
    "exit_destination": ("destination après sortie", "destination après la sortie", "destination à la sortie"),
    "referral_source": headings(
        "structure de référencement; structure référente; structure d'orientation; source de référencement; "
        "source d'orientation; orienté par; envoyé par; envoyé(e) par; amené(e) par; conduit(e) par; adressé(e) par; "
        "déposé(e) par; transféré(e) par; service référent; service orienteur; structure orienteuse"
    ),
}


def _named(column: ListColumn) -> ListColumn:
    return replace(column, also=(*_REGISTER_NAMES.get(column.key, column.also), *_REGISTER_MORE.get(column.key, ())))


REGISTER = ListShape(
    "registre",
    ("personnes", "sejours", "statuts_victime", "couchages", "referencements"),
    (
        *map(_named, columns_of("personnes", "age_estimated")),
        _FULL_NAME,
        _AGE,
        _BIRTH_OR_AGE,
        *map(_named, columns_of("sejours", "person_code")),
        _STATUS,
        ListColumn("decided_on", "Statut décidé le", "Status decided on", "day", also=("date de décision",)),
        *(
            replace(column, also=_DECISION[column.key])
            for column in columns_of("statuts_victime", "stay_no")
            if column.key in _DECISION
        ),
        BED,
        *hours.COLUMNS,
        *_HTCDS,
    ),
    (("sex",), ("admitted_at", "referred_in_on", "exploitation_labour")),  # the last stands in HTCDS alone
    wants=("nationality", "migration_situation"),
)
OF_CASES = frozenset({*(column.key for column in _HTCDS), *_DECISION})  # most lines say none of these
