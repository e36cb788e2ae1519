"""A tenant decides something."""

from typing import Any

from django.db import transaction
from pydantic import ValidationError

from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotAllowed
from tenants.tenancy.models import TenantSetting
from tenants.tenancy.queries import ask_settings_anew
from tenants.tenancy.settings_schema import SCHEMAS


class SettingRefused(Invalid):
    code = "setting.refused"
    title = "Some settings are outside their limits."


class OwnersOnly(NotAllowed):
    code = "setting.owners_only"
    title = "Only owners may change settings."


@transaction.atomic
def change_setting(*, by: Actor, group: str, values: dict[str, Any]) -> TenantSetting:
    """Store a whole group of settings, or refuse it naming the fields that do not fit."""
    if by.role != Role.OWNER:
        raise OwnersOnly
    if group not in SCHEMAS:
        raise SettingRefused(fields=["group"])
    try:
        decided = SCHEMAS[group].model_validate(values)
    except ValidationError as error:
        fields = sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]})
        raise SettingRefused(fields=fields) from None
    stored = decided.model_dump(mode="json", include=set(values))
    setting, _ = TenantSetting.objects.update_or_create(group=group, defaults={"values": stored})
    ask_settings_anew()
    return setting
