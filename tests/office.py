"""Fixtures of an office at work: accounts, a small made-up plan, a compiled version of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records.models import Account, Job, Organisation, PlanDocument, PlanVersion, Role
from shuiheng.adapters.records.sight import Sight
from shuiheng.plans.document_json import document_json
from shuiheng.services.compile_version import compile_version
from shuiheng.services.file_store import keep_file
from shuiheng.services.found_city import found_city, join
from shuiheng.services.publish_version import publish_version
from shuiheng.services.scope import sight

TEXT = """青禾市节水工作实施方案

一、主要目标

到2027年，全市用水总量控制在3.2亿立方米以内，公共供水管网漏损率控制在9%以内。

二、重点任务

（一）农业节水增效

1. 推进灌区改造。到2026年，完成灌区续建配套改造4处，新增高效节水灌溉面积2.5万亩。\
（牵头单位：市水利局；参与单位：市农业农村局、市财政局）

2. 完善计量设施。2026年前，大中型灌区渠首取水口计量率达到100%。\
（牵头单位：市水利局；参与单位：市发展改革委）

（二）工业节水减排

3. 开展水平衡测试。年用水量10万立方米以上的工业企业全部开展水平衡测试，到2027年建成节水型企业12家。\
（牵头单位：市工业和信息化局；参与单位：市水利局）

4. 严格计划用水。市工业和信息化局每季度向市水利局报送计划用水执行情况。\
（牵头单位：市工业和信息化局；参与单位：市水利局）
"""


def the_office() -> Organisation:
    """Return the office of the made-up city of the tests."""
    return found_city("青禾市", slug="qinghe", is_synthetic=True)


def make_account(username: str, *roles: Role, display_name: str = "") -> Account:
    """Return an account with these roles in the office of the made-up city."""
    account = Account.objects.create(username=username, display_name=display_name)
    for role in roles:
        join(account, the_office(), role)
    return account


@cache
def _read_once() -> dict[str, object]:
    return document_json(read_document(TEXT.encode("utf-8"), name="qinghe.txt"))


def make_version(account: Account, *, title: str = "qinghe", sequence: int = 1) -> PlanVersion:
    """Return a compiled version of the made-up plan, in a plan of its own unless it is a later one."""
    plan, _ = PlanDocument.objects.get_or_create(
        slug=title, defaults={"title": title, "created_by": account, "place": the_office().place}
    )
    version = PlanVersion.objects.create(
        plan=plan,
        sequence=sequence,
        stored_name=keep_file(TEXT.encode("utf-8")).name,
        sha256=f"{title}{sequence}".ljust(64, "0"),
        original_name="qinghe.txt",
        byte_count=len(TEXT),
        uploaded_by=account,
        source_json=_read_once(),
    )
    compile_version(Job.objects.create(version=version).pk)
    version.refresh_from_db()
    return version


def settings_of(state: Path) -> dict[str, object]:
    """Return the settings by which a test works in a state folder of its own."""
    return {"STATE": state, "UPLOADS": state / "uploads", "JOBS_INLINE": True}


@pytest.fixture(autouse=True)
def _own_state(settings: Settings, tmp_path: Path) -> None:
    for name, value in settings_of(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture
def officer(db: None) -> Account:
    """An account of a clerk of the office."""
    return make_account("li", Role.OFFICE_CLERK, display_name="李工")


@pytest.fixture
def reader(db: None) -> Account:
    """An account that may look and export."""
    return make_account("wang", Role.READER)


@pytest.fixture
def seen(officer: Account) -> Sight:
    """What the officer may see, as the query functions take it."""
    return sight(officer)


@pytest.fixture
def ready(officer: Account) -> PlanVersion:
    """A compiled version that is not published."""
    return make_version(officer)


@pytest.fixture
def published(officer: Account, ready: PlanVersion) -> PlanVersion:
    """A published version."""
    return publish_version(officer, ready.pk, with_doubts=True)


@pytest.fixture
def office(officer: Account) -> Client:
    """A browser of the officer."""
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def looker(reader: Account) -> Client:
    """A browser of the reader."""
    client = Client()
    client.force_login(reader)
    return client


__all__ = [
    "TEXT",
    "_own_state",
    "looker",
    "make_account",
    "make_version",
    "office",
    "officer",
    "published",
    "reader",
    "ready",
    "seen",
    "the_office",
]
