"""Every address of the site with values for its blanks, found from the URL table."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import get_resolver

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.marks import item_token

NOT_FOR_ACCOUNTS = {"login", "logout", "set_language"}


@dataclass(frozen=True)
class Address:
    """One address: the name of its route, its path, and the action it needs."""

    name: str
    path: str
    action: str
    methods: frozenset[str]


def addresses(version: PlanVersion) -> list[Address]:
    """Return an address for every route; a route with an unknown blank fails."""
    target = plan_at_work(version).decided.plan.targets[0].id
    values = {
        "slug": version.plan.slug,
        "sequence": version.sequence,
        "tab": "targets",
        "token": item_token("target", target),
        "verb": "correct",
        "key": version.jobs.order_by("-pk").values_list("pk", flat=True)[0],
        "label": "青禾市水利局",
        "table": "tasks",
        "ending": "xlsx",
    }
    found = []
    for route in get_resolver().url_patterns:
        path = str(route.pattern)
        for name, converter in route.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            kind = {"string": "str"}.get(kind, kind)
            path = path.replace(f"<{kind}:{name}>", str(values[name]))
        action = getattr(route.callback, "action", "")
        found.append(Address(str(route.name), "/" + path, str(action), _methods(str(route.name))))
    return found


def _methods(name: str) -> frozenset[str]:
    if name in {"decide", "undo", "carry", "attach", "recompile", "withdraw", "logout", "set_language"}:
        return frozenset({"POST"})
    return frozenset({"GET", "POST"}) if name in {"upload", "publish", "login"} else frozenset({"GET"})
