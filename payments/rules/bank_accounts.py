"""Where a worker's money can go: account numbers of each country, checked before anybody is paid.

CLABE: Banxico's weights 3, 7, 1. CBU and CVU: BCRA's two blocks. RUT, CPF, CNPJ: their own digits.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from stdnum.ar import cbu
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.exceptions import ValidationError

from kernel.errors import Invalid

SHOWN = 4
HOLDER_LONGEST = 80
CLABE_WEIGHTS = (3, 7, 1)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
BRAZILIAN_PHONE = re.compile(r"\+55[1-9]\d9?\d{8}")
OTHER = re.compile(r"[A-Z0-9]{6,34}")


class ClabeInvalid(Invalid):
    code = "bank.clabe"
    title = "This CLABE does not exist. Please copy its 18 digits from your bank's app."


class PixKeyInvalid(Invalid):
    code = "bank.pix_key"
    title = "This is no Pix key: write a CPF, CNPJ, e-mail, phone with +55 or random key."


class CbuInvalid(Invalid):
    code = "bank.cbu"
    title = "This CBU or CVU does not exist. Please copy its 22 digits."


class RutInvalid(Invalid):
    code = "bank.rut"
    title = "This RUT does not exist. Please write it with its check digit."


class AccountInvalid(Invalid):
    code = "bank.account"
    title = "This is no account number. Please write only letters and digits."


class BankMissing(Invalid):
    code = "bank.bank"
    title = "Please write the name of the bank."


class HolderMissing(Invalid):
    code = "bank.holder"
    title = "Please write the name that the bank has for this account."


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account that a bank can pay to. `kind` says what its number is."""

    kind: str
    number: str
    holder: str
    bank: str = ""
    national_id: str = ""

    @property
    def shown(self) -> str:
        """What people see of it: its kind or bank, and its last characters."""
        return f"{self.bank or KIND_NAMES[self.kind]} ···· {self.number[-SHOWN:]}"


KIND_NAMES = {"clabe": "CLABE", "pix": "Pix", "cbu": "CBU", "rut": "RUT", "account": "IBAN"}
KINDS = tuple(KIND_NAMES)
BY_COUNTRY = {"MX": "clabe", "BR": "pix", "AR": "cbu", "CL": "rut"}


def kind_in(country: str) -> str:
    """Return what an account's number is called in a country."""
    return BY_COUNTRY.get(country, "account")


def read_account(
    *, country: str, number: str, holder: str, bank: str = "", national_id: str = ""
) -> BankAccount:
    """Return an account that can be paid to, written plainly, or refuse what is wrong with it."""
    kind = kind_in(country)
    name = " ".join(holder.split())
    if len(name) < 2:
        raise HolderMissing(fields=["holder"])
    account = BankAccount(
        kind=kind,
        number=READERS[kind](number),
        holder=name[:HOLDER_LONGEST],
        bank=" ".join(bank.split())[:40],
        national_id=_rut(national_id) if kind == "rut" else "",
    )
    if kind in ("rut", "account") and not account.bank:
        raise BankMissing(fields=["bank"])
    return account


def _plain(text: str) -> str:
    return "".join(each for each in text.upper() if each not in " .-/")


def clabe(text: str) -> str:
    """Return a CLABE as 18 digits, or refuse it."""
    digits = _plain(text)
    if not (len(digits) == 18 and digits.isascii() and digits.isdigit()):
        raise ClabeInvalid(fields=["number"])
    weighed = sum(
        int(each) * CLABE_WEIGHTS[place % 3] % 10 for place, each in enumerate(digits[:17])
    )
    if (10 - weighed % 10) % 10 != int(digits[17]) or not int(digits):
        raise ClabeInvalid(fields=["number"])
    return digits


def pix_key(text: str) -> str:
    """Return a Pix key as banks keep it, or refuse it."""
    typed = text.strip()
    if EMAIL.fullmatch(typed) and len(typed) <= 77:
        return typed.lower()
    phone = "".join(each for each in typed if each not in " ()-")
    if BRAZILIAN_PHONE.fullmatch(phone):
        return phone
    plain = _plain(typed)
    if any(module.is_valid(plain) for module in (cpf, cnpj)) and len(set(plain)) > 1:
        return plain
    return _random_key(typed)


def _random_key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise PixKeyInvalid(fields=["number"]) from None


def _cbu(text: str) -> str:
    try:
        digits: str = cbu.validate(_plain(text))
    except ValidationError:
        raise CbuInvalid(fields=["number"]) from None
    if not int(digits):
        raise CbuInvalid(fields=["number"])
    return digits


def _rut(text: str) -> str:
    try:
        plain: str = rut.validate(_plain(text))
    except ValidationError:
        raise RutInvalid(fields=["national_id"]) from None
    return plain


def _other(text: str) -> str:
    plain = _plain(text)
    if not (OTHER.fullmatch(plain) and any(each.isdigit() for each in plain)):
        raise AccountInvalid(fields=["number"])
    return plain


READERS = {"clabe": clabe, "pix": pix_key, "cbu": _cbu, "rut": _other, "account": _other}
