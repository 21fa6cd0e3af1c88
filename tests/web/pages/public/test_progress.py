"""Anybody reads how far a plan has come: no cookie, no script, small, and nothing that is not official."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, KeptStanding, PlanVersion, PublicEdition, Role
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.publication.keep_edition import draft_edition, publish_edition, withdraw_edition

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
OK, SAME, GONE = 200, 304, 404
LARGEST = 200 * 1024
_ASSET = re.compile(r'(?:href|src)="/static/([^"]+?)(?:\?[^"]*)?"')


@pytest.fixture
def people(published: PlanVersion) -> tuple[Account, Account]:
    """Who drafts and who publishes, in a city with judged targets."""
    keep_standings(the_office().place, DAY)
    return make_account("reviewer", Role.OFFICE_REVIEWER), make_account("leader", Role.OFFICE_LEADER)


@pytest.fixture
def edition(people: tuple[Account, Account]) -> PublicEdition:
    """A published edition."""
    drafter, publisher = people
    row = draft_edition(drafter, the_office().place_id, on=DAY, licence="任何人可以使用")
    return publish_edition(publisher, row.pk)


def _get(name: str = "public_progress", *more: str, **headers: str) -> Any:
    return Client().get(reverse(name, args=[the_office().place.slug, *more]), headers=headers)


def _shown(name: str = "public_progress") -> str:
    return str(_get(name).content.decode())


def test_before_anything_is_published_the_page_says_so(people: tuple[Account, Account]) -> None:
    draft_edition(people[0], the_office().place_id, on=DAY, licence="任何人可以使用")
    assert "还没有公开方案进展" in _shown()
    assert _get("public_progress_file", "targets", "csv").status_code == GONE


@pytest.mark.usefixtures("edition")
def test_page_and_assets_stay_below_the_limit_without_script_or_cookie() -> None:
    answer = _get()
    page = answer.content.decode()
    names = set(_ASSET.findall(page))
    sizes = [Path(path).stat().st_size for name in names if (path := finders.find(_plain(name)))]
    assert len(sizes) == len(names) > 0
    assert len(answer.content) + sum(sizes) < LARGEST
    assert not answer.cookies and "<script" not in page and "<form" not in page
    assert answer.headers["Cache-Control"].startswith("public")


def _plain(name: str) -> str:
    """Return the name of an asset without the hash that production puts in."""
    return re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name)


def test_an_unchanged_page_is_not_sent_again(edition: PublicEdition, people: tuple[Account, Account]) -> None:
    first = _get()
    again = _get(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (SAME, b"")
    withdraw_edition(people[1], edition.pk, reason="数据有误")
    assert _get(**{"If-None-Match": first.headers["ETag"]}).status_code == OK
    assert "数据有误" in _shown()
    assert _get("public_progress_file", "targets", "csv").status_code == GONE


def test_what_is_not_official_is_said_to_be_unknown(people: tuple[Account, Account]) -> None:
    row = KeptStanding.objects.filter(target__metric__contains="漏损率").get()
    row.served_by, row.value, row.standing = "indicator", "7.7531", "met"
    row.save()
    drafted = draft_edition(people[0], the_office().place_id, on=DAY, licence="任何人可以使用")
    publish_edition(people[1], drafted.pk)
    assert "7.7531" not in _shown()
    assert "尚无正式数据" in _shown() and "尚不能判断" in _shown()


@pytest.mark.usefixtures("edition")
def test_the_english_page_has_an_address_of_its_own() -> None:
    page = _shown("public_progress_english")
    assert 'lang="en"' in page and "Progress of the water-saving plan" in page
    without_document = re.sub(r"<(\w+)[^>]*data-doc[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert "尚不能判断" not in without_document


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("table", ["targets", "figures", "use", "columns"])
def test_every_table_is_open_in_every_form(edition: PublicEdition, table: str, ending: str) -> None:
    answer = _get("public_progress_file", table, ending)
    assert answer.status_code == OK and answer.content and not answer.cookies
    if ending == "json":
        told = json.loads(answer.content)
        assert (told["licence"], told["edition"], told["digest"]) == (
            "任何人可以使用",
            edition.number,
            edition.digest,
        )
        assert all(set(row) == set(told["columns"]) for row in told["rows"])


@pytest.mark.usefixtures("edition")
def test_the_dictionary_explains_every_column() -> None:
    columns = {
        row["column"] for row in json.loads(_get("public_progress_file", "columns", "json").content)["rows"]
    }
    for table in ("targets", "figures", "use"):
        told = json.loads(_get("public_progress_file", table, "json").content)
        assert set(told["columns"]) <= columns


@pytest.mark.usefixtures("edition")
def test_unknown_tables_forms_and_cities_are_not_there() -> None:
    assert _get("public_progress_file", "users", "csv").status_code == GONE
    assert _get("public_progress_file", "targets", "docx").status_code == GONE
    assert Client().get(reverse("public_progress", args=["no-such-city"])).status_code == GONE


def test_reading_costs_few_queries(
    edition: PublicEdition, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(8):
        _get()
