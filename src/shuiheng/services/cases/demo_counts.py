"""Words of the made-up office on how its targets are counted: some confirmed, one left out."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, PlanDocument, RegisterTarget, TargetLinkChoice
from shuiheng.services.cases.link_targets import confirm_link, count_not, linked_targets

CONFIRMED = 12
REASON = "（演示数据）由宣传部门抽样调查，不由本程序计数"


def settle_demo_counts(officer: Account, plan: PlanDocument) -> int:
    """Confirm how the first counts of the made-up plan are counted; doing it twice adds nothing.

    Returns:
        How many targets the office has said something of now.
    """
    said = TargetLinkChoice.objects.filter(target__plan=plan).count()
    if said:
        return said
    rows = RegisterTarget.objects.filter(plan=plan, withdrawn_at__isnull=True).select_related("plan__place")
    linked = linked_targets(rows.order_by("order", "pk"))
    counted = [each for each in linked if each.how.question is not None and each.how.basis == "metric"]
    for each in counted[:CONFIRMED]:
        confirm_link(officer, each.target.pk)
    unlinked = [each for each in linked if not each.how.is_linked][:1]
    for each in unlinked:
        count_not(officer, each.target.pk, reason=REASON)
    return len(counted[:CONFIRMED]) + len(unlinked)
