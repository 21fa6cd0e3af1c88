"""The workbook of the ledger: nothing changes unasked, everything is undone, and nothing ambiguous enters."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import make_account, the_office
from services.ledger.books import (
    FIRST_ROW,
    beliefs,
    changed,
    columns_by_heading,
    exported,
    row_with,
    sent,
    taken,
    today,
    write,
)
from shuiheng.adapters.records.as_of import standing
from shuiheng.adapters.records.models import (
    Account,
    ContactFact,
    Job,
    LedgerBatch,
    MeterFact,
    Organisation,
    Role,
    UserFact,
    WaterUser,
)
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.adapters.records.queries_ledger_book import BOOK_TABLES
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.file_store import kept_content
from shuiheng.services.job_steps import CancelledError
from shuiheng.services.ledger import ledger_book
from shuiheng.services.ledger.book_forms import FORMS
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.ledger.keep_water_user import WaterUserFields, change_water_user
from shuiheng.services.ledger.ledger_book import export_book, marked_book, receive_book, take_book, undo_book

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def ledger(officer: Account) -> Account:
    settle_demo_ledger(officer, the_office().place)
    return officer


def _closed(account: Account, callbacks: Callbacks) -> LedgerBatch:
    def change(book: Any) -> None:
        page = book["用水户"]
        row = row_with(page, "示例中学")
        write(page, row, 名称="示例第一中学", 地址="新校区", 自何日起=date(2026, 2, 1))
        write(book["联系人"], FIRST_ROW, 姓名="李青", 自何日起=date(2026, 3, 1))
        page, last = book["计量点"], book["计量点"].max_row + 1
        write(
            page,
            last,
            管表单位="示例市供水有限公司",
            表号="NEW-1",
            户号="000001",
            级别="一级（进口）",
            作用="用水",
            在用="是",
            自何日起=date(2026, 1, 1),
        )

    return sent(account, callbacks, changed(exported(account), change))


def _rename(account: Account, name: str, wanted: str) -> None:
    fact = UserFact.objects.get(name=name, superseded_at__isnull=True)
    fields = WaterUserFields(name=wanted, district=fact.district_id or 0, no_code_reason=fact.no_code_reason)
    change_water_user(account, fact.subject_id, fields, valid_from=date(2026, 5, 1), reason="更名")


def test_a_workbook_that_comes_back_unchanged_changes_nothing(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    before = beliefs()
    batch = sent(ledger, django_capture_on_commit_callbacks, exported(ledger))
    assert batch.findings == []
    assert (batch.state, batch.counts["errors"], batch.counts["writes"]) == ("checked", 0, 0)
    told = sum(standing(table._default_manager.all(), today()).count() for table in BOOK_TABLES)
    assert batch.counts["same"] == told > 30
    with pytest.raises(ServiceError, match="nothing"):
        take_book(ledger, batch.pk)
    assert beliefs() == before


def test_differences_are_shown_before_they_are_taken_in_and_hold_from_their_day(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    before = beliefs()
    batch = _closed(ledger, django_capture_on_commit_callbacks)
    assert (batch.findings, batch.counts["writes"]) == ([], 3)
    sheets = batch.counts["sheets"]
    assert (sheets["用水户"]["changed"], sheets["计量点"]["new"], sheets["联系人"]["changed"]) == (1, 1, 1)
    shown = {each["sheet"]: each for each in batch.counts["effects"]}
    assert shown["用水户"]["changes"][0] == ["名称", "示例中学", "示例第一中学"]
    assert shown["联系人"]["changes"] == [["姓名", "吴*", "***"]]
    assert beliefs() == before
    taken(ledger, django_capture_on_commit_callbacks, batch)
    user = WaterUser.objects.get(organisation__name="示例第一中学")
    facts = user.facts.filter(superseded_at__isnull=True).order_by("valid_from")
    assert [(each.name, each.valid_from) for each in facts] == [
        ("示例中学", date(2024, 1, 1)),
        ("示例第一中学", date(2026, 2, 1)),
    ]
    contact = ContactFact.objects.get(name="李青")
    assert contact.phone.startswith("0500-") and contact.batch == batch  # the mask kept what stood
    assert MeterFact.objects.get(subject__number="NEW-1").batch == batch


def test_undoing_believes_again_what_was_believed_of_everything(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    before = beliefs()
    batch = _closed(ledger, django_capture_on_commit_callbacks)
    taken(ledger, django_capture_on_commit_callbacks, batch)
    assert beliefs() != before
    with pytest.raises(ServiceError, match="reason_needed"):
        undo_book(ledger, batch.pk, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        undo_book(ledger, batch.pk, reason="传错版本")
    batch.refresh_from_db()
    assert (batch.state, batch.undo_reason) == ("undone", "传错版本")
    assert beliefs() == before
    assert Organisation.objects.filter(name="示例中学", to_on__isnull=True).exists()
    with pytest.raises(WrongStateError):
        undo_book(ledger, batch.pk, reason="再来")


def test_what_was_changed_since_keeps_a_batch_from_being_undone(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    batch = taken(
        ledger, django_capture_on_commit_callbacks, _closed(ledger, django_capture_on_commit_callbacks)
    )
    _rename(ledger, "示例第一中学", "示例实验中学")
    with pytest.raises(ServiceError, match="used"):
        undo_book(ledger, batch.pk, reason="传错版本")


def test_a_new_user_comes_with_all_that_is_its_own_goes_and_comes_again(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    def change(book: Any) -> None:
        since = date(2026, 1, 1)
        place = book["用水户"].cell(FIRST_ROW, columns_by_heading(book["用水户"])["所在区县"]).value
        said = {
            "用水户": {
                "户号": "000900",
                "名称": "示例新厂",
                "无码原因": "演示",
                "所在区县": place,
                "仍在用水": "是",
            },
            "用水地点": {"户号": "000900", "地点编号": "1", "地点名称": "厂区"},
            "水源": {
                "户号": "000900",
                "水源编号": "1",
                "水源类型": "自备取水",
                "水的种类": "地表水",
                "地点编号": "1",
                "在用": "是",
            },
            "取水许可证": {"户号": "000900", "水源编号": "1", "许可证编号": "D900", "年许可水量": 12000},
            "计量点": {
                "管表单位": "示例市供水有限公司",
                "表号": "N-2",
                "户号": "000900",
                "上级表号": "N-1",
                "级别": "二级（车间）",
                "作用": "用水",
                "在用": "是",
            },
            "活动量": {"户号": "000900", "产品或服务": "布", "计量单位": "米", "数量": 5},
            "联系人": {"户号": "000900", "职责": "水务经理", "姓名": "王新"},
        }
        for title, cells in said.items():
            page = book[title]
            last = page.max_row + 1
            write(page, last, **cells, 自何日起=since)
        top = {**said["计量点"], "表号": "N-1", "上级表号": None, "级别": "一级（进口）"}
        write(book["计量点"], book["计量点"].max_row + 1, **top, 自何日起=since)

    before = beliefs()
    content = changed(exported(ledger), change)
    batch = sent(ledger, django_capture_on_commit_callbacks, content)
    assert (batch.findings, batch.counts["writes"]) == ([], 8)
    taken(ledger, django_capture_on_commit_callbacks, batch)
    below = MeterFact.objects.get(subject__number="N-2")
    assert (below.parent and below.parent.number, below.subject.user and below.subject.user.number) == (
        "N-1",
        "000900",
    )
    after = beliefs()
    with django_capture_on_commit_callbacks(execute=True):
        undo_book(ledger, batch.pk, reason="暂缓建户")
    assert beliefs() == before
    assert Organisation.objects.get(name="示例新厂").to_on is not None
    again = sent(ledger, django_capture_on_commit_callbacks, content)
    taken(ledger, django_capture_on_commit_callbacks, again)
    assert beliefs() == after
    assert Organisation.objects.get(name="示例新厂").to_on is None


def test_a_new_tree_of_three_levels_is_whole_in_whatever_order_its_rows_stand(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    levels = {"T-3": ("三级（设备）", "T-2"), "T-2": ("二级（车间）", "T-1"), "T-1": ("一级（进口）", None)}

    def change(book: Any) -> None:
        page = book["计量点"]
        for number, (level, above) in levels.items():
            write(
                page,
                page.max_row + 1,
                管表单位="示例市供水有限公司",
                表号=number,
                户号="000001",
                上级表号=above,
                级别=level,
                作用="用水",
                在用="是",
                自何日起=date(2026, 1, 1),
            )

    batch = sent(ledger, django_capture_on_commit_callbacks, changed(exported(ledger), change))
    assert (batch.findings, batch.counts["writes"]) == ([], 3)
    taken(ledger, django_capture_on_commit_callbacks, batch)
    facts = MeterFact.objects.filter(subject__number__startswith="T-")
    parents = {fact.subject.number: fact.parent and fact.parent.number for fact in facts}
    assert parents == {number: above for number, (_, above) in levels.items()}


def test_a_workbook_that_was_stopped_halfway_is_taken_in_again_and_undone(
    ledger: Account,
    django_capture_on_commit_callbacks: Callbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = beliefs()
    batch = _closed(ledger, django_capture_on_commit_callbacks)

    def stopping(_job: Job, done: int, _total: int) -> None:
        if done:
            raise CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(ledger_book, "step", stopping)
        taken(ledger, django_capture_on_commit_callbacks, batch)
    assert (batch.state, beliefs()) == ("checked", before)
    taken(ledger, django_capture_on_commit_callbacks, batch)
    assert batch.state == "taken" and beliefs() != before
    with django_capture_on_commit_callbacks(execute=True):
        undo_book(ledger, batch.pk, reason="传错版本")
    assert beliefs() == before


def test_a_workbook_that_stops_after_others_changed_its_rows_is_partly_taken_in_and_says_so(
    ledger: Account,
    django_capture_on_commit_callbacks: Callbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = _closed(ledger, django_capture_on_commit_callbacks)

    def stopping(_job: Job, done: int, _total: int) -> None:
        if done:
            _rename(ledger, "示例第一中学", "示例实验中学")
            raise CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(ledger_book, "step", stopping)
        taken(ledger, django_capture_on_commit_callbacks, batch)
    assert batch.state == "taken"
    assert [each["code"] for each in batch.findings] == ["ledger_book.half_taken"]
    assert Job.objects.latest("pk").error_code == "ledger_book.half_taken"
    assert UserFact.objects.filter(name="示例实验中学", superseded_at__isnull=True).exists()
    assert not MeterFact.objects.filter(subject__number="NEW-1").exists()
    with pytest.raises(ServiceError, match="used"):
        undo_book(ledger, batch.pk, reason="传错版本")
    content = kept_content(batch.stored_name)
    taken(
        ledger, django_capture_on_commit_callbacks, sent(ledger, django_capture_on_commit_callbacks, content)
    )
    assert MeterFact.objects.filter(subject__number="NEW-1").exists()


def test_what_is_said_before_the_undoing_begins_is_not_lost(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    batch = taken(
        ledger, django_capture_on_commit_callbacks, _closed(ledger, django_capture_on_commit_callbacks)
    )
    with django_capture_on_commit_callbacks() as waiting:
        undo_book(ledger, batch.pk, reason="传错版本")
    _rename(ledger, "示例第一中学", "示例实验中学")
    before = beliefs()
    for each in waiting:
        each()
    batch.refresh_from_db()
    assert (batch.state, beliefs()) == ("taken", before)


def test_ambiguous_and_unknown_rows_are_refused_and_the_workbook_comes_back_marked(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    def change(book: Any) -> None:
        users = book["用水户"]
        write(users, FIRST_ROW, 统一社会信用代码=911100006000373412, 所在区县="没有的区")
        write(users, FIRST_ROW + 1, 名称="示例市第一人民医院", 无码原因=None)
        write(book["水源"], FIRST_ROW, 供水单位="别家水司", 地点编号="9", 水源类型="自备取水")
        write(book["计量点"], FIRST_ROW, 户号="000005", 上级表号="X-404")
        write(book["联系人"], FIRST_ROW, 姓名="张*", 电子邮箱="不是邮箱")
        write(book["活动量"], FIRST_ROW, 户号="999999", 数量="约5", 至何日止=date(2020, 1, 1))
        write(book["用水地点"], FIRST_ROW, 经度=120.5)

    batch = sent(ledger, django_capture_on_commit_callbacks, changed(exported(ledger), change))
    codes = {each["code"].split(".")[1] for each in batch.findings}
    assert codes >= {
        "code_is_number",
        "place_unknown",
        "code_or_reason",
        "unit_unknown",
        "site_unknown",
        "kind_fixed",
        "meter_of_other",
        "parent_unknown",
        "masked_value",
        "email_form",
        "user_unknown",
        "number_is_about",
        "days_run_back",
        "half_position",
    }
    assert not any("张" in str(each["values"]) for each in batch.findings)
    with pytest.raises(ServiceError, match="barred"):
        take_book(ledger, batch.pk)
    name, content = marked_book(ledger, batch.pk)
    book = load_workbook(io.BytesIO(content))
    assert name == "台账_校验结果.xlsx"
    noted = {page.title for page in book for row in page.iter_rows() for cell in row if cell.comment}
    assert noted == {"用水户", "用水地点", "水源", "计量点", "活动量", "联系人"}
    assert "校验汇总_水源" in book.sheetnames
    again = sent(ledger, django_capture_on_commit_callbacks, content)
    assert {each["code"].split(".")[1] for each in again.findings} == codes


def test_a_ledger_that_moves_between_check_and_taking_in_is_checked_anew(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    batch = _closed(ledger, django_capture_on_commit_callbacks)
    fact = UserFact.objects.get(name="示例中学")
    fields = WaterUserFields(
        name="示例中学", address="别处", district=fact.district_id or 0, no_code_reason=fact.no_code_reason
    )
    change_water_user(ledger, fact.subject_id, fields, valid_from=date(2025, 5, 1), reason="搬迁")
    before = beliefs()
    taken(ledger, django_capture_on_commit_callbacks, batch)
    assert beliefs() == before
    assert batch.state == "checked"


def test_a_clerk_of_a_district_sees_and_changes_only_its_own(
    ledger: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    reader = make_account("r", Role.READER)
    with pytest.raises(NotPermittedError):
        export_book(reader, LedgerFilter(), today())
    with pytest.raises(NotPermittedError):
        receive_book(reader, content=b"x", name="a.xlsx")
    batch = sent(ledger, django_capture_on_commit_callbacks, b"no workbook")
    assert (batch.state, batch.counts["errors"]) == ("checked", 1)
    assert {form.title for form in FORMS} == set(load_workbook(io.BytesIO(exported(ledger))).sheetnames) - {
        "填表说明",
        "_选项",
    }
