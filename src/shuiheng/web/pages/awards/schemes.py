"""Pages of schemes: the list with budgets, one scheme, its form, opening, closing and withdrawing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AwardScheme
from shuiheng.adapters.records.queries_awards import (
    AwardFilter,
    awards_in_sight,
    scheme_lines,
    users_found,
)
from shuiheng.services.awards.keep_scheme import close_scheme, keep_scheme, open_scheme, withdraw_scheme
from shuiheng.services.awards.terms import read_terms
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.awards.scheme_form import (
    condition_lines,
    scheme_asks,
    scheme_fields,
    scheme_initial,
)
from shuiheng.web.pages.awards.shown import in_words
from shuiheng.web.pages.charges.shown import city_of
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.saying import tried

NEWEST = 50
SHARE, PERCENT = "share", "percent"


@page(Action.AWARDS_LOOK)
def award_schemes(request: HttpRequest) -> HttpResponse:
    """Show the schemes with what is bound of each budget."""
    context = {"lines": scheme_lines(seen(request, Action.AWARDS_LOOK)), "here": "award_schemes"}
    return render(request, "awards/schemes.html", context)


@page(Action.AWARDS_LOOK)
def award_scheme(request: HttpRequest, key: int) -> HttpResponse:
    """Show one scheme with its terms and what was asked under it."""
    sight = seen(request, Action.AWARDS_LOOK)
    lines = scheme_lines(sight, key=key)
    if not lines:
        raise Http404
    scheme, wanted = lines[0].scheme, plain(request.GET.get("user", ""))
    context = {
        "line": lines[0],
        "scheme": scheme,
        "terms": read_terms(scheme.terms),
        "rows": awards_in_sight(sight, AwardFilter(scheme=key))[:NEWEST],
        "user_words": wanted,
        "users": users_found(sight, scheme.place, wanted) if may(request.user, Action.AWARDS_KEEP) else [],
        "may_open": may(request.user, Action.AWARDS_RELEASE) and scheme.made_by_id != request.user.pk,
    }
    return render(request, "awards/scheme.html", context)


@page(Action.AWARDS_KEEP, methods=("GET", "POST"))
def new_award_scheme(request: HttpRequest) -> HttpResponse:
    """Draft a scheme."""
    return _form(request, None)


@page(Action.AWARDS_KEEP, methods=("GET", "POST"))
def edit_award_scheme(request: HttpRequest, key: int) -> HttpResponse:
    """Change a draft."""
    return _form(request, row_for(request.user, Action.AWARDS_KEEP, AwardScheme, pk=key))


@page(Action.AWARDS_RELEASE, methods=("POST",))
def open_award_scheme(request: HttpRequest, key: int) -> HttpResponse:
    """Open a scheme for applications."""
    tried(request, lambda: open_scheme(request.user, key), done=_("项目已开始受理。"))
    return redirect("award_scheme", key)


@page(Action.AWARDS_KEEP, methods=("POST",))
def close_award_scheme(request: HttpRequest, key: int) -> HttpResponse:
    """Take no more applications."""
    tried(request, lambda: close_scheme(request.user, key), done=_("项目已停止受理。"))
    return redirect("award_scheme", key)


@page(Action.AWARDS_KEEP, methods=("POST",))
def withdraw_award_scheme(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a scheme under which nothing stands."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: withdraw_scheme(request.user, key, reason=reason), done=_("项目已撤回。"))
    return redirect("award_scheme", key)


def _form(request: HttpRequest, scheme: AwardScheme | None) -> HttpResponse:
    city = scheme.place if scheme is not None else city_of(request, Action.AWARDS_KEEP)
    if city is None:
        raise NotThereError("place")

    def done(given: dict[str, Any]) -> str:
        key = None if scheme is None else scheme.pk
        fields = scheme_fields(given, request.POST)
        try:
            row = keep_scheme(request.user, city.pk, fields, key=key)
        except ServiceError as error:
            raise _of_form(error) from None
        return reverse("award_scheme", args=[row.pk])

    form = FormPage(
        title=_("新建奖补项目") if scheme is None else _("修改奖补项目"),
        done=_("已保存为草稿，由另一人开放受理。"),
        asks=scheme_asks(),
        initial=scheme_initial(scheme),
        back=reverse("award_schemes") if scheme is None else reverse("award_scheme", args=[scheme.pk]),
        further={
            "city": city,
            "conditions": condition_lines(scheme, request.POST if request.method == "POST" else None),
        },
        template="awards/scheme_form.html",
    )
    return asked(request, form, done)


def _of_form(error: ServiceError) -> ServiceError:
    """Return a refusal that names the field of the form, or calls what is no field by its word."""
    field = error.values.get("field", "")
    if field == SHARE:
        return ServiceError(error.code, **(error.values | {"field": PERCENT}))
    return error if field in {ask.name for ask in scheme_asks()} else in_words(error)
