"""Telling whether two plans speak of the same metric."""

from __future__ import annotations

import re

from shuiheng.plans.compare.likeness import likeness, plain
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Target

WHOLE_WORDS = re.compile(r"^(?:全国|全省|全市|全区|全县|全域|全域|我省|我市|我区|我县|本市)+")
SAME_METRIC = 0.8


def metric_key(metric: str) -> str:
    """Return a metric without words for the whole place, so that equal ones are equal."""
    return WHOLE_WORDS.sub("", re.sub(r"\s", "", metric))


def indicator_id(target: Target, knowledge: PlanKnowledge) -> str | None:
    """Return the indicator that a target is linked to, else the one that bears its metric as a name."""
    if target.indicator is not None:
        return target.indicator.id
    wanted = plain(metric_key(target.metric))
    for term in knowledge.indicators:
        if wanted in (plain(name) for name in (term.name, *term.aliases)):
            return term.id
    return None


def is_same_metric(one: Target, other: Target, knowledge: PlanKnowledge) -> bool:
    """Return whether two targets are about the same thing, by indicator or by their words.

    Two different indicators are never the same, however alike their names.
    """
    first, second = indicator_id(one, knowledge), indicator_id(other, knowledge)
    if first is not None and second is not None:
        return first == second
    mine, its = metric_key(one.metric), metric_key(other.metric)
    return mine == its or likeness(mine, its) >= SAME_METRIC
