"""Account numbers of each country: right ones are read plainly, wrong ones refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from payments.rules.bank_accounts import (
    AccountInvalid,
    BankMissing,
    CbuInvalid,
    ClabeInvalid,
    HolderMissing,
    PixKeyInvalid,
    RutInvalid,
    clabe,
    pix_key,
    read_account,
)
from payments.rules.bank_files import (
    AnswerUnreadable,
    PayLine,
    pay_file,
    plain_amount,
    read_answer,
)

CLABE = "032180000118359719"


def account(country: str, number: str, **rest: str):
    return read_account(country=country, number=number, holder="Ana Prueba", **rest)


def test_a_clabe_is_read_with_or_without_spaces():
    assert account("MX", "032 180 00011835971 9").number == CLABE
    assert account("MX", CLABE).shown == "CLABE ···· 9719"


@pytest.mark.parametrize(
    "number",
    ["", CLABE[:-1], CLABE + "0", CLABE[:-1] + "8", "O" + CLABE[1:], "0" * 18, "\u0660" * 18],
)
def test_a_malformed_clabe_is_refused(number):
    with pytest.raises(ClabeInvalid):
        account("MX", number)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_in_a_clabe_is_always_noticed(place, step):
    wrong = str((int(CLABE[place]) + step) % 10)
    with pytest.raises(ClabeInvalid):
        clabe(CLABE[:place] + wrong + CLABE[place + 1 :])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("529.982.247-25", "52998224725"),
        ("11.222.333/0001-81", "11222333000181"),
        ("Ana@Example.com", "ana@example.com"),
        ("+55 (11) 98765-4321", "+5511987654321"),
        ("123E4567-E89B-12D3-A456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
    ],
)
def test_every_sort_of_pix_key_is_read(typed, kept):
    assert pix_key(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "529.982.247-26", "111.111.111-11", "ana@", "+5411987654321", "123e4567"]
)
def test_a_malformed_pix_key_is_refused(typed):
    with pytest.raises(PixKeyInvalid):
        account("BR", typed)


def test_a_cbu_is_checked_in_both_blocks():
    assert account("AR", "2850590940090418135201").number == "2850590940090418135201"
    for wrong in ("2850590940090418135202", "2850590840090418135201", "0" * 22):
        with pytest.raises(CbuInvalid):
            account("AR", wrong)


def test_a_chilean_account_needs_a_rut_and_a_bank():
    read = account("CL", "00-123-456", bank="Banco Estado", national_id="12.531.909-2")
    assert (read.number, read.national_id) == ("00123456", "125319092")
    with pytest.raises(RutInvalid):
        account("CL", "00123456", bank="Banco Estado", national_id="12.531.909-3")
    with pytest.raises(BankMissing):
        account("CL", "00123456", national_id="12.531.909-2")


def test_elsewhere_letters_and_digits_will_do_but_not_anything():
    assert account("CO", "123-456789-01", bank="Bancolombia").number == "12345678901"
    for wrong in ("", "12345", "=1+1234", "ABCDEFGH"):
        with pytest.raises(AccountInvalid):
            account("CO", wrong, bank="Bancolombia")
    with pytest.raises(HolderMissing):
        read_account(country="MX", number=CLABE, holder=" ")


def line(country: str, number: str, minor: int, currency: str, **rest: str) -> PayLine:
    return PayLine(
        reference="P0123456789AB",
        account=account(country, number, **rest),
        amount=Money(currency, minor),
    )


def test_each_country_gets_its_file():
    mexico = pay_file(country="MX", lines=[line("MX", CLABE, 1_990, "MXN")])
    assert mexico == (
        b"clabe,beneficiario,monto,referencia\r\n"
        b"032180000118359719,Ana Prueba,19.90,P0123456789AB\r\n"
    )
    brazil = pay_file(country="BR", lines=[line("BR", "+5511987654321", 50, "BRL")])
    assert brazil.splitlines()[1] == b"+5511987654321,Ana Prueba,0.50,P0123456789AB"
    argentina = pay_file(country="AR", lines=[line("AR", "2850590940090418135201", 1_990, "ARS")])
    assert argentina == (
        b"2850590940090418135201"
        + b"000000000001990"
        + b"Ana Prueba".ljust(40)
        + b"P0123456789AB".ljust(20)
        + b"\r\n"
    )
    chile = line("CL", "00123456", 1_990, "CLP", bank="BCI", national_id="125319092")
    assert pay_file(country="CL", lines=[chile]).splitlines()[1] == (
        b"125319092,Ana Prueba,BCI,00123456,1990,P0123456789AB"
    )


def test_no_name_becomes_a_formula():
    evil = read_account(country="MX", number=CLABE, holder="=cmd|calc")
    row = PayLine(reference="P1", account=evil, amount=Money("MXN", 100))
    assert pay_file(country="MX", lines=[row]).splitlines()[1] == (
        b"032180000118359719,'=cmd|calc,1.00,P1"
    )


def test_amounts_are_written_by_their_currency():
    assert (plain_amount(Money("CLP", 1_990)), plain_amount(Money("MXN", 1_990))) == (
        "1990",
        "19.90",
    )


def test_an_answer_is_read_with_its_columns_in_any_order_and_language():
    said = "Estado;Referencia;Clave de rastreo;Monto\nPagado;p1;mbx 1;1.234,50\nraro;P2;;x\n"
    first, second = read_answer(said.encode("latin-1"), exponent=2)
    assert (first.reference, first.status, first.minor) == ("P1", "paid", 123_450)
    assert (second.row, second.status, second.minor) == (3, "", None)


@pytest.mark.parametrize("said", [b"", b"a,b,c\n1,2,3", b"\xff\xfe\x00"])
def test_an_answer_without_its_columns_is_refused(said):
    with pytest.raises(AnswerUnreadable):
        read_answer(said, exponent=2)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("10", 1_000),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("$ 5", 500),
        ("0.001", None),
        ("NaN", None),
        ("1e3", 100_000),
    ],
)
def test_amounts_are_read_as_banks_write_them(typed, minor):
    (read,) = read_answer(f'reference,status,amount\nP1,paid,"{typed}"'.encode(), exponent=2)
    assert read.minor == minor
