from marketplace.bookings.models.booking import Booking, CheckoutPhoto, StepTaken
from marketplace.bookings.models.change import Extra, TimeProposal
from marketplace.bookings.models.commission import CommissionRule
from marketplace.bookings.models.dispatch import Offered, Wave
from marketplace.bookings.models.dispute import Dispute, Evidence, Settlement
from marketplace.bookings.models.package import CreditMove, Package, PackageCredit, PackageOffer
from marketplace.bookings.models.place import Place
from marketplace.bookings.models.preference import Preference
from marketplace.bookings.models.quote import Quote
from marketplace.bookings.models.series import Series, SeriesVisit

__all__ = [
    "Booking",
    "CheckoutPhoto",
    "CommissionRule",
    "CreditMove",
    "Dispute",
    "Evidence",
    "Extra",
    "Offered",
    "Package",
    "PackageCredit",
    "PackageOffer",
    "Place",
    "Preference",
    "Quote",
    "Series",
    "SeriesVisit",
    "Settlement",
    "StepTaken",
    "TimeProposal",
    "Wave",
]
