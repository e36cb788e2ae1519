"""What a customer puts together: a variant, how many, extras; what it takes and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from kernel.errors import Invalid
from marketplace.catalog.rules.durations import DAY_END, DAY_START, block_of, minutes_of
from marketplace.catalog.rules.service_axes import BLOCK_UNITS, Unit


class ChoiceRefused(Invalid):
    """Something was chosen that this service does not have, or not that often."""

    code = "service.choice"
    title = "Please choose among what this service offers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One form of a service, with its own length and price."""

    id: UUID
    name: str
    minutes: int
    price_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Something that can be added, to some variants or, where none is named, to all."""

    id: UUID
    name: str
    minutes: int
    price_minor: int
    most: int = 1
    variants: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything one worker's service can be put together from, at that worker's prices."""

    slug: str
    name: str
    minutes: int
    price_minor: int
    source: str
    pricing: str = "fixed"
    unit: Unit = field(default_factory=Unit)
    variants: tuple[Variant, ...] = ()
    extras: tuple[Extra, ...] = ()
    zone: str = "UTC"
    day_start: time = DAY_START
    day_end: time = DAY_END


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a customer chose. Without a variant it is the first; without a number, the least."""

    variant: UUID | None = None
    units: int | None = None
    add_ons: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of what it costs."""

    code: str
    label: str
    unit_minor: int
    quantity: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A job put together: from when to when, and the lines of its price, the work first."""

    variant: UUID | None
    units: int | None
    starts_at: datetime
    ends_at: datetime
    work: Part
    extras: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


def compose(terms: Terms, chosen: Chosen, *, starts_at: datetime) -> Composed:
    """Put a job together, or refuse naming what to choose again."""
    variant = _variant(terms, chosen.variant)
    units = _units(terms, chosen.units)
    extras = _extras(terms, variant, chosen.add_ons)
    starts_at, ends_at = _stretch(terms, variant, units, extras, starts_at)
    label = f"{terms.name} · {variant.name}" if variant else terms.name
    work = Part(
        code=terms.slug,
        label=label,
        unit_minor=variant.price_minor if variant else terms.price_minor,
        quantity=units or 1,
        source=terms.source,
    )
    return Composed(
        variant=variant.id if variant else None,
        units=units,
        starts_at=starts_at,
        ends_at=ends_at,
        work=work,
        extras=tuple(
            Part(
                code=str(extra.id),
                label=extra.name,
                unit_minor=extra.price_minor,
                quantity=quantity,
                source=f"add_on:{extra.id}",
            )
            for extra, quantity in extras
        ),
    )


def _variant(terms: Terms, wanted: UUID | None) -> Variant | None:
    if wanted is None:
        return terms.variants[0] if terms.variants else None
    found = next((each for each in terms.variants if each.id == wanted), None)
    if found is None:
        raise ChoiceRefused(fields=["variant"])
    return found


def _units(terms: Terms, wanted: int | None) -> int | None:
    unit = terms.unit
    if terms.pricing != "per_unit":
        if wanted is not None:
            raise ChoiceRefused(fields=["units"])
        return None
    if wanted is None:
        return unit.least
    if not unit.least <= wanted <= unit.most or (wanted - unit.least) % unit.step:
        raise ChoiceRefused(fields=["units"])
    return wanted


def _extras(
    terms: Terms, variant: Variant | None, add_ons: Mapping[UUID, int]
) -> list[tuple[Extra, int]]:
    known = {each.id: each for each in terms.extras}
    for key, quantity in add_ons.items():
        extra = known.get(key)
        if extra is None or not 1 <= quantity <= extra.most or not goes_with(extra, variant):
            raise ChoiceRefused(fields=["add_ons"])
    return [(known[key], quantity) for key, quantity in add_ons.items()]


def goes_with(extra: Extra, variant: Variant | None) -> bool:
    """Tell whether an extra may be added to a variant."""
    return not extra.variants or (variant is not None and variant.id in extra.variants)


def _stretch(
    terms: Terms,
    variant: Variant | None,
    units: int | None,
    extras: list[tuple[Extra, int]],
    starts_at: datetime,
) -> tuple[datetime, datetime]:
    if units and terms.unit.code in BLOCK_UNITS:
        return block_of(
            starts_at, units=units, zone=terms.zone, begins=terms.day_start, ends=terms.day_end
        )
    minutes = minutes_of(
        variant=variant.minutes if variant else terms.minutes,
        add_ons=[(extra.minutes, quantity) for extra, quantity in extras],
        units=units or 0,
        unit_minutes=terms.unit.minutes,
        fields=("units",) if units else ("add_ons",),
    )
    return starts_at, starts_at + timedelta(minutes=minutes)
