"""The monthly filing of a water user on a phone: the form, its checks while typing, taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Meter, MeterFiling, WaterUser
from shuiheng.adapters.records.queries_filing import past_months, users_who_file
from shuiheng.adapters.rulebook.filing_policy import filing_policy
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.readings.check_filing import LONGEST_REMARK, FiledMeter, check_filing
from shuiheng.services.readings.file_month import file_month, withdraw_filing
from shuiheng.services.readings.filing_months import FilingMonth, open_months
from shuiheng.services.scope import row_for
from shuiheng.web.fields import FieldError, day_of, key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.filing.form import (
    LONGEST_NUMBER,
    FormLine,
    first_day_of,
    form_lines,
    said_doubt,
    typed_meters,
    with_typed,
)
from shuiheng.web.pages.warnings.waiting import waiting_warnings
from shuiheng.web.saying import say_error, tried

WRONG = 422


@page(Action.READINGS_FILE, methods=("GET", "POST"))
def filing(request: HttpRequest) -> HttpResponse:
    """Show the meters of a month with a field each, and file what was typed."""
    sight = seen(request, Action.READINGS_FILE)
    users = users_who_file(sight)
    months = open_months(timezone.localdate())
    asked = request.POST if request.method == "POST" else request.GET
    user = _chosen(users, key_of(asked, "user"))
    if user is None:
        return render(
            request, "filing/form.html", {"users": users, "use_warnings": waiting_warnings(request)}
        )
    month = next((each for each in months if each.month == first_day_of(asked.get("month", ""))), months[0])
    lines = form_lines(sight, user, month)
    day = min(month.last_day, timezone.localdate())
    status = 200
    if request.method == "POST":
        typed: list[FiledMeter] = []
        try:
            day = day_of(request.POST, "day") or day
            typed = typed_meters(lines, request.POST, request.FILES, day)
            file_month(request.user, _month_sent(request, month), typed)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, error)
            lines, status = with_typed(lines, typed, getattr(error, "doubts", {})), WRONG
        else:
            return redirect("filed_month", user.pk, f"{month.month:%Y-%m}")
    context = _context(users, user, months, month, lines)
    context |= {
        "day": day,
        "past": past_months(sight, user),
        "use_warnings": waiting_warnings(request),
    }
    return render(request, "filing/form.html", context, status=status)


@page(Action.READINGS_FILE, methods=("POST",))
def check_filed(request: HttpRequest, key: int) -> HttpResponse:
    """Say what is doubtful of one register while it is typed; nothing is saved."""
    meter = row_for(request.user, Action.READINGS_FILE, Meter, pk=key)
    month = first_day_of(request.POST.get("month", ""))
    register = words_of(request.POST, f"register-{key}", limit=LONGEST_NUMBER)
    remark = words_of(request.POST, f"remark-{key}", limit=LONGEST_REMARK)
    if month is None or not register:
        return render(request, "filing/checked.html", {"key": key})
    try:
        day = day_of(request.POST, "day") or timezone.localdate()
        judged = check_filing(
            request.user, month, FiledMeter(meter=meter.pk, register=register, day=day, remark=remark)
        )
    except FieldError as error:
        return render(request, "filing/checked.html", {"key": key, "error": error})
    context = {
        "key": key,
        "doubts": [said_doubt(each) for each in judged.doubts],
        "use": judged.use,
        "remark": remark,
        "judged": judged,
    }
    return render(request, "filing/checked.html", context)


@page(Action.READINGS_FILE, methods=("POST",))
def withdraw_filed(request: HttpRequest, key: int) -> HttpResponse:
    """Take a filing back with a reason."""
    row = row_for(request.user, Action.READINGS_FILE, MeterFiling, pk=key)
    reason = words_of(request.POST, "reason", limit=LONGEST_REMARK)
    tried(
        request,
        lambda: withdraw_filing(request.user, key, reason=reason),
        done=_("已撤回，可以重新填报。"),
    )
    return redirect("filed_month", row.meter.user_id, f"{row.month:%Y-%m}")


def _chosen(users: Sequence[WaterUser], key: int | None) -> WaterUser | None:
    """Return the user that is asked for, the first one when none is; None when there is nobody to file for.

    Raises:
        Http404: The user that is asked for is not one of them.
    """
    if key is None:
        return users[0] if users else None
    found = next((each for each in users if each.pk == key), None)
    if found is None:
        raise Http404
    return found


def _month_sent(request: HttpRequest, shown: FilingMonth) -> date:
    """Return the month that was sent; one that has closed meanwhile is refused by the service."""
    return first_day_of(request.POST.get("month", "")) or shown.month


def _context(
    users: Sequence[WaterUser],
    user: WaterUser,
    months: Sequence[FilingMonth],
    month: FilingMonth,
    lines: Sequence[FormLine],
) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "users": users,
        "water_user": user,
        "months": months,
        "month": month,
        "is_late": month.is_late(today),
        "lines": lines,
        "filed": sum(line.filing is not None for line in lines),
        "today": today,
        "limit_mb": filing_policy().largest_photo_mb,
        "photos": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "action": reverse("filing"),
    }
