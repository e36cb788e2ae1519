"""Who can, and when: calendars, what is taken, and the index of a search."""

from marketplace.matching.models.calendar import PlanRow, TimeOff
from marketplace.matching.models.occupancy import Occupancy
from marketplace.matching.models.search import SearchRow

__all__ = ["Occupancy", "PlanRow", "SearchRow", "TimeOff"]
