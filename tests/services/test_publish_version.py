"""Publishing."""

from __future__ import annotations

import pytest

from office import make_version
from shuiheng.adapters.records.models import Account, PlanVersion, PublishedTask, TaskUnit, VersionState
from shuiheng.services.errors import NotPermittedError, OpenDoubtsError, WrongStateError
from shuiheng.services.publish_version import publish_version


def test_open_doubts_must_be_accepted_in_so_many_words(officer: Account, ready: PlanVersion) -> None:
    with pytest.raises(OpenDoubtsError):
        publish_version(officer, ready.pk)
    ready.refresh_from_db()
    assert ready.state == VersionState.READY
    assert not PublishedTask.objects.exists()


def test_a_published_plan_becomes_rows_and_lists_its_doubts(published: PlanVersion) -> None:
    assert PublishedTask.objects.filter(version=published).count() == 4
    assert published.doubts_at_publishing
    labels = set(TaskUnit.objects.filter(role="lead").values_list("label", flat=True))
    assert labels == {"青禾市水利局", "青禾市工业和信息化局"}


def test_a_newer_version_takes_the_place_of_the_published_one(
    officer: Account, published: PlanVersion
) -> None:
    newer = make_version(officer, sequence=2)
    publish_version(officer, newer.pk, with_doubts=True)
    published.refresh_from_db()
    assert published.state == VersionState.SUPERSEDED
    assert set(PublishedTask.objects.values_list("version", flat=True)) == {newer.pk}


def test_a_published_version_is_not_published_again(officer: Account, published: PlanVersion) -> None:
    with pytest.raises(WrongStateError):
        publish_version(officer, published.pk, with_doubts=True)


def test_a_reader_may_not_publish(reader: Account, ready: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        publish_version(reader, ready.pk, with_doubts=True)
