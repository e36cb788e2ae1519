"""Brazil."""

from tenants.tenancy.countries.base import City, Country, register

register(
    Country(
        code="BR",
        name="Brasil",
        currency="BRL",
        locale="pt-br",
        national_ids=("CPF", "RG", "CNH"),
        cities=(
            City("São Paulo", -23.5614, -46.6559, "America/Sao_Paulo"),
            City("Rio de Janeiro", -22.9068, -43.1729, "America/Sao_Paulo"),
            City("Belo Horizonte", -19.9167, -43.9345, "America/Sao_Paulo"),
            City("Curitiba", -25.4284, -49.2733, "America/Sao_Paulo"),
            City("Porto Alegre", -30.0346, -51.2177, "America/Sao_Paulo"),
            City("Salvador", -12.9777, -38.5016, "America/Bahia"),
            City("Recife", -8.0476, -34.877, "America/Recife"),
            City("Manaus", -3.119, -60.0217, "America/Manaus"),
        ),
    )
)
