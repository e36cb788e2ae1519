"""A bit of everything: where a business starts that fits no other niche."""

from marketplace.catalog.kinds.base import Extra, Offer, Shelf, niche

HALF_HOUR = Extra(
    ("Media hora más", "Mais meia hora", "Half an hour more"),
    (110, 30, 5500, 20000, 6000, 22),
    30,
)

niche(
    "general",
    Shelf(
        "at-home",
        "home",
        ("En casa", "Em casa", "At home"),
        (
            Offer(
                "help-1h",
                60,
                (200, 60, 11000, 38000, 11000, 40),
                ("Una hora de ayuda", "Uma hora de ajuda", "An hour of help"),
                (
                    "Alguien del barrio te ayuda con lo que haga falta.",
                    "Alguém do bairro ajuda você no que for preciso.",
                    "Somebody from the neighbourhood helps with whatever is needed.",
                ),
                (HALF_HOUR,),
            ),
            Offer(
                "help-3h",
                180,
                (520, 160, 28000, 98000, 29000, 105),
                ("Tres horas de ayuda", "Três horas de ajuda", "Three hours of help"),
                (
                    "Tiempo para dejar lista la casa, el patio o una mudanza pequeña.",
                    "Tempo para deixar prontos a casa, o quintal ou uma pequena mudança.",
                    "Time for the house, the yard or a small move.",
                ),
                (HALF_HOUR,),
            ),
        ),
    ),
    Shelf(
        "repairs",
        "settings",
        ("Arreglos", "Consertos", "Repairs"),
        (
            Offer(
                "small-repair",
                60,
                (350, 100, 18000, 62000, 19000, 68),
                ("Arreglo pequeño", "Pequeno conserto", "Small repair"),
                (
                    "Una llave que gotea, un contacto flojo, una puerta que no cierra.",
                    "Uma torneira pingando, uma tomada solta, uma porta que não fecha.",
                    "A dripping tap, a loose socket, a door that does not close.",
                ),
                (HALF_HOUR,),
                "request",
            ),
            Offer(
                "assembly",
                120,
                (420, 130, 23000, 80000, 24000, 85),
                ("Armado de muebles", "Montagem de móveis", "Furniture assembly"),
                (
                    "Armamos y fijamos tu mueble nuevo.",
                    "Montamos e fixamos o seu móvel novo.",
                    "Your new furniture, assembled and fixed to the wall.",
                ),
                (HALF_HOUR,),
            ),
        ),
    ),
    Shelf(
        "errands",
        "list",
        ("Mandados", "Recados", "Errands"),
        (
            Offer(
                "shopping",
                90,
                (220, 65, 12000, 40000, 12000, 45),
                ("Compras y mandados", "Compras e recados", "Shopping and errands"),
                (
                    "Vamos por tus compras y te traemos el recibo.",
                    "Fazemos suas compras e trazemos o recibo.",
                    "We do your shopping and bring the receipt.",
                ),
            ),
            Offer(
                "queue",
                60,
                (150, 45, 8000, 28000, 8500, 30),
                ("Hacer fila por ti", "Ficar na fila por você", "Queueing for you"),
                (
                    "Trámites y filas sin que pierdas la mañana.",
                    "Documentos e filas sem você perder a manhã.",
                    "Paperwork and queues without losing your morning.",
                ),
            ),
        ),
    ),
)
