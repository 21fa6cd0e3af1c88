"""The page of one case shows each reader what stands and what that reader can do next."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from services.cases.acting import Cast
from shuiheng.adapters.records.models import Event, LocalKind, ProgrammeCase
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.add_case_evidence import EvidenceFields, SentFile, add_case_files
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
BUDGET = 30
GONE, UNREADABLE, PNG = 404, 409, b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def _page(browser: Browser, account: object, row: ProgrammeCase) -> str:
    answer = browser(account).get(reverse("case", args=[row.pk]))  # type: ignore[arg-type]  # an account
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_unit_sees_what_it_has_to_hand_in(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    page = _page(browser, cast.filer, row)
    assert "青禾中学" in page and "申报与自评" in page and "尚缺" in page
    assert reverse("add_case_evidence", args=[row.pk]) in page
    assert reverse("end_case_step", args=[row.pk]) in page
    assert reverse("give_up_case", args=[row.pk]) not in page
    assert reverse("answer_case", args=[row.pk]) not in page
    assert browser(cast.third).get(reverse("case", args=[row.pk])).status_code == GONE


def test_who_visits_takes_photos_and_scores(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    cast.end(cast.district, row, "review", 2)
    page = _page(browser, cast.inspector, row)
    assert 'capture="environment"' in page and "现场评审" in page and "人工评分和填报数据" in page
    assert "未知" in page and "等权评分模板" in page and "未核对的模板" in page
    shown = _page(browser, cast.filer, row)
    assert 'capture="environment"' not in shown


def test_evidence_of_a_step_that_was_sent_back_is_marked_as_used(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    assert "不再计入" not in _page(browser, cast.district, row)
    cast.end(cast.district, row, "review", 2, outcome=StepOutcome.RETURN, reason="缺盖章页")
    assert _page(browser, cast.district, row).count("此前办理所用，不再计入") == 1


def test_a_certificate_and_what_happened_are_shown(cast: Cast, browser: Browser) -> None:
    row = ProgrammeCase.objects.get(pk=cast.certified().pk)
    page = _page(browser, cast.city.leader, row)
    assert row.number in page and "已达成" in page and "撤销认定" in page and "70–80" in page
    assert "现场核查记录1号" in page and "SHA-256" in page and "办理记录" in page
    assert reverse("give_up_case", args=[row.pk]) not in page
    english = browser(cast.city.leader)
    english.cookies["django_language"] = "en"
    shown = english.get(reverse("case", args=[row.pk])).content.decode()
    assert "Award" in shown and "Water-saving school" in shown


def test_why_a_result_is_at_risk_stands_at_the_head(cast: Cast, browser: Browser) -> None:
    row = cast.certified()
    found = GivenAnswer(sort="fact", name="broke_water_law", value="yes")
    answer_case(cast.city.clerk, row.pk, [found], source="处罚决定3号")
    page = _page(browser, cast.filer, row)
    assert "有风险" in page and "近三年没有违反水法律法规的记录" in page
    assert "近三年有违法取用水行为 是" in page


def test_the_case_is_sent_as_json_without_names(cast: Cast, browser: Browser) -> None:
    row = cast.certified()
    answer = browser(cast.city.clerk).get(reverse("case_json", args=[row.pk]))
    told = json.loads(answer.content)
    assert (told["kind"], told["phase"], told["subject"]["name"]) == (row.kind, "reached", "青禾中学")
    assert [each["sort"] for each in told["events"]].count("step_ended") == 5
    assert all(len(each["sha256"]) == 64 for each in told["evidence"])
    assert "inspector" not in {each.get("by") for each in told["events"]}
    assert Event.objects.filter(action="table.exported", subject="cases").exists()


def test_a_picture_is_shown_and_other_files_are_only_sent(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    fields = EvidenceFields(step="apply", kind="application")
    sent = [SentFile(name="照片.png", content=PNG), SentFile(name="申报书.txt", content="甲".encode())]
    picture, text = add_case_files(cast.filer, row.pk, fields, sent)
    client = browser(cast.city.clerk)
    shown = client.get(reverse("case_picture", args=[picture.pk]))
    assert shown["Content-Type"] == "image/png" and shown.content == PNG
    assert client.get(reverse("case_picture", args=[text.pk])).status_code == GONE
    sent_back = client.get(reverse("case_evidence", args=[text.pk]))
    assert "attachment" in sent_back["Content-Disposition"]
    assert browser(cast.third).get(reverse("case_evidence", args=[text.pk])).status_code == GONE


def test_the_page_takes_few_queries(cast: Cast, browser: Browser) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    row = cast.certified()
    for reader in (cast.city.leader, cast.city.clerk, cast.district, cast.filer):
        client = browser(reader)
        client.get(reverse("case", args=[row.pk]))  # what a session notes is noted
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("case", args=[row.pk]))
        assert len(queries) <= BUDGET, reader


def test_a_case_of_a_version_that_nobody_can_read_any_more_says_so(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    LocalKind.objects.create(
        place=row.place,
        kind=row.kind,
        version=FIRST_LOCAL,
        based_on=1,
        valid_from=row.opened_on,
        text="colour: red\n",
        reason="旧格式",
        state="accepted",
        proposed_by=cast.city.clerk,
        proposed_at=timezone.now(),
        decided_by=cast.city.reviewer,
        decided_at=timezone.now(),
    )
    ProgrammeCase.objects.filter(pk=row.pk).update(kind_version=FIRST_LOCAL)
    client = browser(cast.city.clerk)
    answer = client.get(reverse("case", args=[row.pk]))
    assert answer.status_code == UNREADABLE and "请按现在的格式提出新版本" in answer.content.decode()
    answer = client.post(reverse("give_up_case", args=[row.pk]), {"reason": "重复"})
    assert answer.status_code == UNREADABLE


def test_every_document_that_is_offered_opens(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    for reader in (cast.filer, cast.district, cast.city.clerk):
        found = re.findall(rf'"(/cases/{row.pk}/documents/[a-z_]+/)"', _page(browser, reader, row))
        assert found, reader
        assert {browser(reader).get(address).status_code for address in found} == {200}
    offered = [_page(browser, reader, row).count("/documents/") for reader in (cast.filer, cast.city.clerk)]
    assert offered[0] < offered[1]  # a unit reads no drafts of the office


def test_what_was_sent_back_says_why_until_it_is_mended(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    end_case_step(
        cast.district,
        row.pk,
        EndedStep(step="review", outcome=StepOutcome.RETURN, reason="缺少用水台账", on=cast.on(2)),
    )
    assert "<b>退回补正</b> <span data-doc>缺少用水台账</span>" in _page(browser, cast.filer, row)
    cast.end(cast.filer, row, "apply", 3)
    assert "<b>退回补正</b>" not in _page(browser, cast.filer, row)
