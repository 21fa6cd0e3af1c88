"""The parts of the event log, each with the right that opens it and its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuiheng.services.permission import Action, may


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the log.

    Args:
        action: The right that opens it.
        name: Ending of the names of its routes; empty for the log of a city.
        title: What the page calls it.
    """

    action: Action
    name: str
    title: Promise

    @property
    def route(self) -> str:
        """Name of the route of its list."""
        return f"events_{self.name}" if self.name else "events"


PARTS = (
    Part(action=Action.EVENTS_LOOK, name="", title=_("本市日志")),
    Part(action=Action.EVENTS_LOOK_BUSINESS, name="business", title=_("业务日志")),
    Part(action=Action.EVENTS_LOOK_ADMINISTRATION, name="administration", title=_("管理日志")),
    Part(action=Action.EVENTS_LOOK_AUDIT, name="audit", title=_("审计日志")),
)


def parts_for(request: HttpRequest) -> list[Part]:
    """Return the parts that the reader may open."""
    return [part for part in PARTS if may(request.user, part.action)]
