"""What kinds of business open marketplaces here."""

from kernel.errors import Invalid


class NicheUnknown(Invalid):
    code = "tenant.niche_unknown"
    title = "Choose one of the kinds of business."


NICHES = {
    "pet_care": "Pet care",
    "elder_care": "Elder care",
    "cleaning": "Cleaning",
    "repairs": "Repairs",
    "beauty": "Beauty",
    "tutoring": "Tutoring",
    "general": "Something else",
}


def known_niche(code: str) -> str:
    """Return a niche's code, or refuse."""
    if code not in NICHES:
        raise NicheUnknown(fields=["niche"])
    return code
