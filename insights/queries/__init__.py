"""How well a marketplace does, computed from what happened. Nothing here writes or is stored."""

from insights.queries.figures import Figures, figures
from insights.queries.home import Home, Match, home, promise

__all__ = ["Figures", "Home", "Match", "figures", "home", "promise"]
