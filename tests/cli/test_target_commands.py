"""The command prints what counts for a target on a day, and says when there is no such target."""

from __future__ import annotations

import json

import pytest

from office import published, ready  # noqa: F401  used by name
from services.cases.made_up import CaseCity, bring_on, city  # noqa: F401  used by name
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import KeptStanding, PlanVersion
from shuiheng.cli.main import main

pytestmark = pytest.mark.django_db


def test_the_count_of_a_target_is_printed(
    city: CaseCity,  # noqa: F811  the fixture
    published: PlanVersion,  # noqa: F811  the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    target = one("节水型企业").target
    assert main(["target", "count", target.item]) == 0
    printed = capsys.readouterr().out
    assert ": 1 (short by 11)" in printed and "saving_enterprise.built" in printed
    assert main(["target", "count", str(target.pk), "--on", "2015-01-01", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["value"], row["on"]) == ("0", "2015-01-01")
    assert main(["target", "count", one("漏损率").target.item]) == 0
    assert "unknown" in capsys.readouterr().out


def test_a_target_that_is_not_there_is_said(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["target", "count", "nothing"]) == 1
    assert "no target nothing" in capsys.readouterr().out


def test_all_targets_of_a_city_are_judged(
    published: PlanVersion,  # noqa: F811  the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    slug = published.plan.place.slug
    assert main(["target", "judge", slug]) == 0
    assert f"{slug}: " in capsys.readouterr().out and KeptStanding.objects.exists()
    assert main(["target", "judge"]) == 0 and "(0 turned)" in capsys.readouterr().out
    assert main(["target", "judge", "nowhere"]) == 1
    assert main(["target", "judge", "--on", "2999-01-01"]) == 1
    assert "lies ahead" in capsys.readouterr().out
