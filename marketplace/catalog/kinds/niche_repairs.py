"""Plumbing, electricity, assembling and painting."""

from marketplace.catalog.kinds.base import Ask, Counted, Extra, Form, Offer, Shelf, around, niche

SPARE = Extra(
    ("Compra de refacciones en camino", "Compra de peças no caminho", "Spare parts on the way"),
    around(120),
    30,
)
TAKE_AWAY = Extra(
    ("Retiro de escombro", "Retirada de entulho", "Rubble taken away"), around(200), 30
)

niche(
    "repairs",
    Shelf(
        "plumbing",
        "home",
        ("Plomería", "Encanamento", "Plumbing"),
        (
            Offer(
                "leak",
                60,
                around(450),
                ("Reparar una fuga", "Consertar um vazamento", "Mend a leak"),
                (
                    "Encontrar la fuga, cerrarla y dejar todo seco.",
                    "Encontrar o vazamento, fechar e deixar tudo seco.",
                    "Find the leak, close it and leave all dry.",
                ),
                (SPARE,),
                forms=(
                    Form(("Llave o mezcladora", "Torneira", "Tap"), 60, around(450)),
                    Form(("Inodoro", "Vaso sanitário", "Toilet"), 75, around(520)),
                    Form(("Tubería a la vista", "Cano aparente", "Visible pipe"), 90, around(680)),
                ),
            ),
            Offer(
                "unclog",
                60,
                around(550),
                ("Destapar un drenaje", "Desentupir um ralo", "Unblock a drain"),
                (
                    "Con máquina y sin químicos fuertes, y con prueba al final.",
                    "Com máquina e sem química forte, com teste no fim.",
                    "With a machine, without harsh chemicals, tested at the end.",
                ),
                (SPARE,),
            ),
        ),
    ),
    Shelf(
        "electricity",
        "star",
        ("Electricidad", "Elétrica", "Electricity"),
        (
            Offer(
                "lamp",
                30,
                around(220),
                ("Instalar lámparas", "Instalar luminárias", "Install lamps"),
                (
                    "Por lámpara, con prueba y sin cables a la vista.",
                    "Por luminária, com teste e sem fios aparentes.",
                    "Per lamp, tested and without visible cables.",
                ),
                counted=Counted("item", 1, 12, 25),
            ),
            Offer(
                "short-circuit",
                90,
                around(650),
                ("Revisar un corto", "Verificar um curto", "Look into a short circuit"),
                (
                    "Diagnóstico del tablero y de los contactos, y arreglo de lo pequeño.",
                    "Diagnóstico do quadro e das tomadas, com conserto do que for pequeno.",
                    "A diagnosis of the board and the sockets; small things are mended.",
                ),
                (SPARE,),
                "request",
            ),
        ),
    ),
    Shelf(
        "around-the-house",
        "list",
        ("En la casa", "Pela casa", "Around the house"),
        (
            Offer(
                "assembly",
                60,
                around(350),
                ("Armar muebles", "Montar móveis", "Assemble furniture"),
                (
                    "Por horas, con herramienta propia y el empaque recogido.",
                    "Por hora, com ferramenta própria e a embalagem recolhida.",
                    "By the hour, with tools, and the packaging cleared away.",
                ),
                counted=Counted("hour", 1, 8, 60),
            ),
            Offer(
                "painting",
                30,
                around(60),
                ("Pintar muros", "Pintar paredes", "Paint walls"),
                (
                    "Por metro cuadrado: resanar, proteger y dos manos de pintura.",
                    "Por metro quadrado: massa, proteção e duas demãos de tinta.",
                    "Per square metre: fill, protect and two coats of paint.",
                ),
                (TAKE_AWAY,),
                "request",
                counted=Counted("m2", 5, 40, 15),
            ),
        ),
    ),
    asks=(
        Ask(
            code="what_happens",
            kind="long_text",
            words=(
                "¿Qué pasa, y desde cuándo?",
                "O que acontece, e desde quando?",
                "What happens, and since when?",
            ),
        ),
        Ask(
            code="photo",
            kind="file",
            words=("Una foto de lo que falla", "Uma foto do problema", "A photo of what is broken"),
        ),
        Ask(
            code="water_off",
            kind="boolean",
            shelf="plumbing",
            words=(
                "¿Se puede cerrar el agua?",
                "Dá para fechar a água?",
                "Can the water be turned off?",
            ),
        ),
        Ask(
            code="way_in",
            kind="text",
            words=(
                "¿Cómo se entra al edificio?",
                "Como se entra no prédio?",
                "How does one get into the building?",
            ),
            consent=(
                "Acepto que se use solo para esta visita.",
                "Aceito que seja usado só para esta visita.",
                "I agree that it is used for this visit only.",
            ),
        ),
    ),
)
