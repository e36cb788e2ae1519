from marketplace.bookings.models.booking import Booking, CheckoutPhoto, StepTaken
from marketplace.bookings.models.change import Extra, TimeProposal
from marketplace.bookings.models.commission import CommissionRule
from marketplace.bookings.models.dispatch import Offered, Wave
from marketplace.bookings.models.dispute import Dispute, Evidence, Settlement
from marketplace.bookings.models.place import Place
from marketplace.bookings.models.preference import Preference
from marketplace.bookings.models.quote import Quote

__all__ = [
    "Booking",
    "CheckoutPhoto",
    "CommissionRule",
    "Dispute",
    "Evidence",
    "Extra",
    "Offered",
    "Place",
    "Preference",
    "Quote",
    "Settlement",
    "StepTaken",
    "TimeProposal",
    "Wave",
]
