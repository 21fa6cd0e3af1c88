"""What the first page says of official figures: how many differ from the facts since they were signed off."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.queries_figures import figures_to_look_at
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.box import PLAIN, Desk, Line


def changed_figures(desk: Desk) -> Sequence[Line]:
    """Return how many official figures want a look, to who signs them off; nothing where none does."""
    if not desk.may(Action.FIGURES_RELEASE):
        return []
    count = figures_to_look_at(desk.seen(Action.FIGURES_LOOK)).count()
    if not count:
        return []
    words = _("项正式数据签发后有变动")
    return [Line(address=reverse("changed_figures"), words=words, count=count, tone=PLAIN)]
