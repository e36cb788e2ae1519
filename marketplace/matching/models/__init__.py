from marketplace.matching.models.calendar import PlanRow, TimeOff
from marketplace.matching.models.occupancy import Occupancy

__all__ = ["Occupancy", "PlanRow", "TimeOff"]
