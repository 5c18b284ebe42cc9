"""What one donor of the invented shelters calls the services; what it does not name stays not classified."""

from collections.abc import Mapping
from types import MappingProxyType

DONOR = "oim"
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "heb": "Hébergement d’urgence",
        "ali": "Assistance alimentaire et articles de base",
        "nfi": "Assistance alimentaire et articles de base",
        "san": "Santé",
        "san_medic": "Médicaments et ordonnances",
        "psy": "SMSPS",
        "jur": "Assistance juridique",
        "pro": "Gestion de cas de protection",
        "ret": "Retour et réintégration",
        "edu": "Éducation et formation",
    }
)
