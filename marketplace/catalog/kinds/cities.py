"""Parts of large cities with a point in their middle, so that a search by place works at once."""

from dataclasses import dataclass

from marketplace.catalog.rules.names import folded


@dataclass(frozen=True, slots=True)
class Quarter:
    """A part of town, as people call it."""

    name: str
    latitude: float
    longitude: float


CITIES: dict[str, tuple[Quarter, ...]] = {
    "ciudad de mexico": (
        Quarter("Roma Norte", 19.4195, -99.1620),
        Quarter("Condesa", 19.4117, -99.1730),
        Quarter("Del Valle", 19.3790, -99.1640),
        Quarter("Narvarte", 19.3950, -99.1540),
        Quarter("Coyoacán", 19.3500, -99.1620),
        Quarter("Polanco", 19.4330, -99.1940),
        Quarter("Juárez", 19.4270, -99.1610),
        Quarter("San Ángel", 19.3460, -99.1900),
        Quarter("Santa María la Ribera", 19.4480, -99.1580),
        Quarter("Lindavista", 19.4880, -99.1290),
    ),
    "sao paulo": (
        Quarter("Vila Mariana", -23.5890, -46.6340),
        Quarter("Pinheiros", -23.5670, -46.6920),
        Quarter("Moema", -23.6010, -46.6640),
        Quarter("Jardins", -23.5670, -46.6630),
        Quarter("Perdizes", -23.5370, -46.6780),
        Quarter("Tatuapé", -23.5400, -46.5760),
        Quarter("Santana", -23.5020, -46.6250),
        Quarter("Butantã", -23.5720, -46.7080),
        Quarter("Bela Vista", -23.5610, -46.6450),
        Quarter("Vila Madalena", -23.5540, -46.6910),
    ),
    "santiago": (
        Quarter("Providencia", -33.4310, -70.6090),
        Quarter("Ñuñoa", -33.4560, -70.5980),
        Quarter("Las Condes", -33.4080, -70.5670),
        Quarter("Santiago Centro", -33.4430, -70.6530),
        Quarter("La Florida", -33.5220, -70.5980),
    ),
    "bogota": (
        Quarter("Chapinero", 4.6480, -74.0630),
        Quarter("Usaquén", 4.6950, -74.0310),
        Quarter("Teusaquillo", 4.6340, -74.0830),
        Quarter("Suba", 4.7410, -74.0840),
        Quarter("Cedritos", 4.7230, -74.0440),
    ),
    "buenos aires": (
        Quarter("Palermo", -34.5800, -58.4250),
        Quarter("Belgrano", -34.5620, -58.4580),
        Quarter("Caballito", -34.6190, -58.4430),
        Quarter("Recoleta", -34.5880, -58.3930),
        Quarter("San Telmo", -34.6210, -58.3730),
    ),
    "lima": (
        Quarter("Miraflores", -12.1210, -77.0300),
        Quarter("Barranco", -12.1490, -77.0210),
        Quarter("San Isidro", -12.0980, -77.0370),
        Quarter("Surco", -12.1450, -76.9910),
        Quarter("Jesús María", -12.0760, -77.0460),
    ),
}
ALSO = {"mexico": "ciudad de mexico", "cdmx": "ciudad de mexico", "mexico city": "ciudad de mexico"}


def quarters_of(city: str) -> tuple[Quarter, ...]:
    """Return the parts of a city that we know, if any."""
    name = folded(city).strip()
    return CITIES.get(ALSO.get(name, name), ())
