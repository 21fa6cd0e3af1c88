"""How the value of a target came to be, and signing it off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import KeptStanding
from shuiheng.adapters.records.queries_figures import figures_of
from shuiheng.indicators.derivation import derivation_json
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.indicators.figure_tree import standing_tree
from shuiheng.services.indicators.figure_verdicts import judge_figures
from shuiheng.services.indicators.release_figure import (
    LONGEST_CAUSE,
    release_standing,
    standing_figure_content,
    standing_subject,
)
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import shown_tree
from shuiheng.web.saying import say_error, tried


@page(Action.FIGURES_LOOK)
def standing_derivation(request: HttpRequest, key: int) -> HttpResponse:
    """Show how the value of a target came to be, down to cases and facts."""
    row = row_for(request.user, Action.FIGURES_LOOK, KeptStanding, pk=key)
    if request.GET.get("format") == "json":
        return JsonResponse(derivation_json(standing_tree(row)), json_dumps_params={"ensure_ascii": False})
    return _shown(request, row)


@page(Action.FIGURES_RELEASE, methods=("POST",))
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Sign the value of a target off as official."""
    row = row_for(request.user, Action.FIGURES_RELEASE, KeptStanding, pk=key)
    digest, cause = words_of(request.POST, "digest", limit=64), words_of(request.POST, "cause")
    try:
        kept = release_standing(request.user, key, digest=digest, cause=cause)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return _shown(request, row, cause=cause)
    tried(request, lambda: None, done=_("已签发为正式数据。"))
    return redirect("figure", kept.pk)


def _shown(request: HttpRequest, row: KeptStanding, *, cause: str = "") -> HttpResponse:
    content = standing_figure_content(row)
    digest, official, sight = content_digest(content), [], seen(request, Action.FIGURES_LOOK)
    if row.up_to is not None:
        official = figures_of(sight, place=row.place, subject=standing_subject(row), up_to=row.up_to)
    verdicts = judge_figures(official[:1] if official and official[0].superseded_at is None else [])
    context = {
        "row": row,
        "target": row.target,
        "tree": shown_tree(standing_tree(row), row.place, sight, seen(request, Action.CASES_LOOK)),
        "digest": digest,
        "verdict": verdicts[0] if verdicts else None,
        "earlier": official[1:] if verdicts else official,
        "may_release": may(request.user, Action.FIGURES_RELEASE)
        and row.value is not None
        and row.up_to is not None
        and row.up_to <= timezone.localdate()
        and bool(content["made_of"])
        and not (verdicts and verdicts[0].figure.digest == digest),
        "cause": cause,
        "longest": LONGEST_CAUSE,
    }
    return render(request, "figures/standing.html", context)
