"""The lists and answers of a state folder for an account; imported once Django stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from sys import maxsize

from shuiheng.adapters.records.models import Account, Figure
from shuiheng.adapters.records.queries_api import api_places, api_targets
from shuiheng.notebook.local import LocalSource
from shuiheng.notebook.source import Json, Query
from shuiheng.services.indicators.indicator_json import indicators_json
from shuiheng.services.indicators.series import SeriesWanted, series_of
from shuiheng.services.indicators.target_json import figure_derivation_json, place_json, target_json
from shuiheng.services.permission import Action, require
from shuiheng.services.scope import row_for, sight


def account_source(name: str, reading: Callable[[], AbstractContextManager[None]]) -> LocalSource:
    """Return what an account may see.

    Raises:
        LookupError: There is no such account, or it is closed.
    """
    with reading():
        account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        raise LookupError(f"no account is called {name}")
    asked = _Asked(account)
    return LocalSource(
        lists={"places": asked.places, "targets": asked.targets, "indicators": asked.indicators},
        answers={"series": asked.series, "figures": asked.derivation},
        reading=reading,
    )


class _Asked:
    """The questions of an account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def places(self, query: Query) -> list[Json]:
        """Return the places in sight."""
        del query
        return [place_json(row) for row in api_places(sight(self.account, Action.FIGURES_LOOK))]

    def targets(self, query: Query) -> list[Json]:
        """Return the targets in sight with how they stand."""
        require(self.account, Action.REGISTER_LOOK)
        seen, judged = (sight(self.account, each) for each in (Action.REGISTER_LOOK, Action.FIGURES_LOOK))
        rows = api_targets(seen, plan=str(query.get("plan", "")), standings=judged)
        return [target_json(row) for row in rows]

    def indicators(self, query: Query) -> list[Json]:
        """Return all definitions."""
        del query
        require(self.account, Action.FIGURES_LOOK)
        return list(indicators_json(after=0, limit=maxsize)[0])

    def series(self, query: Query, key: str) -> Json:
        """Return a series."""
        del key
        pairs = [each.partition(":") for each in query.get("choice", ())]
        wanted = SeriesWanted(
            of=str(query["of"]),
            place=query.get("place"),
            first=query.get("first"),
            last=query.get("last"),
            base_year=query.get("base_year"),
            choices={part: choice for part, _, choice in pairs},
        )
        return series_of(self.account, wanted)

    def derivation(self, query: Query, key: str) -> Json:
        """Return an official figure with its tree."""
        del query
        return figure_derivation_json(row_for(self.account, Action.FIGURES_LOOK, Figure, pk=int(key)))
