"""Numbers on identity documents: well formed, to be looked at, or impossible."""

from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from stdnum.ar import dni
from stdnum.br import cpf
from stdnum.cl import rut
from stdnum.cr import cpf as cr_cpf
from stdnum.do import cedula
from stdnum.ec import ci
from stdnum.es import nie
from stdnum.mx import curp
from stdnum.pe import cui

from kernel.errors import Invalid

SHOWN = 3


class NumberInvalid(Invalid):
    code = "check.number_invalid"
    title = "This number does not exist. Please copy it from the document."


class Result(StrEnum):
    """What can be said of a number without asking anybody."""

    OK = "ok"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number in its plain form, and what to make of it."""

    normalised: str
    result: Result
    reason: str = ""


PERSONAL: dict[str, tuple[ModuleType, ...]] = {
    "MX": (curp,),
    "BR": (cpf,),
    "CL": (rut,),
    "AR": (dni,),
    "PE": (cui,),
    "EC": (ci,),
    "DO": (cedula,),
    "CR": (cr_cpf,),
    "ES": (nie,),
}


def read_number(country: str, value: str) -> Reading:
    """Read the number of a personal document of a country; unknown countries are for review."""
    plain = "".join(each for each in value.upper() if each not in " .-/")
    if not plain or len(set(plain)) == 1:
        return Reading(plain, Result.REJECT, "malformed")
    known = PERSONAL.get(country, ())
    if not known:
        return Reading(plain, Result.REVIEW, "no_check_digit")
    if any(module.is_valid(plain) for module in known):
        return Reading(plain, Result.OK)
    return Reading(plain, *_doubt(country, plain))


def shown(normalised: str) -> str:
    """Return all that is ever shown of a number: its last three characters."""
    return normalised[-SHOWN:]


def _doubt(country: str, plain: str) -> tuple[Result, str]:
    """A CURP of somebody of sex X is right, and unknown to the library: a person looks at it."""
    if country == "MX" and len(plain) == 18 and plain[10:11] == "X":
        return Result.REVIEW, "sex_x"
    return Result.REJECT, "check_digit"
