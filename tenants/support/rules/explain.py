"""Why something was decided, from the record alone and in at most three reasons."""

from collections.abc import Mapping, Sequence

AT_MOST = 3


def explain_score(
    *, weights: Mapping[str, float], features: Mapping[str, float]
) -> dict[str, object]:
    """Return what each feature contributed to a score, strongest first in `order`."""
    parts = {name: weight * features[name] for name, weight in weights.items()}
    return {
        "score": sum(parts.values()),
        "contributions": parts,
        "order": sorted(parts, key=lambda name: (-parts[name], name)),
        "explanation_reasons": strongest(parts),
    }


def strongest(contributions: Mapping[str, float]) -> list[str]:
    """Return at most three names, by what they contributed; what added nothing is no reason."""
    counted = [name for name, part in contributions.items() if part != 0]
    return sorted(counted, key=lambda name: (-abs(contributions[name]), name))[:AT_MOST]


def reasons_of(reasons: Sequence[str], contributions: Mapping[str, float]) -> list[str]:
    """Return the reasons that were given; without any, what contributed most."""
    return list(reasons[:AT_MOST]) or strongest(contributions)
