"""From what people type to what the index knows: folded words, the last one perhaps unfinished."""

import re
import unicodedata

MOST_WORDS = 12
WORD = re.compile(r"[a-z0-9]+")
LITTLE_WORDS = """
a al con cual de del desde el ella en entre es esta este hasta hay la las le les lo los me mi mis
muy o para pero por que quien se si sin sobre su sus te tu tus u un una uno unas unos y ya yo
alguien algun alguna busco favor necesito quiero
ao aos aquele as ate com como da das do dos e ela em essa esse eu isso lhe mais mas meu meus minha
minhas na nas no nos nossa nosso num numa os ou para pela pelo por qual quem seu seus sua suas tem
um uma umas uns voce
alguem gostaria preciso procuro quero
an and any are at be by can for from have i in is it my of on or our please some someone somebody
that the their this to us we who with you your
looking need want
"""


def words(text: str) -> list[str]:
    """Return the words of a text without accents, capitals and plural endings.

    "Jardinería de Balcones" is the same as "jardineria de balcone": both sides go through here.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return [_singular(word) for word in WORD.findall(plain)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def indexed(*texts: str) -> str:
    """Return texts as the index keeps them."""
    return " ".join(word for text in texts for word in words(text))


LITTLE = frozenset(words(LITTLE_WORDS))  # In Spanish, Portuguese and English: they find nobody.


def searched(typed: str) -> list[str]:
    """Return the words that say what somebody looks for: "para mi perro" is about a dog."""
    return [word for word in words(typed) if word not in LITTLE][:MOST_WORDS]


def text_query(typed: str, *, relaxed: bool = False) -> str:
    """Return a query in PostgreSQL's language: all words (any of them, relaxed), the last a prefix.

    Words are letters and digits only, so nothing typed can be an operator.
    """
    terms = searched(typed)
    if not terms:
        return ""
    terms[-1] += ":*"
    return (" | " if relaxed else " & ").join(terms)
