"""E-mail addresses and phone numbers, written one way so that a person is found again."""

import re

import phonenumbers

from kernel.errors import Invalid


class PhoneInvalid(Invalid):
    code = "contact.phone_invalid"
    title = "This phone number is not complete. Write it with its area code."


class EmailInvalid(Invalid):
    code = "contact.email_invalid"
    title = "This e-mail address does not look right."


def clean_email(written: str) -> str:
    """Return an e-mail address as we keep it."""
    email = written.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email) or len(email) > 254:
        raise EmailInvalid(fields=["email"])
    return email


def clean_phone(written: str, *, region: str) -> str:
    """Return a phone number in E.164, reading a local one as of a region (ISO 3166-1)."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        raise PhoneInvalid(fields=["phone"]) from None
    if not phonenumbers.is_valid_number(number):
        raise PhoneInvalid(fields=["phone"])
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def masked(contact: str) -> str:
    """Return a contact so that its owner recognises it and nobody else can use it."""
    name, at, domain = contact.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    return f"{contact[:3]} ••• {contact[-2:]}"
