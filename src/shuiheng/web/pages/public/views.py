"""Report something about water to the office of a city, read its answer, read what it has published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook import column_rules
from shuiheng.adapters.rulebook.public_policy import public_policy
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.public_reports.open_cities import districts_of, open_cities, open_city
from shuiheng.services.public_reports.read_answer import published_answers, read_answer
from shuiheng.services.public_reports.report_form import LONGEST, TypedReport, new_form
from shuiheng.services.public_reports.report_terms import daily_limits, hotline
from shuiheng.services.public_reports.take_report import Sending, refuse_size, take_report
from shuiheng.web import words
from shuiheng.web.filters import plain
from shuiheng.web.upload_limit import limited_upload
from shuiheng.web.visitor import visitor_of
from shuiheng.web.words_public import FIELDS

PAGE_SIZE, NUMBER_LENGTH = 20, 40
REFUSED, ENOUGH = 422, 429
TOO_OFTEN = ("public_reports.too_many", "public_reports.city_full")
MOST_PHOTOS, MOST_BYTES = 10, 64 * 2**20
SHORT = 2000
TRAP = "website"


@login_not_required
@require_safe
def public_start(request: HttpRequest) -> HttpResponse:
    """Choose a city; where there is one only, go to its form."""
    cities = open_cities()
    if len(cities) == 1:
        return redirect("public_form", cities[0].slug)
    return render(request, "public/start.html", {"cities": cities})


@login_not_required
@never_cache
@sensitive_post_parameters("name", "phone")
@limited_upload(MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def public_form(request: HttpRequest, city: str) -> HttpResponse:
    """Ask what was seen and where; take it in and show number and code by which the answer is read."""
    place = _city(city)
    if request.method != "POST":
        return _form(request, place, TypedReport(), None)
    typed = _typed(request)
    try:
        receipt = take_report(place, _sending(request, place, typed))
    except ServiceError as error:
        return _form(request, place, typed, error)
    return render(request, "public/sent.html", _context(place) | {"receipt": receipt})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_answer(request: HttpRequest, city: str) -> HttpResponse:
    """Show what became of a report to whoever types its number and its code; neither stands in an address."""
    place = _city(city)
    context = _context(place)
    if request.method != "POST":
        return render(request, "public/answer.html", context)
    number, code = (plain(request.POST.get(name, ""))[:NUMBER_LENGTH] for name in ("number", "code"))
    try:
        address = visitor_of(request).address
        told = read_answer(place, number=number, code=code, address=address)
    except ServiceError as error:
        context |= {"refused": _sentence(error), "number": number}
        return render(request, "public/answer.html", context, status=_status(error))
    return render(request, "public/answer.html", context | {"told": told})


@login_not_required
@require_safe
def public_published(request: HttpRequest, city: str) -> HttpResponse:
    """List the answers that a city has published; they name nobody."""
    place = _city(city)
    shown = Paginator(published_answers(place), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "public/published.html", _context(place) | {"page": shown})


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that what was sent is too large, without having read it."""
    refused = sentence_of("public_reports.too_large", {}, language=get_language() or "zh")
    return render(request, "public/too_large.html", {"refused": refused}, status=413)


def _form(request: HttpRequest, place: Place, typed: TypedReport, error: ServiceError | None) -> HttpResponse:
    context = _context(place) | {
        "matters": public_policy().matters.values(),
        "districts": districts_of(place),
        "typed": typed,
        "longest": LONGEST,
        "contact_months": column_rules()["PublicReportContact", "phone"].term.months,
        "mark": new_form(place) if error is None or _is_spent(error) else request.POST.get("form", ""),
        "refused": None if error is None else _sentence(error),
        "wrong": "" if error is None else error.values.get("field", ""),
        "limits": daily_limits(place, timezone.localdate()),
    }
    return render(request, "public/form.html", context, status=200 if error is None else _status(error))


def _is_spent(error: ServiceError) -> bool:
    """Return whether the form needs a new mark; else it keeps its own, and with it the time that it took."""
    return error.code == "public_reports.form_old"


def _typed(request: HttpRequest) -> TypedReport:
    names = ("kind", "words", "spot", "district", "latitude", "longitude", "name", "phone")
    return TypedReport(**{name: plain(request.POST.get(name, ""))[:SHORT] for name in names})


def _sending(request: HttpRequest, place: Place, typed: TypedReport) -> Sending:
    """Return the form that came in; a photo is read when its size may be."""
    photos = []
    for file in request.FILES.getlist("photos")[:MOST_PHOTOS]:
        refuse_size(place, file.size or 0)
        photos.append((file.name or "", file.read()))
    return Sending(
        mark=plain(request.POST.get("form", ""))[:SHORT],
        trap=request.POST.get(TRAP, ""),
        address=visitor_of(request).address,
        typed=typed,
        photos=photos,
    )


def _context(place: Place) -> dict[str, Any]:
    language = get_language() or "zh"
    said = hotline(place, timezone.localdate(), language="en" if language.startswith("en") else "zh")
    return {"city": place, "hotline": said, "trap": TRAP}


def _city(slug: str) -> Place:
    try:
        return open_city(slug)
    except NotThereError as error:
        raise Http404 from error


def _status(error: ServiceError) -> int:
    return ENOUGH if error.code in TOO_OFTEN else REFUSED


def _sentence(error: ServiceError) -> Sentence:
    shown = dict(error.values)
    if "field" in shown:
        shown["field"] = words.word(FIELDS, shown["field"])
    return sentence_of(error.code, shown, language=get_language() or "zh")
