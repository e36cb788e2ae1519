"""Cleaning of homes, offices and what is special in them."""

from marketplace.catalog.kinds.base import Ask, Extra, Offer, Shelf, niche

FRIDGE = Extra(
    ("Interior del refrigerador", "Interior da geladeira", "Inside of the fridge"),
    (120, 35, 6000, 22000, 7000, 25),
    30,
)
WINDOWS = Extra(
    ("Ventanas por dentro", "Janelas por dentro", "Windows, inside"),
    (150, 45, 8000, 28000, 9000, 32),
    45,
)
IRONING = Extra(
    ("Una hora de planchado", "Uma hora de passar roupa", "An hour of ironing"),
    (130, 40, 7000, 25000, 8000, 28),
    60,
)

niche(
    "cleaning",
    Shelf(
        "homes",
        "home",
        ("Limpieza del hogar", "Limpeza residencial", "Home cleaning"),
        (
            Offer(
                "home-2h",
                120,
                (320, 110, 18000, 60000, 18000, 65),
                ("Limpieza exprés 2 horas", "Limpeza expressa 2 horas", "Express clean, 2 hours"),
                (
                    "Baño, cocina y pisos de un departamento pequeño.",
                    "Banheiro, cozinha e pisos de um apartamento pequeno.",
                    "Bathroom, kitchen and floors of a small flat.",
                ),
                (FRIDGE, WINDOWS, IRONING),
            ),
            Offer(
                "home-4h",
                240,
                (560, 190, 32000, 105000, 32000, 115),
                ("Limpieza completa 4 horas", "Faxina completa 4 horas", "Full clean, 4 hours"),
                (
                    "Toda la casa, con detalle en baños y cocina.",
                    "A casa toda, com capricho nos banheiros e na cozinha.",
                    "The whole home, with care for bathrooms and kitchen.",
                ),
                (FRIDGE, WINDOWS, IRONING),
            ),
            Offer(
                "home-anyone",
                180,
                (440, 150, 25000, 82000, 25000, 90),
                (
                    "Limpieza: encontramos a alguien",
                    "Faxina: encontramos alguém",
                    "Cleaning: we find somebody",
                ),
                (
                    "Tres horas de limpieza con quien esté libre y cerca, al mismo precio.",
                    "Três horas de faxina com quem estiver livre e perto, pelo mesmo preço.",
                    "Three hours of cleaning by whoever is free and near, at the same price.",
                ),
                (FRIDGE, WINDOWS, IRONING),
                "dispatch",
            ),
        ),
    ),
    Shelf(
        "special",
        "broom",
        ("Limpieza especializada", "Limpeza especializada", "Special cleaning"),
        (
            Offer(
                "sofa",
                120,
                (650, 220, 38000, 120000, 38000, 130),
                ("Lavado de sala", "Limpeza de sofá", "Sofa cleaning"),
                (
                    "Extracción en seco de un sofá de hasta tres plazas.",
                    "Limpeza a seco de um sofá de até três lugares.",
                    "Dry extraction of a sofa of up to three seats.",
                ),
                (
                    Extra(
                        ("Un sillón más", "Mais uma poltrona", "One more armchair"),
                        (220, 70, 12000, 40000, 12000, 45),
                        30,
                    ),
                ),
            ),
            Offer(
                "mattress",
                90,
                (480, 160, 28000, 90000, 28000, 98),
                ("Lavado de colchón", "Higienização de colchão", "Mattress cleaning"),
                (
                    "Aspirado profundo y desinfección de un colchón matrimonial.",
                    "Aspiração profunda e higienização de um colchão de casal.",
                    "Deep vacuuming and disinfection of a double mattress.",
                ),
            ),
            Offer(
                "after-works",
                300,
                (900, 320, 52000, 170000, 52000, 185),
                ("Limpieza después de obra", "Limpeza pós-obra", "Cleaning after works"),
                (
                    "Polvo fino, restos de pintura y vidrios, listo para entrar a vivir.",
                    "Pó fino, restos de tinta e vidros: pronto para morar.",
                    "Fine dust, paint and glass: ready to move in.",
                ),
                (WINDOWS,),
                "request",
            ),
            Offer(
                "moving-out",
                240,
                (1200, 420, 70000, 220000, 70000, 245),
                ("Limpieza por mudanza", "Limpeza de mudança", "Cleaning for a move"),
                (
                    "Cada casa es distinta: describe la tuya y recibe ofertas.",
                    "Cada casa é diferente: descreva a sua e receba ofertas.",
                    "Every home is different: describe yours and get offers.",
                ),
                mode="post",
                quoted=True,
            ),
        ),
    ),
    Shelf(
        "offices",
        "list",
        ("Oficinas", "Escritórios", "Offices"),
        (
            Offer(
                "office-3h",
                180,
                (480, 170, 28000, 90000, 28000, 100),
                ("Limpieza de oficina 3 horas", "Limpeza de escritório 3 horas", "Office, 3 hours"),
                (
                    "Escritorios, pisos, baños y cocineta, fuera de horario.",
                    "Mesas, pisos, banheiros e copa, fora do expediente.",
                    "Desks, floors, bathrooms and kitchenette, after hours.",
                ),
                (WINDOWS,),
            ),
        ),
    ),
    asks=(
        Ask(
            code="rooms",
            kind="integer",
            words=("¿Cuántas habitaciones?", "Quantos quartos?", "How many rooms?"),
        ),
        Ask(
            code="pets_at_home",
            kind="boolean",
            words=("¿Hay mascotas en casa?", "Há pets em casa?", "Are there pets at home?"),
        ),
        Ask(
            code="supplies",
            kind="enum",
            words=(
                "¿Quién pone los productos?",
                "Quem leva os produtos?",
                "Who brings the supplies?",
            ),
            options=(
                ("mine", ("Yo", "Eu", "I do")),
                ("theirs", ("Quien viene", "Quem vem", "Whoever comes")),
            ),
        ),
    ),
)
