"""Every role, address, relation and method: nobody sees or changes what is not theirs."""

from __future__ import annotations

import os
from random import Random

import pytest
from django.db.models import Model, Q

from access.asking import Asking
from access.cells import ASKED, CITY, OWN, Cell, addresses, cells, guarded
from access.world import World
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import route_rules
from shuiheng.adapters.rulebook.routes import ACCOUNT, ANYBODY
from shuiheng.services import scope as scopes

SAMPLED, LEAST = 3000, 20_000
SEED = 3  # the same cells in every run; nightly asks all of them
SHOWN = 20


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    without = sorted(set(addresses()) - set(route_rules()))
    assert not without, f"add rows to rulebook/access/routes.yaml for: {without}"
    assert not set(route_rules()) - set(addresses())


def test_every_address_asks_for_the_right_and_answers_the_methods_of_its_row() -> None:
    wrong = {}
    for name, rule in guarded().items():
        view = addresses()[name].view
        if name.startswith("api.") or rule.needs == ACCOUNT:
            continue  # its rights stand inside the operations; the matrix tries them
        stated = (getattr(view, "action", None), getattr(view, "methods", None))
        if stated != (rule.needs, rule.methods):
            wrong[name] = f"page: {stated}, row: {(rule.needs, sorted(rule.methods))}"
    assert not wrong


def test_every_blank_of_an_address_has_a_meaning() -> None:
    for name, rule in route_rules().items():
        if name in addresses():
            assert set(rule.blanks) == addresses()[name].blanks, name


def test_what_anybody_may_open_is_what_leads_to_signing_in() -> None:
    anybody = {name for name, rule in route_rules().items() if rule.needs == ANYBODY}
    asked = {name for name in anybody if getattr(addresses()[name].view, "action", None)}
    assert not asked


def test_a_sample_of_the_matrix_shows_nobody_what_is_not_theirs(world: World) -> None:
    seed = int(os.environ.get("SHUIHENG_SEED", SEED))
    _hold(world, Random(seed).sample(cells(), SAMPLED), seed=seed)  # noqa: S311  to be repeated


@pytest.mark.nightly
def test_the_whole_matrix_shows_nobody_what_is_not_theirs(world: World) -> None:
    whole = cells()
    assert len(whole) >= LEAST
    _hold(world, whole, seed=0)


def _hold(world: World, chosen: list[Cell], *, seed: int) -> None:
    asking = Asking(world)
    found = [fault for cell in chosen for fault in asking.faults(cell)]
    listed = "\n".join(found[:SHOWN])
    assert not found, f"{len(found)} faults in {len(chosen)} cells, SHUIHENG_SEED={seed}:\n{listed}"


@pytest.mark.parametrize(
    ("table", "cell"),
    [
        (tables.PlanVersion, Cell(Role.READER, "reading", CITY, "GET")),
        (tables.PublishedTask, Cell(Role.PARTNER_CLERK, "tasks", OWN, "GET")),
        (tables.PublishedTask, Cell(Role.AUDITOR, "export", ASKED, "GET")),
        (tables.Message, Cell(Role.OFFICE_CLERK, "outbox", OWN, "GET")),
        (tables.Rectification, Cell(Role.SUPPLIER, "rectification", OWN, "GET")),
        (tables.Rectification, Cell(Role.INSPECTOR, "rectification_proof", CITY, "GET")),
        (tables.Job, Cell(Role.OFFICE_CLERK, "job_result", CITY, "GET")),
        (tables.Meeting, Cell(Role.AUDITOR, "meeting", CITY, "GET")),
    ],
)
def test_a_filter_that_is_missing_is_found(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    table: type[Model],
    cell: Cell,
) -> None:
    whole = scopes._within
    assert not Asking(world).faults(cell)

    def unfiltered(asked: type[Model], *rest: object) -> Q:
        return Q(pk__isnull=False) if asked is table else whole(asked, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(scopes, "_within", unfiltered)
    assert Asking(world).faults(cell)
