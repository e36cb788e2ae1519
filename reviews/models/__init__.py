from reviews.models.device import DeviceSeen
from reviews.models.review import Review, ReviewPhoto, ReviewReply, ReviewReport, ReviewStep
from reviews.models.screening import ModeratorDecision, Screening

__all__ = [
    "DeviceSeen",
    "ModeratorDecision",
    "Review",
    "ReviewPhoto",
    "ReviewReply",
    "ReviewReport",
    "ReviewStep",
    "Screening",
]
