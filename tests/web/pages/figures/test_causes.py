"""A settled fact that changed leads to the months, meters and edits behind it, as far as in sight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from metered_city import MeteredCity
from office import make_account, the_office
from services.indicators.ledger_city import MONTHS, YEAR
from services.indicators.test_settled_causes import FACT, city, figure, mill  # noqa: F401  used by name
from shuiheng.adapters.records.models import (
    Account,
    Figure,
    LedgerBatch,
    Meter,
    ReadingEdit,
    Role,
    SettledMonth,
    UserFact,
    WaterUser,
)
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


def _corrected(city: MeteredCity, mill: WaterUser, doer: Account) -> None:  # noqa: F811  fixtures
    """Correct a reading of a month, and settle the month anew."""
    SettledMonth.objects.filter(meter__user=mill, month=MONTHS[4]).update(by_time_litres=40_000_000)
    batch = LedgerBatch.objects.create(
        kind="edit",
        place=city.place,
        organisation=the_office(),
        made_by=doer,
        reason="抄错一位",
        sha256="1" * 64,
    )
    read_at = datetime(YEAR, 5, 31, 8, tzinfo=UTC)
    meter = Meter.objects.get(user=mill)
    ReadingEdit.objects.create(meter=meter, batch=batch, read_at=read_at, was_litres=1, litres=2)
    far = datetime(YEAR, 9, 30, 8, tzinfo=UTC)
    ReadingEdit.objects.create(meter=meter, batch=batch, read_at=far, was_litres=7_654_000, litres=2)


def test_a_change_leads_from_the_figure_to_the_month_the_meter_and_the_edit(
    city: MeteredCity,  # noqa: F811  the fixture
    mill: WaterUser,  # noqa: F811  the fixture
    figure: Figure,  # noqa: F811  the fixture
    browser: Browser,
) -> None:
    reviewer = make_account("reviewer", Role.OFFICE_REVIEWER)
    _corrected(city, mill, reviewer)
    address = reverse("figure_fact", args=[figure.pk, FACT, YEAR])
    leader = browser(Account.objects.get(username="leader"))
    assert address in leader.get(reverse("figure", args=[figure.pk])).content.decode()
    page = leader.get(address).content.decode()
    meter = Meter.objects.get(user=mill)
    for shown in ("印染厂", meter.number, f"{YEAR}-05", "人工更正", "抄错一位", "+3"):
        assert shown in page, shown
    assert f"{reverse('meter_readings', args=[meter.pk])}?from={YEAR}-05-01&amp;to={YEAR}-05-31" in page
    assert "7,654" not in page  # an edit that lies months away


def test_without_an_edit_the_readings_are_pointed_to_and_beliefs_are_told(
    city: MeteredCity,  # noqa: F811  the fixture
    mill: WaterUser,  # noqa: F811  the fixture
    figure: Figure,  # noqa: F811  the fixture
    browser: Browser,
) -> None:
    del city
    SettledMonth.objects.filter(meter__user=mill, month=MONTHS[4]).update(by_time_litres=None)
    belief = UserFact.objects.get(name="商场")
    now = timezone.now() + timedelta(seconds=1)
    UserFact.objects.filter(pk=belief.pk).update(superseded_at=now)
    belief.pk, belief.use_class, belief.recorded_at, belief.superseded_at = None, "residential", now, None
    belief.reason = "实为居民小区"
    belief.save(force_insert=True)
    page = browser(Account.objects.get(username="leader")).get(
        reverse("figure_fact", args=[figure.pk, FACT, YEAR])
    )
    text = page.content.decode()
    for shown in ("签发后导入的读数或水表资料变动", "实为居民小区", "商场", "未知"):
        assert shown in text, shown


def test_who_may_not_see_users_sees_that_something_is_out_of_sight(
    city: MeteredCity,  # noqa: F811  the fixture
    mill: WaterUser,  # noqa: F811  the fixture
    figure: Figure,  # noqa: F811  the fixture
    browser: Browser,
) -> None:
    _corrected(city, mill, make_account("reviewer", Role.OFFICE_REVIEWER))
    partner = browser(make_account("partner", Role.PARTNER_REVIEWER))
    page = partner.get(reverse("figure_fact", args=[figure.pk, FACT, YEAR])).content.decode()
    assert "另有 1 条变动不在您的查看范围内" in page
    assert "印染厂" not in page and "抄错一位" not in page
    nothing = reverse("figure_fact", args=[figure.pk, "gdp", YEAR])
    assert partner.get(nothing).status_code == 404


def test_the_page_costs_no_more_queries_when_every_month_changed(
    city: MeteredCity,  # noqa: F811  the fixture
    mill: WaterUser,  # noqa: F811  the fixture
    figure: Figure,  # noqa: F811  the fixture
    browser: Browser,
) -> None:
    _corrected(city, mill, make_account("reviewer", Role.OFFICE_REVIEWER))
    for row in SettledMonth.objects.all():
        SettledMonth.objects.filter(pk=row.pk).update(by_time_litres=row.by_time_litres + row.month.month)
    leader = browser(Account.objects.get(username="leader"))
    address = reverse("figure_fact", args=[figure.pk, FACT, YEAR])
    leader.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = leader.get(address).content.decode()
    assert page.count("印染厂") == len(MONTHS)
    assert len(asked) <= MOST_QUERIES
    meter = reverse("fact_user", args=[FACT, city.place.pk, YEAR, mill.pk])
    with CaptureQueriesContext(connection) as asked:
        assert leader.get(meter).status_code == 200
    assert len(asked) <= MOST_QUERIES
