"""All statistical functions under one import path: `insights.rules.statistics`."""

from insights.rules.market import match_rates, percentile
from surveys.rules.anonymity import (
    batch_release,
    display_n,
    leaking_atoms,
    may_publish,
    publish_scores,
    suppress,
)
from surveys.rules.case_rule import case_rule
from surveys.rules.sampling import decide_invitation
from surveys.rules.scores import (
    ces,
    csat,
    csat_interval,
    holm,
    nps,
    nps_change,
    nps_from_scores,
    nps_interval,
    nps_permutation_p,
    response_rate,
    wilson,
)

__all__ = [
    "batch_release",
    "case_rule",
    "ces",
    "csat",
    "csat_interval",
    "decide_invitation",
    "display_n",
    "holm",
    "leaking_atoms",
    "match_rates",
    "may_publish",
    "nps",
    "nps_change",
    "nps_from_scores",
    "nps_interval",
    "nps_permutation_p",
    "percentile",
    "publish_scores",
    "response_rate",
    "suppress",
    "wilson",
]
