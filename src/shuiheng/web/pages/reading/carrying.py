"""Decisions of an earlier version on this one: taking them over, and those that lost their item."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PlanDecision, PlanVersion
from shuiheng.adapters.records.queries_plans import decisions_of, light_version_at
from shuiheng.adapters.records.working_plan import WorkingPlan
from shuiheng.plans.decide import ItemKind, Orphan
from shuiheng.services.carry_decisions import attach_decision, carry_decisions
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.web import words
from shuiheng.web.page import page, seen
from shuiheng.web.pages.reading.cards import Card, CardBox
from shuiheng.web.pages.reading.marks import item_token

SORTS = {"task", "target", "duty", "threshold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanCard:
    """A decision without effect, the row that holds it, and the item that it may have meant."""

    row: PlanDecision
    orphan: Orphan
    nearest: Card | None

    @property
    def is_item(self) -> bool:
        """Whether it is about an item that may be added again from words of the text."""
        return self.orphan.decision.anchor.kind.value in SORTS


def orphans_of(version: PlanVersion, work: WorkingPlan, box: CardBox) -> list[OrphanCard]:
    """Return the decisions that find nothing in this version, oldest first."""
    rows = {
        row.content["order"]: row
        for row in decisions_of(version)
        if row.content is not None and not hasattr(row, "taken_back_by")
    }
    found = []
    for orphan in work.decided.orphans:
        sort, row = orphan.decision.anchor.kind.value, rows.get(orphan.decision.order)
        nearest = None
        if sort in SORTS and orphan.nearest:
            nearest = box.find(item_token(sort, orphan.nearest))
        if row is not None:
            found.append(OrphanCard(row=row, orphan=orphan, nearest=nearest))
    return found


def _key(request: HttpRequest, slug: str, sequence: int) -> int:
    version = light_version_at(seen(request), slug, sequence)
    if version is None:
        raise Http404
    return version.pk


@page(Action.DECIDE, methods=("POST",))
def carry(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Take over the decisions of an earlier version and say how many found their item."""
    earlier = request.POST.get("from", "")
    try:
        done = carry_decisions(
            request.user, _key(request, slug, sequence), sequence=int(earlier) if earlier.isdecimal() else 0
        )
    except NotThereError:
        raise
    except ServiceError as error:
        _say(request, error)
    else:
        said = _("已沿用 %(n)d 项核对结果。") % {"n": done.applied}
        if done.lost:
            said += _("另有 %(n)d 项在本版找不到对应条目，列在“待关联”中。") % {"n": done.lost}
        if done.refused:
            said += _("%(n)d 项与本版内容矛盾，未予沿用。") % {"n": done.refused}
        messages.success(request, said)
    return redirect("reading", slug=slug, sequence=sequence)


@page(Action.DECIDE, methods=("POST",))
def attach(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Attach a decision that lost its item to another item."""
    decision, sort = request.POST.get("decision", ""), request.POST.get("sort", "")
    if not decision.isdecimal() or sort not in SORTS:
        raise Http404
    try:
        attach_decision(
            request.user,
            _key(request, slug, sequence),
            int(decision),
            item_kind=ItemKind(sort),
            item=request.POST.get("item", ""),
        )
        messages.success(request, _("已关联到所选条目。"))
    except NotThereError:
        raise
    except ServiceError as error:
        _say(request, error)
    return redirect("reading", slug=slug, sequence=sequence)


def _say(request: HttpRequest, error: ServiceError) -> None:
    values = dict(error.values)
    if "field" in values:
        values["field"] = words.word(words.FIELDS, values["field"])
    sentence = sentence_of(error.code, values, language=get_language() or "zh")
    messages.error(request, f"{sentence.says} {sentence.remedy}")
