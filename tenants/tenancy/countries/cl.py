"""Chile."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="CL",
        name="Chile",
        currency="CLP",
        locale="es",
        national_ids=("RUT",),
        cities=(
            City("Santiago", -33.4489, -70.6693, "America/Santiago"),
            City("Valparaíso", -33.0472, -71.6127, "America/Santiago"),
            City("Concepción", -36.8201, -73.0444, "America/Santiago"),
        ),
        rest_hours=12,
    )
)
