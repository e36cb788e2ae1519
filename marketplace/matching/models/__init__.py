from marketplace.matching.models.calendar import PlanRow, TimeOff
from marketplace.matching.models.occupancy import Occupancy
from marketplace.matching.models.search import SearchRow

__all__ = ["Occupancy", "PlanRow", "SearchRow", "TimeOff"]
