"""Plans and versions for pages."""

from __future__ import annotations

from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from office import make_version
from shuiheng.adapters.records.models import Account, PlanVersion, VersionState
from shuiheng.adapters.records.queries_plans import (
    jobs_of,
    light_version_at,
    plan_summaries,
    plan_summary,
    synthetic_plans,
    version_at,
)
from shuiheng.adapters.records.sight import M, Sight


def test_the_published_version_is_the_current_one_and_a_newer_one_is_pending(
    officer: Account, published: PlanVersion, seen: Sight
) -> None:
    newer = make_version(officer, sequence=2)
    summary = plan_summary(seen, "qinghe")
    assert summary is not None
    assert (summary.current, summary.pending) == (published, newer)


def test_a_version_that_was_put_away_is_not_current(ready: PlanVersion, seen: Sight) -> None:
    PlanVersion.objects.filter(pk=ready.pk).update(state=VersionState.WITHDRAWN)
    assert plan_summaries(seen)[0].current is None


def _everything(table: type[M], /) -> QuerySet[M]:
    return table._default_manager.all()


def test_listing_plans_costs_two_queries_and_no_large_json(
    officer: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for title in ("a", "b", "c"):
        make_version(officer, title=title)
    with django_assert_num_queries(2):
        versions = [version for summary in plan_summaries(_everything) for version in summary.versions]
        assert all("compiled_json" in version.get_deferred_fields() for version in versions)


def test_versions_are_found_by_plan_and_number(ready: PlanVersion, seen: Sight) -> None:
    assert version_at(seen, "qinghe", 1) == light_version_at(seen, "qinghe", 1) == ready
    assert version_at(seen, "qinghe", 2) is None


def test_the_newest_job_of_a_version_counts(ready: PlanVersion, seen: Sight) -> None:
    newest = ready.jobs.create()
    assert jobs_of(seen, [ready.pk]) == [newest]


def test_made_up_plans_are_known(ready: PlanVersion, seen: Sight) -> None:
    assert not synthetic_plans(seen).exists()
    ready.plan.is_synthetic = True
    ready.plan.save()
    assert synthetic_plans(seen).exists()
