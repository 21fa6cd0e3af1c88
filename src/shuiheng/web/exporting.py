"""What every exported list says of itself, and under which name it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Account
from shuiheng.services.permission import memberships_of

_CITIES_NAMED = 1


def said_filter(parts: Iterable[tuple[str, object]]) -> str:
    """Return a filter in words from names and values; parts without a value are left out."""
    said = [f"{name} {value}" for name, value in parts if value]
    return "；".join(said) if said else _("全部")


def export_notes(request: HttpRequest, *, wanted: str, order: str, count: int) -> list[str]:
    """Return the lines that say what a list shows, in which order, when, for whom and how many rows."""
    user = request.user.shown_name if isinstance(request.user, Account) else ""
    return [
        _("筛选条件：%(filter)s") % {"filter": wanted},
        _("排序：%(order)s") % {"order": order},
        _("导出时间：%(at)s") % {"at": timezone.localtime().strftime("%Y-%m-%d %H:%M")},
        _("导出人：%(user)s") % {"user": user},
        _("行数：%(n)d") % {"n": count},
    ]


def export_name(request: HttpRequest, what: str, ending: str, *, period: str = "") -> str:
    """Return the name of an exported file: city, what it is, period and day, as far as each is known."""
    cities = {each.organisation.place.name for each in memberships_of(request.user)}
    city = "".join(cities) if len(cities) == _CITIES_NAMED else ""
    parts = (city, what, period, f"{timezone.localdate():%Y%m%d}")
    return f"{'_'.join(part for part in parts if part)}.{ending}"
