"""Company and care for older people, at home and on the way."""

from marketplace.catalog.kinds.base import Ask, Extra, Offer, Shelf, niche

MEAL = Extra(
    ("Preparar una comida", "Preparar uma refeição", "Cook a meal"),
    (120, 35, 6000, 20000, 6500, 24),
    45,
)
REPORT = Extra(
    ("Reporte a la familia", "Relatório para a família", "Report to the family"),
    (60, 15, 2500, 10000, 3000, 12),
    10,
)

niche(
    "elder_care",
    Shelf(
        "company",
        "heart",
        ("Compañía", "Companhia", "Company"),
        (
            Offer(
                "company-2h",
                120,
                (300, 90, 16000, 55000, 17000, 60),
                ("Compañía 2 horas", "Companhia 2 horas", "Company, 2 hours"),
                (
                    "Plática, lectura, juegos y un café con alguien paciente.",
                    "Conversa, leitura, jogos e um café com alguém paciente.",
                    "A chat, a book, a game and coffee with somebody patient.",
                ),
                (MEAL, REPORT),
            ),
            Offer(
                "walk-with",
                60,
                (180, 55, 9500, 33000, 10000, 36),
                ("Caminata acompañada", "Caminhada acompanhada", "A walk together"),
                (
                    "Una caminata segura al paso de cada quien.",
                    "Uma caminhada segura, no ritmo de cada um.",
                    "A safe walk at one's own pace.",
                ),
                (REPORT,),
            ),
        ),
    ),
    Shelf(
        "care",
        "hand",
        ("Cuidado personal", "Cuidado pessoal", "Personal care"),
        (
            Offer(
                "care-4h",
                240,
                (680, 200, 36000, 125000, 38000, 135),
                ("Cuidado 4 horas", "Cuidado 4 horas", "Care, 4 hours"),
                (
                    "Aseo, movilidad, comida y recordatorio de medicinas.",
                    "Higiene, mobilidade, refeições e lembrete de remédios.",
                    "Washing, moving, meals and reminders of medicine.",
                ),
                (REPORT,),
                "request",
            ),
            Offer(
                "bath-help",
                60,
                (260, 80, 14000, 48000, 15000, 52),
                ("Ayuda para el baño", "Ajuda no banho", "Help with bathing"),
                (
                    "Ayuda respetuosa y segura para bañarse y vestirse.",
                    "Ajuda respeitosa e segura para tomar banho e se vestir.",
                    "Respectful, safe help with bathing and dressing.",
                ),
            ),
        ),
    ),
    Shelf(
        "outings",
        "map-pin",
        ("Citas y trámites", "Consultas e recados", "Appointments and errands"),
        (
            Offer(
                "doctor",
                180,
                (450, 130, 24000, 82000, 25000, 90),
                ("Acompañar al médico", "Acompanhar ao médico", "Going to the doctor"),
                (
                    "De puerta a puerta, con notas de lo que dijo el médico.",
                    "De porta a porta, com anotações do que o médico disse.",
                    "From door to door, with notes of what the doctor said.",
                ),
                (REPORT,),
            ),
            Offer(
                "errands",
                90,
                (220, 65, 12000, 40000, 12000, 45),
                ("Mandados y farmacia", "Compras e farmácia", "Errands and pharmacy"),
                (
                    "Compras, farmacia y pagos, con recibo de todo.",
                    "Compras, farmácia e contas, com recibo de tudo.",
                    "Shopping, pharmacy and bills, with a receipt for everything.",
                ),
            ),
        ),
    ),
    asks=(
        Ask(
            code="mobility",
            kind="enum",
            words=(
                "¿Cómo se mueve la persona?",
                "Como a pessoa se move?",
                "How does the person get around?",
            ),
            options=(
                ("alone", ("Sin ayuda", "Sem ajuda", "Without help")),
                (
                    "walker",
                    ("Con bastón o andadera", "Com bengala ou andador", "With a stick or walker"),
                ),
                ("chair", ("En silla de ruedas", "Em cadeira de rodas", "In a wheelchair")),
            ),
        ),
        Ask(
            code="health",
            kind="long_text",
            words=(
                "¿Qué debe saber quien viene sobre su salud?",
                "O que quem vem precisa saber sobre a saúde?",
                "What should whoever comes know about their health?",
            ),
            consent=(
                "Acepto que la persona que viene lo lea para esta visita.",
                "Aceito que a pessoa que vem leia isto para esta visita.",
                "I agree that the person who comes reads this for the visit.",
            ),
        ),
    ),
)
