"""Who plays in the demo: two businesses, their people, and how they write."""

from dataclasses import dataclass, field

from tenants.tenancy.actions.open_tenant import Opening


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the city: what people call it, an address, and where it is."""

    zone: str
    street: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Business:
    """A marketplace of the story and everybody in it. People are "First Last"."""

    opening: Opening
    owner: str
    moderator: str
    second_moderator: str
    workers: tuple[str, ...]
    customers: tuple[str, ...]
    headlines: tuple[str, ...]
    places: tuple[Place, ...]
    praise: tuple[str, ...]
    complaints: tuple[str, ...]
    notes: tuple[str, ...]
    copied_praise: str
    phone_prefix: str
    languages: tuple[str, ...] = field(default=("es",))


PATITAS = Business(
    opening=Opening(
        slug="patitas",
        name="Patitas",
        niche="pet_care",
        country="MX",
        currency="MXN",
        timezone="America/Mexico_City",
        locale="es",
        city="Ciudad de México",
        latitude=19.4120,
        longitude=-99.1700,
        brand_color="#17624b",
    ),
    owner="Olga Herrera",
    moderator="Mauricio Peña",
    second_moderator="Nadia Campos",
    workers=(
        "Ana Torres",
        "Bruno Salas",
        "Carmen Ibarra",
        "Diego Luna",
        "Elena Rojas",
        "Fabián Mora",
        "Gabriela Solís",
        "Héctor Nava",
        "Irene Paz",
        "Paula Reyes",
    ),
    customers=(
        "Clara Méndez",
        "Rodrigo Vega",
        "Lucía Ortega",
        "Tomás Aguilar",
        "Valeria Cruz",
        "Andrés Molina",
        "Sofía Beltrán",
        "Mateo Fuentes",
        "Camila Ríos",
        "Julián Castro",
        "Renata Silva",
        "Emilio Duarte",
        "Natalia Pineda",
        "Óscar Medina",
        "Ximena Lara",
        "Pablo Guzmán",
        "Mariana Soto",
        "Íñigo Robles",
    ),
    headlines=(
        "Paseos largos y fotos al volver",
        "Perros grandes, mi especialidad",
        "Gatos tímidos bienvenidos",
        "Ocho años cuidando mascotas",
        "Paseo como si fuera mi propio perro",
        "Estudiante de veterinaria",
        "Cuidado con paciencia y cariño",
        "Rutinas claras, mascotas tranquilas",
        "Cachorros con mucha energía",
        "Cuidadora en dos ciudades",
    ),
    places=(
        Place("Roma Norte", "Calle Orizaba 101", 19.4195, -99.1610),
        Place("Condesa", "Avenida Ámsterdam 54", 19.4123, -99.1690),
        Place("Del Valle", "Calle Pilares 820", 19.3760, -99.1700),
        Place("Narvarte", "Calle Uxmal 210", 19.3935, -99.1560),
        Place("Juárez", "Calle Havre 33", 19.4265, -99.1625),
        Place("San Rafael", "Calle Sadi Carnot 70", 19.4390, -99.1615),
        Place("Escandón", "Calle Martí 145", 19.4025, -99.1780),
        Place("Nápoles", "Calle Nueva York 88", 19.3930, -99.1770),
    ),
    praise=(
        "Llegó puntual, saludó a Lola con calma y mandó fotos. Muy contenta.",
        "Llegó con tiempo, preguntó todo y explicó cada paso. Se nota la experiencia.",
        "Siguió al pie de la letra nuestras instrucciones. Repetiremos sin duda.",
        "Duró lo acordado y Max quedó tranquilo y feliz.",
        "Excelente trato, me avisó por mensaje al empezar y al terminar.",
        "Dejó todo limpio, cambió el agua y hasta regó una planta. Gracias.",
        "Muy profesional con una mascota nerviosa que no confía en nadie.",
        "Segunda vez que la contratamos y todo perfecto otra vez.",
        "Se tomó el tiempo de conocer a los dos antes de empezar. Da confianza.",
        "Trató a Nico con mucho cariño y nos contó cómo le fue.",
        "Buen servicio, el precio claro desde el principio y sin sorpresas.",
        "Amable y puntual, conoce bien el barrio y trabaja sin prisas.",
    ),
    complaints=(
        "Llegó cuarenta minutos tarde y nadie me avisó. Lo demás estuvo bien.",
        "Fue más corto de lo que pagué, esperaba otra cosa.",
        "No siguió la indicación de usar la correa corta cerca de la calle.",
    ),
    notes=(
        "Tocar el timbre dos veces; la llave está con el portero.",
        "Lola es tímida con los desconocidos.",
        "La comida está en la alacena de la cocina.",
        "Por favor usar la correa roja.",
    ),
    copied_praise=(
        "Servicio excelente, muy recomendable, puntual y cariñoso con las mascotas, "
        "lo volveré a contratar siempre que pueda."
    ),
    phone_prefix="+5255123456",
)

LAR_LIMPO = Business(
    opening=Opening(
        slug="lar-limpo",
        name="Lar Limpo",
        niche="cleaning",
        country="BR",
        currency="BRL",
        timezone="America/Sao_Paulo",
        locale="pt-br",
        city="São Paulo",
        latitude=-23.5580,
        longitude=-46.6620,
        brand_color="#1d4e89",
    ),
    owner="Berta Azevedo",
    moderator="Marcos Tavares",
    second_moderator="Nilza Freitas",
    workers=(
        "Carla Nunes",
        "Beatriz Lopes",
        "Davi Rocha",
        "Eduarda Pires",
        "Felipe Cardoso",
        "Geovana Melo",
        "Helena Barros",
        "Igor Teixeira",
        "Joana Ribeiro",
        "Paula Reyes",
    ),
    customers=(
        "Renato Farias",
        "Clara Méndez",
        "Luísa Moraes",
        "Thiago Batista",
        "Vanessa Prado",
        "André Siqueira",
        "Sabrina Duarte",
        "Mário Fonseca",
        "Camila Antunes",
        "Júlio Cunha",
        "Regina Sales",
        "Elias Monteiro",
        "Natasha Vieira",
        "Otávio Braga",
        "Xênia Coelho",
        "Pedro Guimarães",
        "Mariana Leal",
        "Ivo Ramos",
    ),
    headlines=(
        "Cozinha e banheiro impecáveis",
        "Limpeza pesada sem pressa",
        "Produtos sem cheiro forte",
        "Dez anos de experiência",
        "Organização de armários",
        "Limpeza pós-obra é comigo",
        "Cuidado com móveis antigos",
        "Pontual e discreto",
        "Casa com animais? Sem problema",
        "Profissional em duas cidades",
    ),
    places=(
        Place("Pinheiros", "Rua dos Pinheiros 498", -23.5640, -46.6830),
        Place("Vila Mariana", "Rua Joaquim Távora 77", -23.5850, -46.6400),
        Place("Jardins", "Rua Oscar Freire 915", -23.5620, -46.6700),
        Place("Bela Vista", "Rua Treze de Maio 300", -23.5570, -46.6450),
        Place("Perdizes", "Rua Monte Alegre 120", -23.5360, -46.6700),
        Place("Consolação", "Rua Augusta 1500", -23.5540, -46.6560),
        Place("Moema", "Alameda dos Arapanés 60", -23.6010, -46.6610),
        Place("Vila Madalena", "Rua Aspicuelta 250", -23.5530, -46.6900),
    ),
    praise=(
        "Chegou no horário e deixou a cozinha brilhando. Muito atenciosa.",
        "Fez até o que eu não tinha pedido. Recomendo de olhos fechados.",
        "Cuidadosa com os móveis antigos da minha avó, nada fora do lugar.",
        "Serviço excelente, preço claro e conversa boa.",
        "Terminou dez minutos antes e ainda organizou a lavanderia.",
        "O banheiro parecia novo. Já marquei a próxima visita.",
        "Muito educado, pediu licença antes de mexer nos livros.",
        "Usou os produtos sem cheiro que pedi por causa da alergia.",
        "Terceira visita e continua perfeito como na primeira.",
        "Avisou que ia sair e chegou na hora combinada.",
        "Gostei de ver antes quanto fica com ela e quanto é taxa.",
        "Janelas sem nenhuma marca, até o porteiro comentou.",
    ),
    complaints=(
        "Chegou meia hora atrasada e não avisou, mas a limpeza foi boa.",
        "Ficou faltando o quarto dos fundos, que estava combinado.",
        "Terminou cedo demais e o chão ainda estava molhado.",
    ),
    notes=(
        "Interfone 42; o porteiro já sabe.",
        "Os produtos ficam embaixo da pia.",
        "Cuidado com o gato, ele foge.",
        "A chave fica com a vizinha do 31.",
    ),
    copied_praise=(
        "Serviço excelente, muito recomendável, pontual e caprichosa com a casa inteira, "
        "vou contratar de novo sempre que puder."
    ),
    phone_prefix="+55119123456",
    languages=("pt-br",),
)

BUSINESSES = (PATITAS, LAR_LIMPO)
BOTH = ("Paula Reyes", "Clara Méndez")  # One worker and one customer belong to both.


def email_of(name: str) -> str:
    """Return somebody's e-mail address: "Ana Torres" reads ana.torres@example.com."""
    plain = name.lower().translate(str.maketrans("áéíóúâêôãõñçíÍÓÉ", "aeiouaeoaonciioe"))
    return f"{plain.replace(' ', '.')}@example.com"
