"""A city as an analyst sees it: places, targets, indicators and series as tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shuiheng.notebook.local import local_source
from shuiheng.notebook.remote import RemoteSource
from shuiheng.notebook.source import Json, Source
from shuiheng.notebook.table import Table, table_of

SCHEMES = ("http://", "https://")
EXACT = ("value", "path", "distance")


def open_city(place: str | Path, *, token: str = "", account: str = "") -> City:
    """Open what an account may see of an installation, for reading only.

    Args:
        place: Address of a site, such as `https://water.example.cn`, or a state folder on this machine.
        token: Token of an account, for a site; `shuiheng user token` makes one.
        account: Name of the account whose rights hold, for a state folder. Whoever can read the folder could
            read everything in it; the account says what is shown.

    Raises:
        ValueError: A token is missing for a site, or an account for a folder.
        FileNotFoundError: There is no installation in the folder.
        LookupError: There is no such account.
    """
    address = str(place)
    if address.startswith(SCHEMES):
        if not token:
            raise ValueError("a site is opened with a token: open(address, token=...)")
        return City(RemoteSource(address=address, token=token))
    if not account:
        raise ValueError("a state folder is opened with an account: open(folder, account=...)")
    return City(local_source(Path(place), account))


class City:
    """What an account may see: each method returns a table with one row for each thing."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def places(self) -> Table:
        """Return the cities and districts of which the account may read figures."""
        return table_of(self._source.rows("places"))

    def targets(self, plan: str = "") -> Table:
        """Return the targets of the register, a row for each place in which they were judged.

        A target that was never judged has one row without standing. `value` is a number for reckoning,
        `value_exact` its exact digits; both are empty where the value is not known.

        Args:
            plan: Slug of a plan, or empty for all.
        """
        query = {"plan": plan} if plan else {}
        return table_of(row for each in self._source.rows("targets", query) for row in _judged(each))

    def indicators(self) -> Table:
        """Return the definitions of indicators, a row for each version."""
        return table_of(row for each in self._source.rows("indicators") for row in _versions(each))

    def series(  # noqa: PLR0913  one word for each part of the question, all but the first named
        self,
        of: str,
        *,
        place: int | str | None = None,
        first: int | None = None,
        last: int | None = None,
        base_year: int | None = None,
        choices: Mapping[str, str] | None = None,
    ) -> Table:
        """Return a series of a place, a row for each year or month; `missing` names what is not known.

        Args:
            of: `indicator:` or `fact:` with an id, or `use` for the water that meters tell by month.
            place: Key, name or slug of a place; the account's own city unless told.
            first: First year; ten years unless told.
            last: Last year; the present one unless told.
            base_year: The year with which an indicator compares.
            choices: What is meant where an indicator can be meant in several ways, by part.

        Raises:
            LookupError: There is no such place in sight.
        """
        query: Json = {
            "of": of,
            "place": self._key(place),
            "first": first,
            "last": last,
            "base_year": base_year,
            "choice": [f"{part}:{choice}" for part, choice in (choices or {}).items()],
        }
        told = self._source.one("series", {name: each for name, each in query.items() if each})
        common = {"of": told["of"], "place": told["place_name"], "unit": told["unit"]["id"]}
        return table_of({**common, **_point(each)} for each in told["points"])

    def derivation(self, figure: int) -> Json:
        """Return an official figure with the tree from its value to the facts."""
        return self._source.one(f"figures/{figure}/derivation", {})

    def _key(self, place: int | str | None) -> int | None:
        if place is None or isinstance(place, int):
            return place
        for each in self._source.rows("places"):
            if place in (each["name"], each["slug"]):
                return int(each["id"])
        raise LookupError(f"no place in sight is called {place}")


def _judged(target: Json) -> list[Json]:
    own = {name: each for name, each in target.items() if name != "standings"}
    own["wanted"], own["wanted_most"] = _number(own.pop("value")), _number(own.pop("value_max"))
    names = ("place_name", "standing", "why", "problem", "is_share", "up_to", "since")
    rows = []
    for each in target["standings"] or [{}]:
        judged = {name: each.get(name) for name in names} | _exact(each)
        missing = [str(code) for code in each.get("missing", ())]
        rows.append({**own, **judged, "missing": "; ".join(missing)})
    return rows


def _versions(indicator: Json) -> list[Json]:
    return [
        {
            "id": indicator["id"],
            "name": indicator["names"]["zh"],
            "name_en": indicator["names"]["en"],
            "better": indicator["better"],
            "version": each["number"],
            "valid_from": each["valid_from"],
            "valid_to": each["valid_to"],
            "formula": each["formula"],
            "unit": each["unit"]["id"],
            "needs_base_year": each["needs_base_year"],
            "facts": "; ".join(fact["id"] for fact in each["facts"]),
            "clauses": "; ".join(f"{clause['title']} {clause['clause']}" for clause in each["clauses"]),
        }
        for each in indicator["versions"]
    ]


def _point(point: Json) -> Json:
    official = point.get("official") or {}
    told = {
        "period": point["period"],
        "member": point.get("member", ""),
        "value": _number(point["value"]),
        "value_exact": point["value"],
        "problem": point.get("problem", ""),
        "missing": "; ".join(f"{each['fact']}:{each['year']}" for each in point.get("missing", ())),
        "official": _number(official.get("value")),
        "figure": official.get("figure"),
    }
    shares = point.get("shares") or {}
    return told | {f"share_{name}": _number(shares.get(name)) for name in ("estimated", "missing")}


def _exact(row: Json) -> Json:
    found: dict[str, Any] = {name: _number(row.get(name)) for name in EXACT}
    return found | {"value_exact": row.get("value")}


def _number(text: object) -> float | None:
    """Return a number for reckoning, or None where it is not known; never 0 for that."""
    return None if text is None else float(str(text))
