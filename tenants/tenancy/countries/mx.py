"""Mexico."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="MX",
        name="México",
        currency="MXN",
        locale="es",
        national_ids=("CURP", "RFC", "INE"),
        cities=(
            City("Ciudad de México", 19.4194, -99.1556, "America/Mexico_City"),
            City("Guadalajara", 20.6736, -103.344, "America/Mexico_City"),
            City("Monterrey", 25.6866, -100.3161, "America/Monterrey"),
            City("Puebla", 19.0414, -98.2063, "America/Mexico_City"),
            City("Querétaro", 20.5888, -100.3899, "America/Mexico_City"),
            City("Mérida", 20.9674, -89.5926, "America/Merida"),
            City("Tijuana", 32.5149, -117.0382, "America/Tijuana"),
        ),
    )
)
