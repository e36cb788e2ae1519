"""Ways around the house: what is blanked out of a text, and what is nobody's phone."""

import pytest

from tenants.messaging.rules.leaks import masked

CAUGHT = [
    ("cinco cinco 1 2 3 4 cinco seis 7 8", "•••", ("number",)),
    ("Llámame al 55.12.34.56.78, gracias", "Llámame al •••, gracias", ("number",)),
    ("5️⃣5️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "•••", ("number",)),
    ("oito oito 9 1 meia 4 2 1 um", "•••", ("number",)),
    ("55 1234 5l78", "•••", ("number",)),
    ("ana (arroba) hotmail (punto) com", "•••", ("email",)),
    ("escribe a ana@x.com o wa.me/525512345678", "escribe a ••• o •••", ("email", "link")),
    ("mira https://x.example/yo", "mira •••", ("link",)),
    ("búscame: @anita_mx", "búscame: •••", ("handle",)),
    ("Insta anita", "•••", ("handle",)),
    ("lo vemos por fuera", "lo vemos •••", ("off_platform",)),
    ("mi CLABE 0321 8000 0118 3597 19", "mi •••", ("payment",)),
    ("4111 1111 1111 1111", "•••", ("card",)),
]
HARMLESS = [
    "20/11/2026 10:00-12:00",
    "El 2026-11-20 a las 9:30",
    "1.234.567,89",
    "$12,500.00 por todo, R$ 3.400,00",
    "Av. Insurgentes Sur 1602-1103",
    "folio 99887766 y pedido #12345678",
    "CEP 01310-100",
    "911",
    "Hay 2 cuartos de 3 x 2.5 m, uno azul, y 12 lámparas.",
    "1111 1111",
]


@pytest.mark.parametrize(("text", "shown", "hits"), CAUGHT)
def test_a_way_around_is_blanked_out_and_named(text, shown, hits):
    seen = masked(text)
    assert (seen.text, seen.hits) == (shown, hits)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_contact_stays_as_it_was(text):
    assert masked(text) == masked(masked(text).text)
    assert (masked(text).text, masked(text).hits) == (text, ())
