"""The columns of the directory of partners (F45)."""

from shelter_desk.domain.assistance import LODGING
from shelter_desk.domain.list_column import ListColumn

PARTNERS = (
    ListColumn("partner_name", "Nom de la structure", "Name of the provider", required=True, width=28),
    ListColumn(
        "partner_type",
        "Type de structure",
        "Type of provider",
        "code",
        True,
        "partner_type",
        also=("type de partenaire", "partner type"),
        width=18,
    ),
    ListColumn(
        "services_offered",
        "Services offerts",
        "Services offered",
        "codes",
        code_list="service_type",
        also=("services proposés",),
        width=28,
        never=(LODGING,),
    ),
    ListColumn("town", "Ville", "Town", width=16),
    ListColumn("phone", "Téléphone", "Phone", also=("tél", "numéro de téléphone", "telephone"), width=16),
    ListColumn("opening_hours", "Horaires", "Opening hours", width=20),
    ListColumn("conditions", "Conditions d’accès", "Conditions", width=28),
    ListColumn("contact", "Personne à contacter", "Contact", width=24),
    ListColumn("active", "Partenaire actuel", "Current partner", "yes_no", width=12),
)
