"""A person says what to call them, which language they read, and proves a phone is theirs."""

from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import Invalid
from tenants.tenancy.models import User


class NameMissing(Invalid):
    code = "person.name_missing"
    title = "Tell us your first name."


def edit_name(*, user: User, first_name: str, last_name: str) -> User:
    """Change what a person is called, everywhere."""
    if not first_name.strip():
        raise NameMissing(fields=["first_name"])
    user.first_name, user.last_name = first_name.strip()[:150], last_name.strip()[:150]
    with working_for(HOUSE):
        user.save(update_fields=["first_name", "last_name"])
    return user


def choose_language(*, user: User, locale: str) -> User:
    """Write to a person in this language from now on."""
    user.locale = locale
    with working_for(HOUSE):
        user.save(update_fields=["locale"])
    return user


def keep_phone(*, user: User, phone: str, verified: bool) -> User:
    """Remember a person's phone, and whether they have proved that it is theirs."""
    user.phone, user.phone_verified = phone, verified
    with working_for(HOUSE):
        user.save(update_fields=["phone", "phone_verified"])
    return user
