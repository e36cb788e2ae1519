"""What matching keeps: calendars, times that are taken, and the index of search."""

from marketplace.matching.models.calendar import CalendarFeed, DateRow, PlanRow, TimeOff
from marketplace.matching.models.dispatch import DispatchWish, PairBlock
from marketplace.matching.models.favourite import Favourite
from marketplace.matching.models.occupancy import Occupancy
from marketplace.matching.models.search import SearchMade, SearchRow, Stirred
from marketplace.matching.models.times import OwnTimes, ServiceTimes

__all__ = [
    "CalendarFeed",
    "DateRow",
    "DispatchWish",
    "Favourite",
    "Occupancy",
    "OwnTimes",
    "PairBlock",
    "PlanRow",
    "SearchMade",
    "SearchRow",
    "ServiceTimes",
    "Stirred",
    "TimeOff",
]
