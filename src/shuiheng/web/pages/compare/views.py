"""Two plans side by side: what changed, or which upper targets are carried."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.queries_plans import plan_summaries, version_at
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook import load_knowledge, load_upper_plan, upper_plan_ids
from shuiheng.plans import Plan
from shuiheng.plans.compare import ChangeKind, align_plans, diff_plans
from shuiheng.services.plan_at_work import NotCompiledError, plan_at_work
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen

RULEBOOK = "rulebook:"


@page()
def compare(request: HttpRequest) -> HttpResponse:
    """Show what changed from one version to another, or how a plan answers to an upper one."""
    summaries = plan_summaries(seen(request))
    versions = [
        (f"{summary.plan.slug}:{version.sequence}", summary.plan.title, version.sequence)
        for summary in summaries
        for version in summary.versions
        if version.compiled_as_of is not None
    ]
    uppers = [(f"{RULEBOOK}{plan}", load_upper_plan(plan).header.title) for plan in upper_plan_ids()]
    old, new = plain(request.GET.get("old", "")), plain(request.GET.get("new", ""))
    way = "align" if request.GET.get("way") == "align" or old.startswith(RULEBOOK) else "diff"
    context = {"versions": versions, "uppers": uppers, "old": old, "new": new, "way": way}
    if old and new:
        first, second = _plan(seen(request), old), _plan(seen(request), new)
        context |= {"first": first, "second": second}
        if way == "align":
            alignment = align_plans(first, second, load_knowledge())
            counted = Counter(row.verdict.value for row in alignment.rows)
            context |= {"alignment": alignment, "verdicts": counted.most_common()}
        else:
            difference = diff_plans(first, second)
            changes = [(kind.value, difference.of(kind)) for kind in ChangeKind]
            context |= {"difference": difference, "changes": changes}
    return render(request, "pages/compare.html", context)


def _plan(sight: Sight, name: str) -> Plan:
    if name.startswith(RULEBOOK):
        wanted = name.removeprefix(RULEBOOK)
        if wanted not in upper_plan_ids():
            raise Http404
        return load_upper_plan(wanted)
    slug, _, sequence = name.rpartition(":")
    version = version_at(sight, slug, int(sequence)) if sequence.isdecimal() and len(sequence) < 9 else None
    if version is None:
        raise Http404
    try:
        return plan_at_work(version).decided.plan
    except NotCompiledError as error:
        raise Http404 from error
