"""The first page of everybody: what is late, what is due, which targets will be missed, what stopped."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shuiheng.services.permission import remember_memberships
from shuiheng.web.pages.home.box import Desk
from shuiheng.web.pages.home.boxes import boxes_of
from shuiheng.web.pages.home.targets import target_counts


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the boxes to which the reader has a right; who has none goes to the own account."""
    remember_memberships(request.user)
    desk = Desk(request=request, today=timezone.localdate())
    boxes = boxes_of(desk)
    if not boxes:
        return redirect("account")
    context = {
        "boxes": boxes,
        "wide": [box for box in boxes if box.rule.is_wide],
        "target_counts": target_counts(desk),
        "today": desk.today,
    }
    return render(request, "home/page.html", context)
