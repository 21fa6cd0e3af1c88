"""Two people enter or decide on the same fact at the same moment; one value stands and none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, connections

from office import make_account, the_office
from shuiheng.adapters.records.models import Event, Role, Statistic, StatisticState
from shuiheng.services.errors import ServiceError
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

GDP = StatisticFields(fact="gdp", year=2024, value=Decimal("1200.5"), source="青禾市统计年鉴")
ROUNDS = 4


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Let every act begin at the same moment, each in a thread of its own; return the codes of errors."""
    outcomes: list[str] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=20)
            act()
            outcomes.append("")
        except ServiceError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def _standing() -> list[tuple[str, Decimal]]:
    rows = Statistic.objects.filter(superseded_at__isnull=True)
    return [(row.state, row.value) for row in rows.order_by("pk")]


# A test with real threads empties the tables behind it, which SQLite refuses here; it has one writer at a
# time anyway.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_a_fact_that_two_enter_at_once_stands_once() -> None:
        one, two = (make_account(name, Role.OFFICE_CLERK) for name in ("one", "two"))
        place = the_office().place_id
        for number in range(ROUNDS):
            fields = [replace(GDP, year=2020 + number)]
            acts = [partial(enter_statistics, by, place, fields) for by in (one, two)]
            assert _at_once(*acts) == ["", ""]
        assert _standing() == [("entered", GDP.value)] * ROUNDS

    @pytest.mark.django_db(transaction=True)
    def test_a_fact_that_is_confirmed_while_it_is_entered_anew_is_not_lost() -> None:
        clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("rev", Role.OFFICE_REVIEWER)
        place = the_office().place_id
        for number in range(ROUNDS):
            fields = replace(GDP, year=2020 + number)
            (row,) = enter_statistics(clerk, place, [fields])
            anew = replace(fields, value=Decimal(9))
            outcomes = _at_once(
                partial(decide_statistics, reviewer, [row.pk], is_confirmed=True),
                partial(enter_statistics, clerk, place, [anew]),
            )
            standing = dict(
                Statistic.objects.filter(year=fields.year, superseded_at__isnull=True).values_list(
                    "state", "value"
                )
            )
            assert standing[StatisticState.ENTERED] == anew.value
            is_confirmed = outcomes == ["", ""]
            assert is_confirmed or outcomes == ["", "statistics.wrong_state"]
            assert (standing.get(StatisticState.CONFIRMED) == GDP.value) is is_confirmed

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_decide_at_once_one_does() -> None:
        clerk = make_account("clerk", Role.OFFICE_CLERK)
        one, two = (make_account(name, Role.OFFICE_REVIEWER) for name in ("one", "two"))
        (row,) = enter_statistics(clerk, the_office().place_id, [GDP])
        outcomes = _at_once(
            lambda: decide_statistics(one, [row.pk], is_confirmed=True),
            lambda: decide_statistics(two, [row.pk], is_confirmed=False, reason="单位有误"),
        )
        assert outcomes == ["", "statistics.wrong_state"]
        assert Event.objects.filter(action__in=("statistics.confirmed", "statistics.refused")).count() == 1
