"""A city whose rules are all checked, and replays of its year 2025."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.charges.made_up import City, book, ladder, made_up_city, use_book
from services.rules.proposals import a_ladder
from shuiheng.adapters.records.models import Account, Job, LocalRule
from shuiheng.adapters.rulebook.value_json import value_json
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.rules import replay
from shuiheng.services.rules.local_rules import propose_rule
from shuiheng.services.rules.replay import AskedReplay, ask_replay, replay_result

Callbacks = DjangoCaptureOnCommitCallbacks
YEAR = 2025


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city whose rules are all checked."""
    made = book()
    use_book(monkeypatch, made)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: made)
    return made_up_city(officer)


def a_proposal(city: City, **changed: Any) -> LocalRule:
    value = {**value_json(ladder()), **changed}
    return propose_rule(city.clerk, city.metered.place.pk, a_ladder(value=value))


def replayed(city: City, callbacks: Callbacks, row: LocalRule, kind: RunKind = RunKind.OVER_PLAN) -> Job:
    with callbacks(execute=True):
        asked = AskedReplay(year=YEAR, kind=kind, rule=row.rule, proposal=row.pk)
        job = ask_replay(city.clerk, city.metered.place.pk, asked)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("done", "")
    return job


def found_of(
    city: City, callbacks: Callbacks, row: LocalRule, kind: RunKind = RunKind.OVER_PLAN
) -> Mapping[str, Any]:
    return replay_result(replayed(city, callbacks, row, kind))
