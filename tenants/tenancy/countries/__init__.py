"""Countries where marketplaces can open: adding one is adding a file."""

from kernel.plugins import import_all
from tenants.tenancy.countries.base import COUNTRIES, City, Country, country

__all__ = ["COUNTRIES", "City", "Country", "country"]

import_all(__name__)
