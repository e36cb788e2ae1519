"""Argentina."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="AR",
        name="Argentina",
        currency="ARS",
        locale="es",
        national_ids=("DNI", "CUIT"),
        cities=(
            City("Buenos Aires", -34.6037, -58.3816, "America/Argentina/Buenos_Aires"),
            City("Córdoba", -31.4201, -64.1888, "America/Argentina/Cordoba"),
            City("Rosario", -32.9442, -60.6505, "America/Argentina/Cordoba"),
            City("Mendoza", -32.8895, -68.8458, "America/Argentina/Mendoza"),
        ),
    )
)
