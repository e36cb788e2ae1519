"""What a new marketplace's pages say until its owner writes something better."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirstPages:
    """The first texts, in one language. `{name}` and `{city}` stand for the business."""

    heroes: dict[str, str]
    lead: str
    how_title: str
    how: tuple[str, ...]
    quote: str
    about_title: str
    about: tuple[str, ...]
    promise_title: str
    promise_lead: str
    promise: tuple[str, ...]


SPANISH = FirstPages(
    heroes={
        "pet_care": "Alguien de confianza para quien más quieres",
        "elder_care": "Compañía y cuidado para los tuyos",
        "cleaning": "Tu casa limpia, por gente que conoces",
        "repairs": "Arreglos bien hechos, a la primera",
        "beauty": "Tu momento, donde tú estés",
        "tutoring": "Aprender con quien sabe explicar",
        "general": "Gente de confianza, cerca de ti",
    },
    lead="En {city}, con personas revisadas una por una. Eliges, reservas y ves a dónde va cada"
    " peso.",
    how_title="Así funciona",
    how=(
        "<b>Busca.</b> Di qué necesitas, dónde y cuándo. Te mostramos quién puede y por qué te lo"
        " recomendamos.",
        "<b>Reserva.</b> Ves el precio completo antes de pagar, en seis partes, y dejas propina si"
        " quieres: llega entera a quien hace el trabajo.",
        "<b>Recibe.</b> Quien llega trae una credencial que puedes escanear, y tú le das un PIN"
        " para empezar.",
    ),
    quote="Cuidamos a quienes trabajan con nosotros, para que ellos cuiden lo tuyo.",
    about_title="Quiénes somos",
    about=(
        "{name} reúne en {city} a personas que hacen bien su oficio con quienes las necesitan.",
        "Conocemos a cada una: revisamos su identidad y sus documentos antes de que reciba su"
        " primer trabajo, y seguimos de su lado después.",
    ),
    promise_title="Nuestra promesa",
    promise_lead="Pago justo y pronto para quien trabaja. Precios claros para quien contrata.",
    promise=(
        "La propina es de quien la gana: el cien por ciento.",
        "El dinero de un trabajo se puede retirar en cuanto quien lo pidió lo confirma; si no dice"
        " nada, se confirma solo.",
        "Las reseñas son de visitas reales, y quien las recibe puede responder.",
        "Si algo sale mal, una persona con nombre te responde.",
    ),
)
PORTUGUESE = FirstPages(
    heroes={
        "pet_care": "Alguém de confiança para quem você mais ama",
        "elder_care": "Companhia e cuidado para a sua família",
        "cleaning": "Sua casa limpa, por gente que você conhece",
        "repairs": "Consertos bem-feitos, de primeira",
        "beauty": "O seu momento, onde você estiver",
        "tutoring": "Aprender com quem sabe explicar",
        "general": "Gente de confiança, perto de você",
    },
    lead="Em {city}, com pessoas verificadas uma a uma. Você escolhe, agenda e vê para onde vai"
    " cada real.",
    how_title="Como funciona",
    how=(
        "<b>Busque.</b> Diga o que precisa, onde e quando. Mostramos quem pode e por que"
        " recomendamos.",
        "<b>Agende.</b> Você vê o preço completo antes de pagar, em seis partes, e deixa gorjeta se"
        " quiser: ela chega inteira a quem faz o trabalho.",
        "<b>Receba.</b> Quem chega traz um crachá que você pode escanear, e você dá um PIN para"
        " começar.",
    ),
    quote="Cuidamos de quem trabalha conosco, para que cuidem do que é seu.",
    about_title="Quem somos",
    about=(
        "{name} aproxima, em {city}, pessoas que fazem bem o seu ofício de quem precisa delas.",
        "Conhecemos cada uma: verificamos identidade e documentos antes do primeiro trabalho, e"
        " continuamos ao lado delas depois.",
    ),
    promise_title="Nossa promessa",
    promise_lead="Pagamento justo e rápido para quem trabalha. Preço claro para quem contrata.",
    promise=(
        "A gorjeta é de quem a ganha: cem por cento.",
        "O dinheiro de um serviço pode ser sacado assim que quem pediu confirma; se não disser"
        " nada, ele se confirma sozinho.",
        "As avaliações são de visitas reais, e quem as recebe pode responder.",
        "Se algo der errado, uma pessoa com nome responde a você.",
    ),
)
ENGLISH = FirstPages(
    heroes={
        "pet_care": "Somebody you trust for those you love",
        "elder_care": "Company and care for your family",
        "cleaning": "Your home clean, by people you know",
        "repairs": "Repairs done well, the first time",
        "beauty": "Your moment, wherever you are",
        "tutoring": "Learn with somebody who can explain",
        "general": "People you can trust, close to you",
    },
    lead="In {city}, with people we have checked one by one. You choose, book, and see where every"
    " coin goes.",
    how_title="How it works",
    how=(
        "<b>Search.</b> Say what you need, where and when. We show who can come, and why we"
        " recommend them.",
        "<b>Book.</b> You see the whole price before you pay, in six parts, and may add a tip: all"
        " of it goes to whoever does the work.",
        "<b>Open the door.</b> Whoever comes carries a badge that you can scan, and you give them a"
        " PIN to begin.",
    ),
    quote="We look after those who work with us, so that they look after what is yours.",
    about_title="Who we are",
    about=(
        "{name} brings together, in {city}, people who are good at their trade and those who need"
        " them.",
        "We know every one of them: identity and papers are checked before the first job, and we"
        " stand by them afterwards.",
    ),
    promise_title="Our promise",
    promise_lead="Fair and quick pay for those who work. Clear prices for those who book.",
    promise=(
        "A tip belongs to whoever earned it: all of it.",
        "Money for a job can be cashed out as soon as whoever asked for it confirms; silence counts"
        " as a yes after a while.",
        "Reviews are of real visits, and whoever is reviewed may answer.",
        "If something goes wrong, a person with a name answers you.",
    ),
)
LANGUAGES = {"es": SPANISH, "pt-br": PORTUGUESE, "en": ENGLISH}


def first_titles(written: str, read: str) -> dict[str, str]:
    """Return the first pages' titles as they were written, each in the language of a reader."""
    was, now = first_pages(written), LANGUAGES.get(read.lower(), first_pages(written))
    return {was.about_title: now.about_title, was.promise_title: now.promise_title}


def first_pages(locale: str) -> FirstPages:
    """Return the first texts in a language, or in Spanish where it has none."""
    return LANGUAGES.get(locale, SPANISH)
