"""Colombia."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="CO",
        name="Colombia",
        currency="COP",
        locale="es",
        national_ids=("CC", "CE", "NIT"),
        cities=(
            City("Bogotá", 4.711, -74.0721, "America/Bogota"),
            City("Medellín", 6.2476, -75.5658, "America/Bogota"),
            City("Cali", 3.4516, -76.532, "America/Bogota"),
            City("Barranquilla", 10.9685, -74.7813, "America/Bogota"),
        ),
    )
)
