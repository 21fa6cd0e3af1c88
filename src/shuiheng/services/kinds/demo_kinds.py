"""A version of a kind that the demo city has accepted, and one that waits for the word of a second person."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.models import Account, LocalKind, Place
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.services.kinds.local_kinds import ProposedKind, decide_kind, propose_kind

CLERK, REVIEWER = "officer", "reviewer"
KIND = "education_base"
OPEN_FOR, APPLY_IN = "publication_days: {}", "due: {{days: {}, of: calendar, from: opening}}"


def settle_demo_kinds(city: Place) -> int:
    """Let the demo city lay results of education bases open for seven days, and propose more time to apply.

    Returns:
        How many versions were made; none where some stand or the office lacks its two people.
    """
    people = {row.username: row for row in Account.objects.filter(username__in=(CLERK, REVIEWER))}
    if len(people) < len((CLERK, REVIEWER)) or LocalKind.objects.filter(place=city).exists():
        return 0
    clerk, reviewer = people[CLERK], people[REVIEWER]
    text = shipped_text(KIND).replace(OPEN_FOR.format(5), OPEN_FOR.format(7))
    standing = ProposedKind(
        kind=KIND, valid_from=date(2025, 1, 1), text=text, reason="示例：公示改为七个工作日"
    )
    decide_kind(reviewer, propose_kind(clerk, city.pk, standing).pk, is_accepted=True, words="同意（示例）")
    text = text.replace(APPLY_IN.format(90), APPLY_IN.format(120))
    later = ProposedKind(kind=KIND, valid_from=date(2027, 1, 1), text=text, reason="示例：延长申报时间")
    propose_kind(clerk, city.pk, later)
    return 2
