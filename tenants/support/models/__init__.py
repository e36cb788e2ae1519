from tenants.support.models.case import Case, CaseEvent
from tenants.support.models.decision import DecisionRecord

__all__ = ["Case", "CaseEvent", "DecisionRecord"]
