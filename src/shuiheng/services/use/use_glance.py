"""Answer a question about so many groups that a page shows only some of them with all their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shuiheng.adapters.records.queries_use import Grouping, Key, has_use, use_of_groups, without_pair
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.use.periods import year_before
from shuiheng.services.use.use_totals import (
    GroupUse,
    UseAnswer,
    UseQuestion,
    limits_in,
    most_first,
    use_answer,
)

MANY = (Grouping.USER,)


def use_at_a_glance(seen: Sight, asked: UseQuestion, *, order: str = "") -> UseAnswer:
    """Return the answer to a question, of many groups only what their order asks for.

    Such groups have their water now, and that of the year before where they are sorted by the change, but
    no parts: `filled` gives them. The whole and the order of the groups are those of `use_answer`.

    Args:
        seen: What the reader may see.
        asked: The question.
        order: By what the groups will be sorted.
    """
    if asked.by not in MANY:
        return use_answer(seen, asked)
    whole = use_answer(seen, replace(asked, by=Grouping.CITY))
    now, limits = use_of_groups(seen, asked.by, asked.months, asked.wanted), limits_in(seen, asked)
    pairs = {month: year_before(month) for month in asked.months} if asked.compares else {}
    by, wanted = asked.by, asked.wanted
    before: Mapping[Key, Use | None]
    if order == "change":
        before = use_of_groups(seen, by, pairs.values(), wanted)
        alone = without_pair(seen, by, pairs, wanted)
    else:
        before, alone = dict.fromkeys(has_use(seen, by, pairs.values(), wanted)), set()
    groups = [
        GroupUse(
            key=key,
            now=now.get(key),
            before=before.get(key),
            parts={},
            limit=limits.get(key),
            has_pairs=key not in alone,
        )
        for key in {**now, **before}
    ]
    return replace(whole, groups=sorted(groups, key=most_first))


def filled(seen: Sight, asked: UseQuestion, groups: Sequence[GroupUse]) -> Sequence[GroupUse]:
    """Return some groups of a glance with all their figures, in the same order."""
    if asked.by not in MANY or not groups:
        return groups
    some = replace(asked.wanted, users=tuple(group.key for group in groups))
    known = {group.key: group for group in use_answer(seen, replace(asked, wanted=some)).groups}
    return [known.get(group.key, group) for group in groups]
