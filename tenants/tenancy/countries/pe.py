"""Peru."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="PE",
        name="Perú",
        currency="PEN",
        locale="es",
        national_ids=("DNI", "CE", "RUC"),
        cities=(
            City("Lima", -12.0464, -77.0428, "America/Lima"),
            City("Arequipa", -16.409, -71.5375, "America/Lima"),
            City("Trujillo", -8.1116, -79.0288, "America/Lima"),
        ),
    )
)
