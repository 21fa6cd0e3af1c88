"""What is wrong with the plans."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.queries_items import findings
from shuiheng.adapters.records.queries_plans import plan_summaries
from shuiheng.adapters.records.queries_totals import finding_codes
from shuiheng.services.renew_findings import renew_stale_findings
from shuiheng.web import words
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.findings.groups import grouped

PLANS_PER_PAGE = 10


@page()
def finding_list(request: HttpRequest) -> HttpResponse:
    """Show the findings on ready and published versions, filtered, plan by plan."""
    renew_stale_findings()
    wanted = filter_from(request.GET)
    found = findings(seen(request), wanted)
    versions = list(
        found.order_by("version__plan_id", "-version__sequence").values_list("version", flat=True)
    )
    shown = Paginator(list(dict.fromkeys(versions)), PLANS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "total": len(versions),
        "groups": grouped(found.filter(version__in=list(shown.object_list))),
        "wanted": wanted,
        "codes": finding_codes(seen(request)),
        "plans": [(summary.plan.slug, summary.plan.title) for summary in plan_summaries(seen(request))],
        "severities": words.SEVERITIES.items(),
    }
    return render(request, "pages/findings.html", context)
