"""Hair, nails, make-up and massages at home."""

from marketplace.catalog.kinds.base import Ask, Extra, Form, Offer, Shelf, around, niche

DESIGN = Extra(("Diseño en dos uñas", "Desenho em duas unhas", "Art on two nails"), around(80), 15)
REMOVAL = Extra(("Retiro de gel", "Remoção de gel", "Gel removal"), around(120), 20)
LASHES = Extra(("Pestañas postizas", "Cílios postiços", "False lashes"), around(180), 15)
OIL = Extra(("Aceites esenciales", "Óleos essenciais", "Essential oils"), around(100))

niche(
    "beauty",
    Shelf(
        "nails",
        "heart",
        ("Uñas", "Unhas", "Nails"),
        (
            Offer(
                "manicure",
                60,
                around(280),
                ("Manicure en casa", "Manicure em casa", "Manicure at home"),
                (
                    "Limado, cutícula y esmalte, con herramientas esterilizadas.",
                    "Lixamento, cutícula e esmalte, com ferramentas esterilizadas.",
                    "Filing, cuticles and polish, with sterilised tools.",
                ),
                (DESIGN, REMOVAL),
                forms=(
                    Form(("Clásico", "Clássico", "Classic"), 60, around(280)),
                    Form(("En gel", "Em gel", "Gel"), 75, around(420)),
                    Form(("Acrílico", "Acrílico", "Acrylic"), 120, around(650)),
                ),
            ),
            Offer(
                "pedicure",
                60,
                around(320),
                ("Pedicure en casa", "Pedicure em casa", "Pedicure at home"),
                (
                    "Baño de pies, exfoliación y esmalte, sin salir de casa.",
                    "Escalda-pés, esfoliação e esmalte, sem sair de casa.",
                    "A foot bath, a scrub and polish without leaving home.",
                ),
                (DESIGN, REMOVAL),
            ),
        ),
    ),
    Shelf(
        "hair",
        "star",
        ("Cabello", "Cabelo", "Hair"),
        (
            Offer(
                "cut",
                30,
                around(220),
                ("Corte de cabello", "Corte de cabelo", "Haircut"),
                (
                    "Corte y peinado en casa, y todo queda limpio al terminar.",
                    "Corte e penteado em casa, e tudo fica limpo no fim.",
                    "A cut and styling at home, and all is clean afterwards.",
                ),
                forms=(
                    Form(("Corto", "Curto", "Short"), 45, around(300)),
                    Form(("Largo", "Longo", "Long"), 60, around(400)),
                    Form(("Infantil", "Infantil", "Children"), 30, around(220)),
                ),
            ),
            Offer(
                "colour",
                120,
                around(900),
                ("Tinte", "Coloração", "Colouring"),
                (
                    "Color completo o retoque de raíz con productos de salón.",
                    "Cor completa ou retoque de raiz com produtos de salão.",
                    "Full colour or roots, with products of a salon.",
                ),
                mode="request",
                forms=(
                    Form(("Raíz", "Raiz", "Roots"), 120, around(900)),
                    Form(("Completo", "Completa", "Full"), 180, around(1400)),
                ),
            ),
        ),
    ),
    Shelf(
        "events",
        "calendar",
        ("Eventos y bienestar", "Eventos e bem-estar", "Events and well-being"),
        (
            Offer(
                "make-up",
                60,
                around(700),
                ("Maquillaje para evento", "Maquiagem para evento", "Make-up for an event"),
                (
                    "Prueba de tono, piel preparada y maquillaje que dura toda la noche.",
                    "Teste de tom, pele preparada e maquiagem que dura a noite toda.",
                    "Shade test, prepared skin and make-up that lasts all night.",
                ),
                (LASHES,),
            ),
            Offer(
                "massage",
                60,
                around(550),
                ("Masaje relajante", "Massagem relaxante", "Relaxing massage"),
                (
                    "Camilla, música y una hora solo para ti, en tu casa.",
                    "Maca, música e uma hora só para você, na sua casa.",
                    "A table, music and an hour just for you, at home.",
                ),
                (OIL,),
                forms=(
                    Form(("60 minutos", "60 minutos", "60 minutes"), 60, around(550)),
                    Form(("90 minutos", "90 minutos", "90 minutes"), 90, around(780)),
                ),
            ),
        ),
    ),
    asks=(
        Ask(
            code="allergies",
            kind="text",
            words=(
                "¿Alergias o piel sensible?",
                "Alergias ou pele sensível?",
                "Allergies or sensitive skin?",
            ),
            consent=(
                "Acepto que la persona que viene lo sepa para cuidar mi salud.",
                "Aceito que a pessoa que vem saiba disso para cuidar da minha saúde.",
                "I agree that the person who comes knows, to protect my health.",
            ),
        ),
        Ask(
            code="hair_length",
            kind="enum",
            shelf="hair",
            words=(
                "¿Qué largo tiene tu cabello?",
                "Qual o comprimento do seu cabelo?",
                "How long is your hair?",
            ),
            options=(
                ("short", ("Corto", "Curto", "Short")),
                ("middle", ("A los hombros", "Nos ombros", "Shoulder-length")),
                ("long", ("Largo", "Longo", "Long")),
            ),
        ),
        Ask(
            code="event_on",
            kind="date",
            shelf="events",
            words=("¿Cuándo es el evento?", "Quando é o evento?", "When is the event?"),
        ),
    ),
)
