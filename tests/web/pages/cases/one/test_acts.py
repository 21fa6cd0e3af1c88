"""A school is certified through its pages; what is refused says why and keeps what was typed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from services.cases.acting import FACTS, POINTS, Cast, check_kept
from shuiheng.adapters.records.models import CaseEvidence, CaseObjection, ProgrammeCase
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
DONE, REFUSED, GONE = 302, 422, 404


def _post(client: Client, name: str, key: int, **said: object) -> HttpResponse:
    return client.post(reverse(name, args=[key]), said)  # type: ignore[arg-type]  # plain words and files


def _prove(client: Client, row: ProgrammeCase, step: str, kind: str, *texts: str) -> None:
    files = [SimpleUploadedFile(f"{text}.txt", text.encode()) for text in texts]
    answer = _post(client, "add_case_evidence", row.pk, step=step, kind=kind, files=files)
    assert answer.status_code == DONE


def _end(client: Client, row: ProgrammeCase, step: str, **said: object) -> HttpResponse:
    known = ProgrammeCase.objects.get(pk=row.pk).event_count
    return _post(client, "end_case_step", row.pk, step=step, known=known, **said)


def _accept(client: Client, row: ProgrammeCase) -> None:
    for piece in CaseEvidence.objects.filter(case=row, is_accepted=None):
        assert _post(client, "review_case_evidence", piece.pk, verdict="accepted").status_code == DONE


def test_a_school_is_certified_through_its_pages(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    unit, district, visitor = browser(cast.filer), browser(cast.district), browser(cast.inspector)
    clerk, leader = browser(cast.city.clerk), browser(cast.city.leader)
    _prove(unit, row, "apply", "application", "申报书")
    refused = _end(unit, row, "apply")
    assert refused.status_code == REFUSED
    said = refused.content.decode()
    assert "环节“申报与自评”缺少佐证材料：自评报告" in said
    paper = {"step": "apply", "kind": "self_assessment", "is_paper": "1", "title": "档案 7-2"}
    assert _post(unit, "add_case_evidence", row.pk, **paper).status_code == DONE
    assert _end(unit, row, "apply").status_code == DONE
    _prove(district, row, "review", "opinion", "同意")
    assert _end(district, row, "review", outcome="go_on").status_code == DONE
    _prove(visitor, row, "visit", "site_record", "记录")
    _prove(visitor, row, "visit", "photo", "照片一", "照片二")
    _accept(clerk, row)
    answers = {f"criterion-{name}": "10" for name in POINTS} | {f"fact-{n}": v for n, v in FACTS.items()}
    assert _post(visitor, "answer_case", row.pk, source="现场记录", **answers).status_code == DONE
    assert _end(visitor, row, "visit", outcome="go_on").status_code == DONE
    _prove(clerk, row, "publicity", "publication", "公示稿")
    assert _post(clerk, "publish_case", row.pk, step="publicity").status_code == DONE
    assert "公示至" in _end(clerk, row, "publicity").content.decode()
    objection = {"words": "数据不实", "source": "来信1号"}
    assert _post(clerk, "object_to_case", row.pk, **objection).status_code == DONE
    found = CaseObjection.objects.get()
    answer = _post(leader, "settle_case_objection", found.pk, verdict="rejected", answer="已核实")
    assert answer.status_code == DONE
    check_kept(row)


def test_an_old_page_says_what_happened_and_keeps_the_reason(cast: Cast, browser: Browser) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    client = browser(cast.district)
    said = {"step": "review", "outcome": "return", "reason": "缺盖章页", "known": "1"}
    page = _post(client, "end_case_step", row.pk, **said)
    text = page.content.decode()
    assert page.status_code == REFUSED and 'value="缺盖章页"' in text
    assert "打开页面之后，事项又有变化：添加佐证材料、办结环节" in text


def test_answers_that_stand_keep_their_source(cast: Cast, browser: Browser) -> None:
    row, client = cast.invited(), browser(cast.inspector)
    first = {"criterion-teaching": "10", "criterion-records": "8", "source": "记录1号"}
    _post(client, "answer_case", row.pk, **first)
    again = {"criterion-teaching": "10", "was-criterion-teaching": "10"}
    again |= {"criterion-records": "9", "was-criterion-records": "8", "source": "记录2号"}
    _post(client, "answer_case", row.pk, **again)
    standing = row.answers.filter(superseded_at__isnull=True).values_list("name", "value", "source")
    assert set(standing) == {("teaching", "10", "记录1号"), ("records", "9", "记录2号")}
    wrong = _post(client, "answer_case", row.pk, **{"criterion-publicity": "99", "source": "记录3号"})
    text = wrong.content.decode()
    assert wrong.status_code == REFUSED and "节水宣传与培训" in text and 'value="99"' in text
    chosen = {"fact-norm_grade": "advanced", "source": "记录3号", "on": "2024-02-30"}
    text = _post(client, "answer_case", row.pk, **chosen).content.decode()
    assert '<option value="advanced" selected' in text and 'value="2024-02-30"' in text


def test_a_rejected_piece_a_comment_and_giving_up(cast: Cast, browser: Browser) -> None:
    row, clerk = cast.invited(), browser(cast.city.clerk)
    _prove(browser(cast.filer), row, "apply", "application", "申报书")
    piece = row.evidence.get()
    bare = _post(clerk, "review_case_evidence", piece.pk, verdict="rejected", note="")
    assert bare.status_code == REFUSED
    assert _post(clerk, "review_case_evidence", piece.pk, verdict="maybe").status_code == GONE
    assert _post(clerk, "review_case_evidence", piece.pk, verdict="rejected", note="不清").status_code == DONE
    assert _post(clerk, "comment_case", row.pk, comment="请补页").status_code == DONE
    assert _post(clerk, "commission_case", row.pk, unit=cast.third_unit.pk).status_code == DONE
    assert _post(clerk, "give_up_case", row.pk, reason="").status_code == REFUSED
    assert _post(clerk, "give_up_case", row.pk, reason="重复").status_code == DONE
    assert ProgrammeCase.objects.get(pk=row.pk).phase == "withdrawn"


def test_a_result_is_revoked_by_who_decides(cast: Cast, browser: Browser) -> None:
    row = cast.certified()
    clerk, leader = browser(cast.city.clerk), browser(cast.city.leader)
    said = {"ground": "fraud", "reason": "数据不实"}
    assert _post(clerk, "revoke_case", row.pk, **said).status_code == GONE
    assert _post(leader, "revoke_case", row.pk, ground="moon", reason="数据不实").status_code == REFUSED
    assert _post(leader, "revoke_case", row.pk, **said).status_code == DONE
    assert ProgrammeCase.objects.get(pk=row.pk).phase == "revoked"


def test_amounts_and_levels_are_typed(cast: Cast, browser: Browser) -> None:
    row = cast.certified()
    client = browser(cast.city.clerk)
    cast.prove(cast.city.clerk, row, "upgrade", 45)
    said = {"level": "province", "number": "浙节水2号", "on": str(cast.on(50))}
    wrong = _end(client, row, "upgrade", **(said | {"on": "何时"}))
    assert wrong.status_code == REFUSED
    wrong = _end(client, row, "upgrade", **said, **{"amount-km": "3"})
    text = wrong.content.decode()
    assert wrong.status_code == REFUSED and "km" in text
    assert '<option value="province" selected' in text and 'value="浙节水2号"' in text
    assert _end(client, row, "upgrade", **said).status_code == DONE
    assert ProgrammeCase.objects.get(pk=row.pk).reached_level == "province"


def test_what_was_typed_comes_back_in_its_own_form_alone(cast: Cast, browser: Browser) -> None:
    row, clerk = cast.invited(), browser(cast.city.clerk)
    text = _post(clerk, "give_up_case", row.pk, reason="重复立项", known="0").content.decode()
    assert text.count('value="重复立项"') == 1 and text.count('<details class="panel" open') == 1


def test_an_answer_that_was_refused_stands_at_no_other_objection(cast: Cast, browser: Browser) -> None:
    row, clerk = cast.visited(), browser(cast.city.clerk)
    _prove(clerk, row, "publicity", "publication", "公示稿")
    assert _post(clerk, "publish_case", row.pk, step="publicity").status_code == DONE
    for words in ("用水数据有误", "公示时间不足"):
        assert _post(clerk, "object_to_case", row.pk, words=words).status_code == DONE
    first = CaseObjection.objects.get(case=row, key="o1")
    said = {"verdict": "rejected", "answer": "数据已核实"}
    assert _post(clerk, "settle_case_objection", first.pk, **said).status_code == DONE
    again = _post(clerk, "settle_case_objection", first.pk, **said)
    assert again.status_code == REFUSED and 'value="数据已核实"' not in again.content.decode()
