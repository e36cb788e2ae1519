"""What law and payment providers take, by country: estimates to check before going live.

Value added tax inside our own fees (commission and customer's fee), the provider's list price for
a domestic card, and the operator's fee.
"""

from marketplace.bookings.rules.price import Rates

PLATFORM_BP = 100
TAX_BP = {"MX": 1_600, "BR": 500, "CL": 1_900, "CO": 1_900, "AR": 2_100, "PE": 1_800, "UY": 2_200}
PROCESSOR = {
    "MX": (360, 300),
    "BR": (399, 39),
    "CL": (360, 300),
    "CO": (360, 90_000),
    "AR": (360, 3_000),
    "PE": (360, 100),
    "UY": (360, 1_200),
}


def rates_of(country: str) -> Rates:
    """Return the rates of a country; one we do not know pays a card's usual price and no tax."""
    processor_bp, processor_fixed = PROCESSOR.get(country, (360, 0))
    return Rates(
        tax_bp=TAX_BP.get(country, 0),
        platform_bp=PLATFORM_BP,
        processor_bp=processor_bp,
        processor_fixed_minor=processor_fixed,
    )
