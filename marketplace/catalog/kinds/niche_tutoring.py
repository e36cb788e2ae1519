"""Lessons at home and from afar: school, languages, music."""

from marketplace.catalog.kinds.base import Ask, Extra, Form, Offer, Shelf, around, niche

MATERIAL = Extra(
    ("Material de práctica impreso", "Material de prática impresso", "Printed exercises"),
    around(60),
)
REPORT = Extra(
    ("Informe para la familia", "Relatório para a família", "A report for the family"),
    around(80),
)
HOUR = ("60 minutos", "60 minutos", "60 minutes")
LONGER = ("90 minutos", "90 minutos", "90 minutes")
TWO = ("2 horas", "2 horas", "2 hours")


def _forms(pesos: int) -> tuple[Form, ...]:
    """Return a lesson of one hour, one and a half and two, a little cheaper when longer."""
    return (
        Form(HOUR, 60, around(pesos)),
        Form(LONGER, 90, around(pesos * 14 // 10)),
        Form(TWO, 120, around(pesos * 18 // 10)),
    )


niche(
    "tutoring",
    Shelf(
        "school",
        "list",
        ("Escuela", "Escola", "School"),
        (
            Offer(
                "maths",
                60,
                around(300),
                ("Clase de matemáticas", "Aula de matemática", "Maths lesson"),
                (
                    "Con paciencia y desde donde está quien aprende, con tarea al final.",
                    "Com paciência e a partir de onde o aluno está, com tarefa no fim.",
                    "Patiently and from where the learner stands, with homework at the end.",
                ),
                (MATERIAL, REPORT),
                forms=_forms(300),
            ),
            Offer(
                "homework",
                60,
                around(220),
                ("Apoyo con tareas", "Apoio com a lição de casa", "Help with homework"),
                (
                    "Acompañamiento por la tarde para terminar la tarea y entenderla.",
                    "Acompanhamento à tarde para terminar a lição e entender o porquê.",
                    "Company in the afternoon to finish homework and understand it.",
                ),
                (REPORT,),
                forms=_forms(220),
            ),
            Offer(
                "exam",
                90,
                around(450),
                ("Preparación de examen", "Preparação para prova", "Exam preparation"),
                (
                    "Diagnóstico, simulacro y repaso de lo que más pesa en el examen.",
                    "Diagnóstico, simulado e revisão do que mais pesa na prova.",
                    "A diagnosis, a mock exam and a review of what counts most.",
                ),
                (MATERIAL,),
                "request",
            ),
        ),
    ),
    Shelf(
        "languages",
        "message",
        ("Idiomas", "Idiomas", "Languages"),
        (
            Offer(
                "english",
                60,
                around(320),
                ("Clase de inglés", "Aula de inglês", "English lesson"),
                (
                    "Conversación desde el primer día, con temas que te interesan.",
                    "Conversação desde o primeiro dia, com temas que interessam a você.",
                    "Conversation from the first day, about what interests you.",
                ),
                (MATERIAL,),
                forms=_forms(320),
            ),
            Offer(
                "english-online",
                60,
                around(260),
                ("Inglés por videollamada", "Inglês por videochamada", "English by video call"),
                (
                    "Una clase en vivo por videollamada; el enlace llega con la confirmación.",
                    "Uma aula ao vivo por videochamada; o link chega com a confirmação.",
                    "A live lesson by video call; the link comes with the confirmation.",
                ),
                (),
                forms=_forms(260),
                location="remote",
                completion="customer_confirm",
            ),
        ),
    ),
    Shelf(
        "music",
        "heart",
        ("Música", "Música", "Music"),
        (
            Offer(
                "guitar",
                60,
                around(350),
                ("Clase de guitarra", "Aula de violão", "Guitar lesson"),
                (
                    "Acordes, ritmo y la canción que siempre quisiste tocar.",
                    "Acordes, ritmo e a música que você sempre quis tocar.",
                    "Chords, rhythm and the song you always wanted to play.",
                ),
                (),
                forms=_forms(350),
            ),
            Offer(
                "piano",
                60,
                around(380),
                ("Clase de piano", "Aula de piano", "Piano lesson"),
                (
                    "En tu teclado o piano, para empezar o para volver a tocar.",
                    "No seu teclado ou piano, para começar ou voltar a tocar.",
                    "On your keyboard or piano, to begin or to play again.",
                ),
                (),
                forms=_forms(380),
            ),
        ),
    ),
    asks=(
        Ask(
            code="learner_age",
            kind="integer",
            words=(
                "¿Qué edad tiene quien aprende?",
                "Qual a idade de quem vai aprender?",
                "How old is the learner?",
            ),
        ),
        Ask(
            code="level",
            kind="enum",
            words=("¿Qué nivel tiene?", "Qual é o nível?", "Which level?"),
            options=(
                ("beginner", ("Empieza", "Iniciante", "Beginner")),
                ("middle", ("Intermedio", "Intermediário", "Intermediate")),
                ("advanced", ("Avanzado", "Avançado", "Advanced")),
            ),
        ),
        Ask(
            code="goal",
            kind="long_text",
            words=(
                "¿Qué quieres lograr?",
                "O que você quer alcançar?",
                "What do you want to achieve?",
            ),
        ),
        Ask(
            code="ages_taught",
            kind="multi_enum",
            target="service",
            filterable=True,
            words=("¿A quién enseñas?", "Para quem você ensina?", "Whom do you teach?"),
            options=(
                ("children", ("Niños", "Crianças", "Children")),
                ("teens", ("Adolescentes", "Adolescentes", "Teenagers")),
                ("adults", ("Adultos", "Adultos", "Adults")),
            ),
        ),
    ),
)
