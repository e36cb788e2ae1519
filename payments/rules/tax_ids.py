"""Numbers under which tax offices know people: well formed or impossible, country by country."""

from dataclasses import dataclass
from types import ModuleType

from stdnum.ar import cuit
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.mx import rfc
from stdnum.pe import ruc

from kernel.errors import Invalid

SHOWN, SHORTEST, LONGEST = 3, 5, 20
PERSON, REGISTERED, COMPANY = "person", "registered", "company"
PROFILES = (PERSON, REGISTERED, COMPANY)
KINDS: dict[str, tuple[tuple[str, ModuleType], ...]] = {
    "MX": (("RFC", rfc),),
    "BR": (("CPF", cpf), ("CNPJ", cnpj)),
    "CL": (("RUT", rut),),
    "CO": (("NIT", nit),),
    "AR": (("CUIT", cuit),),
    "PE": (("RUC", ruc),),
}
ANY = "TAX"


class TaxIdInvalid(Invalid):
    code = "tax.id_invalid"
    title = "This tax number does not exist. Please copy it from your tax papers."


class TaxProfileUnknown(Invalid):
    code = "tax.profile_unknown"
    title = "Please say how you are known to the tax office."


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxId:
    """A number as a tax office writes it, and what kind of number it is."""

    kind: str
    number: str

    @property
    def shown(self) -> str:
        """All that is shown of it: its kind and its last three characters."""
        return f"{self.kind} ···· {self.number[-SHOWN:]}"


def names_in(country: str) -> str:
    """Return what such numbers are called in a country; nothing where we do not know."""
    return " / ".join(kind for kind, _ in KINDS.get(country, ()))


def read_tax_id(country: str, value: str) -> TaxId:
    """Read a tax number, or refuse one that cannot exist."""
    plain = "".join(each for each in value.upper() if each not in " .-/")
    known = KINDS.get(country, ())
    if not known and SHORTEST <= len(plain) <= LONGEST and plain.isalnum():
        return TaxId(kind=ANY, number=plain)
    for kind, module in known:
        if module.is_valid(plain):
            return TaxId(kind=kind, number=plain)
    raise TaxIdInvalid(fields=["number"])


def check_profile(profile: str) -> str:
    """Return a profile if it is one."""
    if profile not in PROFILES:
        raise TaxProfileUnknown(fields=["profile"])
    return profile
