"""Where a value comes from, short enough to stand beside every figure that uses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A dated value of the rulebook as a figure cites it (引用条款).

    Args:
        rule: Id of the rule, for example `charges/over_plan_ladder`.
        area: Code of the administrative division for which it was made; empty for the nation.
        since: First day on which the value holds.
        source: Id of the law, standard or notice.
        clause: Article or place in the source.
        is_checked: Whether a person has held the value against its source.
        is_binding: Whether a charge may rest on it: it was found in the source and checked.
    """

    rule: str
    area: str
    since: date
    source: str
    clause: str
    is_checked: bool = False
    is_binding: bool = False
