"""The gap of prices by day, the check of household tiers, and the trial calculation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.sight import Grain
from shuiheng.services.charges.price_reports import gap_report, ledger_tier_report, tier_report
from shuiheng.services.charges.try_charge import BANDS, KINDS, Asked, try_charge
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.web.fields import day_of, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.charges.shown import city_of, today
from shuiheng.web.saying import say_error
from shuiheng.web.words_charges import PRICE_CLASSES, TRIALS

WRONG = 422
MOST_BYTES = 12_000_000
NAMES = ("volume", "plan", "price", "price_class", "persons", "periods", "shared", "principal", "due_on")
LADDER_NAMES = (
    "mode",
    "dead_band",
    *(f"{name}_{n}" for n in range(1, BANDS + 1) for name in ("up_to", "multiple")),
)


@page(Action.RULES_LOOK)
def price_gap(request: HttpRequest) -> HttpResponse:
    """Show how much dearer special trades pay, on each day on which a price changed."""
    city = city_of(request, Action.RULES_LOOK)
    if city is None:
        raise Http404
    context = {"city": city, "report": gap_report(request.user, city.pk), "here": "price_gap"}
    return render(request, "charges/price_gap.html", context)


@page(Action.RULES_LOOK, methods=("GET", "POST"))
def tier_check(request: HttpRequest) -> HttpResponse:
    """Show how many households each tier covers, of a list that is not kept or of the ledger."""
    city = city_of(request, Action.RULES_LOOK)
    if city is None:
        raise Http404
    report, status, day = None, 200, today()
    if request.method == "POST":
        try:
            day = day_of(request.POST, "day") or day
            if request.POST.get("from") == "ledger":
                report = ledger_tier_report(request.user, city.pk, on=day)
            else:
                report = tier_report(request.user, city.pk, on=day, volumes=_volumes(request))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, error)
            status = WRONG
    context = {
        "city": city,
        "report": report,
        "day": day,
        "may_read_ledger": _may_read_all(request),
        "here": "tier_check",
    }
    return render(request, "charges/tiers.html", context, status=status)


@page(Action.RULES_LOOK)
def charge_trial(request: HttpRequest) -> HttpResponse:
    """Show what an amount would be for what was typed, with every step; nothing is kept."""
    city = city_of(request, Action.RULES_LOOK)
    if city is None:
        raise Http404
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "over_plan"
    fields = {name: words_of(request.GET, name, limit=40) for name in (*NAMES, *LADDER_NAMES)}
    derived, status, day = None, 200, today()
    if "go" in request.GET:
        try:
            day = day_of(request.GET, "day") or day
            derived = try_charge(request.user, Asked(city=city.pk, kind=kind, on=day, fields=fields))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, error)
            status = WRONG
    context = {
        "city": city,
        "kind": kind,
        "kinds": TRIALS.items(),
        "classes": PRICE_CLASSES.items(),
        "typed": fields,
        "bands": [
            {"n": n, "up_to": fields[f"up_to_{n}"], "multiple": fields[f"multiple_{n}"]}
            for n in range(1, BANDS + 1)
        ],
        "has_own": any(fields[name] for name in LADDER_NAMES if name != "mode"),
        "day": day,
        "derived": derived,
        "here": "charge_trial",
    }
    return render(request, "charges/trial.html", context, status=status)


def _may_read_all(request: HttpRequest) -> bool:
    """Return whether the reader sees the charges of the city as a whole."""
    return may(request.user, Action.CHARGES_LOOK) and seen(request, Action.CHARGES_LOOK).grain is Grain.CITY


def _volumes(request: HttpRequest) -> str:
    """Return the list that was sent, as a file or typed."""
    sent = request.FILES.get("list")
    if sent is not None and sent.size is not None and sent.size <= MOST_BYTES:
        return plain(sent.read().decode("utf-8-sig", errors="replace"))
    return words_of(request.POST, "volumes", limit=MOST_BYTES)
