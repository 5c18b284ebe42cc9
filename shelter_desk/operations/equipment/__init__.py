"""The register of equipment: receptions, counts, maintenance, loans."""
