"""The command computes every figure again and fails when one does not give its value."""

from __future__ import annotations

import pytest

from office import office, officer, published, ready  # noqa: F401  used by name
from services.indicators.test_verify_figures import figure  # noqa: F401  used by name
from shuiheng.adapters.records.models import Figure, KeptStanding
from shuiheng.cli.main import main

pytestmark = pytest.mark.django_db


def test_figures_that_hold_are_counted(
    figure: Figure,  # noqa: F811  the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["figure", "verify", figure.city.slug]) == 0
    assert "1 official figures" in capsys.readouterr().out


def test_a_figure_that_does_not_hold_is_named(
    figure: Figure,  # noqa: F811  the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = KeptStanding.objects.filter(value__isnull=False).first()
    assert row is not None
    KeptStanding.objects.filter(pk=row.pk).update(content=row.content | {"value": "1"})
    assert main(["figure", "verify"]) == 1
    assert f"does not compute again: standing {row.pk}" in capsys.readouterr().out
    assert figure.pk


def test_a_site_without_figures_says_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figure", "verify"]) == 0
    assert "There is no figure" in capsys.readouterr().out
