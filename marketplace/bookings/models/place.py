"""Where a job is: an address and how to get in, sealed, beside a point on the map."""

import json
from dataclasses import asdict, dataclass

from django.db import models

from kernel import crypto
from kernel.context import current_tenant
from tenants.tenancy.models import TenantModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address as people write it, and the customer's note on how to get in."""

    address: str
    note: str = ""


class Placed(TenantModel):
    """A row with a place. The database keeps its words sealed; the point stays readable."""

    place_sealed = models.BinaryField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """The words of the place. Who may read them, and when, is decided by visibility."""
        opened = crypto.unseal(bytes(self.place_sealed), about=self._about)
        return Place(**json.loads(opened))

    @place.setter
    def place(self, place: Place) -> None:
        words = json.dumps(asdict(place)).encode()
        self.place_sealed = crypto.seal(words, about=self._about)

    @property
    def _about(self) -> str:
        return f"{current_tenant()}|{self._meta.label_lower}.place|{self.pk}"
