"""A person gets an account: one, the same at every tenant."""

from django.db import IntegrityError, transaction

from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import Invalid
from tenants.tenancy.models import User
from tenants.tenancy.rules.contacts import clean_email


class ContactMissing(Invalid):
    code = "contact.missing"
    title = "Write an e-mail address or a phone number."


def find_or_make_user(
    *,
    email: str | None = None,
    phone: str | None = None,
    first_name: str = "",
    last_name: str = "",
    locale: str = "",
) -> User:
    """Return the account of whoever has this e-mail address or phone number (E.164).

    Names and language are taken for a new account only: nobody renames somebody else.
    """
    if not email and not phone:
        raise ContactMissing(fields=["email", "phone"])
    contacts = {"email": clean_email(email) if email else None, "phone": phone or None}
    with working_for(HOUSE), transaction.atomic():
        if (found := _find(**contacts)) is not None:
            return found
        user = User(first_name=first_name, last_name=last_name, locale=locale, **contacts)
        user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:  # The same person, twice at the same moment.
            return User.objects.get(**{name: each for name, each in contacts.items() if each})
        return user


def _find(*, email: str | None, phone: str | None) -> User | None:
    found = User.objects.filter(email=email).first() if email else None
    if found is None and phone:
        found = User.objects.filter(phone=phone).first()
    return found
