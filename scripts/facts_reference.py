"""Write the page of facts of indicators: where each comes from, how it is computed, and when it is not."""

from __future__ import annotations

from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactKind

ORIGINS = {
    "ledger": ("counted in the ledger", "由台账计数"),
    "settled": ("settled months", "由结算月合计"),
    "network": ("entered: water balance of suppliers", "录入：供水企业水量平衡"),
    "statistic": ("entered: statistics", "录入：统计资料"),
    "calendar": ("calendar", "日历"),
}


def facts_page(head: str) -> str:
    """Return the page of all facts from which indicators are computed."""
    lines = [
        head,
        "# Facts of indicators\n",
        "A fact that this program computes goes before one that was entered, unless it says otherwise; where",
        "the ledger cannot say, what was entered and confirmed by a second person counts. Water of a year",
        "counts once the year is over and every month of it is known; what is not known is left out and",
        "named, never 0.\n",
        "| id | 名称 | unit | from | how it is computed | when it is not |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    book = indicator_book()
    lines += [_row(kind, book.origins[name]) for name, kind in book.facts.items()]
    return "\n".join(lines) + "\n"


def _row(kind: FactKind, origin: str) -> str:
    explained = computed_facts().explained.get(kind.id)
    how, when_not = (explained.how, explained.when_not) if explained else ({}, {})
    unit = kind.unit.names["zh"] or kind.unit.id
    words, chinese = ORIGINS[origin]
    said = [f"{each.get('zh', '')} {each.get('en', '')}".strip() for each in (how, when_not)]
    cells = (f"`{kind.id}`", kind.names["zh"], unit, f"{chinese} ({words})", *said)
    return "| " + " | ".join(cells) + " |"
