"""Monthly workbooks of water companies: the form goes out, comes back, and is given back marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.readings.month_workbook import (
    issue_month_form,
    marked_month_workbook,
    receive_month_workbook,
)
from shuiheng.web.fields import FieldError, key_of, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.readings.views import content_of
from shuiheng.web.saying import say_error
from shuiheng.web.sending import attachment

_MONTH = re.compile(r"(20[0-9]{2}|21[0-9]{2})\s*[-/.年]\s*(0?[1-9]|1[0-2])\s*月?")


@page(Action.READINGS_IMPORT)
def month_form(request: HttpRequest) -> HttpResponse:
    """Send the workbook in which a keeper of meters files a month."""
    try:
        keeper, month = key_of(request.GET, "keeper"), month_of(request.GET)
        if keeper is None or month is None:
            raise ServiceError("services.nothing_chosen")
        name, content = issue_month_form(request.user, keeper=keeper, month=month)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("reading_batches")
    return attachment(content, name=name)


@page(Action.READINGS_IMPORT, methods=("POST",))
def send_month_workbook(request: HttpRequest) -> HttpResponse:
    """Take a returned workbook and lead to its batch; what is wrong with the whole is said above the form."""
    try:
        keeper, file = key_of(request.POST, "keeper"), request.FILES.get("file")
        if keeper is None or file is None:
            raise ServiceError("services.nothing_chosen")
        batch = receive_month_workbook(
            request.user,
            content=content_of(file),
            name=file.name or "",
            keeper=keeper,
            month=month_of(request.POST),
        )
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("reading_batches")
    return redirect("reading_batch", batch.pk)


@page(Action.READINGS_LOOK)
def marked_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Send a workbook back with its bad cells marked."""
    try:
        name, content = marked_month_workbook(request.user, key)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("reading_batch", key)
    return attachment(content, name=name)


def month_of(query: Mapping[str, str]) -> date | None:
    """Return the first day of the month of a field, or None when it is empty.

    Raises:
        FieldError: It is no month.
    """
    text = words_of(query, "month", limit=20)
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None:
        raise FieldError("month", text)
    return date(int(found[1]), int(found[2]), 1)
