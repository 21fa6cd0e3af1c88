"""Facts of water users that the ledger tells: what they are, and whether all their water is metered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import counted
from shuiheng.adapters.records.models import MeterFact
from shuiheng.adapters.rulebook.site_types import site_types
from shuiheng.adapters.rulebook.use_classes import use_classes
from shuiheng.services.cases.fact_basis import FactBasis
from shuiheng.services.cases.fact_words import LEDGER, of_ledger
from shuiheng.services.cases.subjects import FactValue

Facts = Mapping[int, FactValue]
ALL = Decimal(1)


def use_class(basis: FactBasis) -> Facts:
    """Return the class of use of each user."""
    return {
        user: FactValue(
            value=belief.use_class if belief.use_class in use_classes() else None,
            source=of_ledger("用水类别", belief.valid_from),
            on=belief.valid_from,
        )
        for user, belief in basis.beliefs.items()
    }


def site_type(basis: FactBasis) -> Facts:
    """Return the type of site of each user, by its industry code, else by its class of use."""
    found = {}
    for user, belief in basis.beliefs.items():
        what = f"行业代码{belief.industry}" if belief.industry else "用水类别（未填行业代码）"
        found[user] = FactValue(
            value=site_types().type_of(belief.industry, belief.use_class),
            source=of_ledger(what, belief.valid_from),
            on=belief.valid_from,
        )
    return found


def is_public(basis: FactBasis) -> Facts:
    """Return whether each user is a public institution; unknown where the ledger does not say it."""
    return {
        user: _flag(belief.is_public, "公共机构", belief.valid_from) for user, belief in basis.beliefs.items()
    }


def is_above_scale(basis: FactBasis) -> Facts:
    """Return whether each user is above the scale of the statistics."""
    return {
        user: _flag(belief.is_above_scale, "规模以上", belief.valid_from)
        for user, belief in basis.beliefs.items()
    }


def metering_rate(basis: FactBasis) -> Facts:
    """Return the metering rate of each user at its entrance: 1 where all its sources have a meter.

    How much flows through a source without a meter is not known, so the rate then is not, either.
    """
    metered: dict[int, set[int | None]] = {}
    rows = standing(basis.among(counted(MeterFact.objects.all()), "subject__user"), AsOf(on=basis.on))
    for user, source in rows.values_list("subject__user_id", "source_id"):
        metered.setdefault(user, set()).add(source)
    found = {}
    for user, sources in basis.sources.items():
        have = metered.get(user, set())
        bare = [each for each in sources if each.source not in have]
        is_whole = not bare or (len(sources) == 1 and None in have)
        found[user] = FactValue(
            value=ALL if is_whole else None,
            source=f"{LEDGER}：{len(sources)}处水源"
            + ("均有进口计量器具" if is_whole else f"中{len(bare)}处没有进口计量器具，未计水量未知"),
            on=basis.on,
        )
    return found


def _flag(value: bool | None, what: str, since: date) -> FactValue:
    return FactValue(value=value, source=of_ledger(what, since), on=since)
