"""Walks, visits and baths for dogs and cats."""

from marketplace.catalog.kinds.base import Ask, Extra, Offer, Shelf, niche

SECOND_PET = Extra(
    ("Segunda mascota", "Segundo pet", "Second pet"), (80, 20, 3500, 15000, 4000, 15), 15
)

niche(
    "pet_care",
    Shelf(
        "walks",
        "paw",
        ("Paseos", "Passeios", "Walks"),
        (
            Offer(
                "walk-30",
                30,
                (150, 40, 7000, 28000, 8000, 30),
                ("Paseo de perro 30 min", "Passeio de cachorro 30 min", "Dog walk, 30 min"),
                (
                    "Una vuelta tranquila por la colonia, con agua al volver.",
                    "Uma volta tranquila pelo bairro, com água na volta.",
                    "A calm walk around the block, with water afterwards.",
                ),
                (SECOND_PET,),
            ),
            Offer(
                "walk-60",
                60,
                (250, 65, 12000, 45000, 14000, 50),
                ("Paseo de perro 60 min", "Passeio de cachorro 60 min", "Dog walk, 60 min"),
                (
                    "Una hora de parque y olfato, con fotos del paseo.",
                    "Uma hora de parque e faro, com fotos do passeio.",
                    "An hour of park and sniffing, with photos of the walk.",
                ),
                (SECOND_PET,),
            ),
            Offer(
                "walk-anyone",
                45,
                (210, 55, 10500, 38000, 12000, 44),
                (
                    "Paseo: encontramos a alguien",
                    "Passeio: encontramos alguém",
                    "Dog walk: we find somebody",
                ),
                (
                    "Tú dices cuándo; sale con tu perro quien esté libre y cerca.",
                    "Você diz quando; sai com seu cachorro quem estiver livre e perto.",
                    "You say when; whoever is free and near takes your dog out.",
                ),
                (SECOND_PET,),
                "dispatch",
            ),
        ),
    ),
    Shelf(
        "home-visits",
        "home",
        ("Visitas a domicilio", "Visitas em casa", "Home visits"),
        (
            Offer(
                "cat-visit",
                30,
                (180, 50, 9000, 35000, 10000, 38),
                ("Visita para gato", "Visita para gato", "Cat visit"),
                (
                    "Comida, agua, arenero limpio y un rato de juego.",
                    "Comida, água, caixa limpa e um tempo de brincadeira.",
                    "Food, water, a clean litter box and some play.",
                ),
                (SECOND_PET,),
            ),
            Offer(
                "pet-sitting",
                180,
                (550, 140, 26000, 95000, 30000, 110),
                ("Cuidado en casa 3 horas", "Cuidado em casa 3 horas", "Sitting at home, 3 hours"),
                (
                    "Alguien de confianza acompaña a tu mascota mientras no estás.",
                    "Alguém de confiança faz companhia ao seu pet enquanto você sai.",
                    "Somebody you can trust keeps your pet company while you are out.",
                ),
                (SECOND_PET,),
                "request",
            ),
        ),
    ),
    Shelf(
        "grooming",
        "heart",
        ("Baño y estética", "Banho e tosa", "Bath and grooming"),
        (
            Offer(
                "bath",
                90,
                (450, 110, 20000, 75000, 24000, 85),
                ("Baño y cepillado", "Banho e escovação", "Bath and brushing"),
                (
                    "Baño en casa con champú suave, secado y cepillado.",
                    "Banho em casa com xampu suave, secagem e escovação.",
                    "A bath at home with mild shampoo, drying and brushing.",
                ),
                (
                    Extra(
                        ("Corte de uñas", "Corte de unhas", "Nail trim"),
                        (90, 25, 4000, 16000, 5000, 18),
                        15,
                    ),
                    Extra(
                        ("Limpieza de oídos", "Limpeza de ouvidos", "Ear cleaning"),
                        (70, 20, 3500, 13000, 4000, 15),
                        10,
                    ),
                ),
            ),
            Offer(
                "training",
                60,
                (500, 130, 23000, 85000, 28000, 95),
                ("Clase de obediencia", "Aula de obediência", "Training class"),
                (
                    "Una clase en tu casa para convivir mejor, con tarea para la semana.",
                    "Uma aula na sua casa para conviver melhor, com tarefas para a semana.",
                    "A class at your home for a happier life together, with homework.",
                ),
                (),
                "request",
            ),
        ),
    ),
    asks=(
        Ask(
            code="pet_name",
            kind="text",
            words=(
                "¿Cómo se llama tu mascota?",
                "Como se chama o seu pet?",
                "What is your pet called?",
            ),
        ),
        Ask(
            code="pet_size",
            kind="enum",
            words=("¿De qué tamaño es?", "De que tamanho é?", "How big is it?"),
            options=(
                ("small", ("Pequeña", "Pequeno", "Small")),
                ("medium", ("Mediana", "Médio", "Medium")),
                ("large", ("Grande", "Grande", "Large")),
            ),
        ),
        Ask(
            code="gets_along",
            kind="boolean",
            shelf="walks",
            words=(
                "¿Se lleva bien con otros perros?",
                "Dá-se bem com outros cães?",
                "Does it get along with other dogs?",
            ),
        ),
        Ask(
            code="sizes_taken",
            kind="multi_enum",
            target="service",
            filterable=True,
            words=(
                "¿Qué tamaños aceptas?",
                "Que tamanhos você aceita?",
                "Which sizes do you take?",
            ),
            options=(
                ("small", ("Pequeños", "Pequenos", "Small")),
                ("medium", ("Medianos", "Médios", "Medium")),
                ("large", ("Grandes", "Grandes", "Large")),
            ),
        ),
    ),
)
