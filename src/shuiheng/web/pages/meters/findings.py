"""What the checks found at a meter, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import FindingDecision, MeterFinding
from shuiheng.adapters.records.queries_meter import KINDS, OPEN, finding_counts, findings_of
from shuiheng.services.permission import Action
from shuiheng.services.readings.decide_finding import decide_finding
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.meters.head import Span, meter_head, meter_or_404
from shuiheng.web.saying import tried

PAGE_SIZE = 30
DAYS_AROUND, DAYS_NEAR = 7, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding with the days around it, for hours and for readings; None where it names no instant."""

    finding: MeterFinding
    around: Span | None
    near: Span | None


@page(Action.READINGS_LOOK)
def findings_of_meter(request: HttpRequest, key: int) -> HttpResponse:
    """Show the findings of a meter."""
    meter = meter_or_404(request, key)
    look = seen(request, Action.READINGS_LOOK)
    counts = finding_counts(look, meter)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else OPEN
    shown = Paginator(findings_of(look, meter, kind), PAGE_SIZE).get_page(request.GET.get("page"))
    context = meter_head(request, meter, "findings_of_meter") | {
        "kind": kind,
        "kinds": [(each, counts[each]) for each in KINDS],
        "page": shown,
        "rows": _rows(list(shown.object_list)),
        "total": counts[kind],
    }
    return render(request, "meters/findings.html", context)


@page(Action.READINGS_REVIEW, methods=("POST",))
def decide_meter_finding(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm a finding, dismiss it, or open it again."""
    finding = row_for(request.user, Action.READINGS_REVIEW, MeterFinding, pk=key)
    decision = request.POST.get("decision", "-")
    note = words_of(request.POST, "note", limit=300)
    done = {
        FindingDecision.CONFIRMED.value: _("疑点已确认。"),
        FindingDecision.DISMISSED.value: _("疑点已排除；再次校核发现同一疑点时不再提示。"),
    }.get(decision, _("疑点已重新打开。"))
    tried(request, lambda: decide_finding(request.user, key, decision, note=note), done=done)
    return redirect(f"{reverse('findings_of_meter', args=[finding.meter_id])}{_kept(request)}#f-{key}")


def _kept(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return f"?kind={kind}" if kind in KINDS else ""


def _rows(findings: Sequence[MeterFinding]) -> list[ShownFinding]:
    return [
        ShownFinding(finding=each, around=_around(each, days=DAYS_AROUND), near=_around(each, days=DAYS_NEAR))
        for each in findings
    ]


def _around(finding: MeterFinding, *, days: int) -> Span | None:
    if finding.at is None:
        return None
    day = timezone.localdate(finding.at)
    return Span(first=day - timedelta(days=days), last=day + timedelta(days=days))
