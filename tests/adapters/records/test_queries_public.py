"""Lists, likeness and times of reports by the public, as far as a reader sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.public_reports.made_up import LEAK, Town, town  # noqa: F401  the fixture
from shuiheng.adapters.records.models import PublicReport
from shuiheng.adapters.records.queries_public import (
    PublicFilter,
    alike_reports,
    answer_times,
    public_counts,
    public_list,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
SHARE, NEAR = Decimal("0.45"), Decimal("0.003")


def test_what_is_not_sorted_or_answered_in_time_is_late(town: Town) -> None:  # noqa: F811
    town.send()
    row = town.assigned(replace(LEAK, words="别处的水管漏水"))
    seen, day = sight(town.clerk, Action.PUBLIC_REPORTS_LOOK), row.due_on
    late = PublicFilter(is_late=True)
    assert not public_list(seen, late, row.triage_by)
    assert public_list(seen, late, row.triage_by + timedelta(days=1)).count() == 1
    assert public_list(seen, late, day + timedelta(days=1)).count() == 2
    assert public_counts(seen, day)["assigned"] == 1
    assert public_list(seen, PublicFilter(due_by=day), day).count() == 2
    assert public_list(seen, PublicFilter(due_by=day - timedelta(days=1)), day).count() == 0


def test_likeness_is_of_words_of_place_and_of_points(town: Town) -> None:  # noqa: F811
    at = {"latitude": "31.2300", "longitude": "121.47"}
    first = town.send(replace(LEAK, **at)).row
    near = town.send(
        replace(LEAK, words="今天看到有人洗车", spot="别处", **{**at, "latitude": "31.2325"})
    ).row
    far = town.send(
        replace(LEAK, words="有人用消防水洗车", spot="解放路", **{**at, "latitude": "31.2341"})
    ).row
    words = town.send(replace(LEAK, words="消火栓一直漏水已经两天了", spot="没写")).row
    seen = sight(town.clerk, Action.PUBLIC_REPORTS_LOOK)
    found = alike_reports(seen, first, days=30, share=SHARE, near=NEAR)
    assert {each.row.pk: tuple(each.reasons) for each in found} == {near.pk: ("near",), words.pk: ("words",)}
    assert far.pk not in {each.row.pk for each in found}
    PublicReport.objects.filter(pk=words.pk).update(received_at=first.received_at - timedelta(days=31))
    assert [each.row.pk for each in alike_reports(seen, first, days=30, share=SHARE, near=NEAR)] == [near.pk]


def test_times_to_answer_are_unknown_without_an_answer(town: Town) -> None:  # noqa: F811
    row = town.answered()
    PublicReport.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(days=3))
    town.send(replace(LEAK, kind="waste", words="公园喷灌整夜没关"))
    today = timezone.localdate()
    seen = sight(town.clerk, Action.PUBLIC_REPORTS_LOOK)
    found = answer_times(seen, since=today - timedelta(days=9), until=today, by="kind", on=today)
    told = {each.name: (each.received, each.answered, each.in_time, each.median_days) for each in found}
    assert told == {"hydrant": (1, 1, 1, 3), "waste": (1, 0, 0, None)}
