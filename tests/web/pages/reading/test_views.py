"""The reading page and its decisions."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanDecision, PlanVersion, VersionState
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.cards import CardBox
from shuiheng.web.pages.reading.forms import form_fields
from shuiheng.web.pages.reading.marks import item_token

HOME = "/plans/qinghe/1/"


def _token(version: PlanVersion, place: int = 0) -> str:
    return item_token("target", plan_at_work(version).compiled.targets[place].id)


def test_the_page_shows_the_whole_text_and_the_doubts_first(office: Client, ready: PlanVersion) -> None:
    response = office.get(HOME)
    page = response.content.decode()
    assert response.context["tab"] == "doubts"
    for words in ("青禾市节水工作实施方案", "推进灌区改造", "工业节水减排"):
        assert words in page
    assert "m-lead" in page and "m-target" in page


def test_a_version_that_is_not_compiled_leads_to_its_progress(office: Client, ready: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=ready.pk).update(state=VersionState.FAILED)
    assert office.get(HOME)["Location"] == "/plans/qinghe/"


@pytest.mark.parametrize("verb", ["confirm", "reject"])
def test_a_decision_answers_with_the_card_and_the_new_counts(
    office: Client, ready: PlanVersion, verb: str
) -> None:
    response = office.post(f"{HOME}decide/", {"verb": verb, "token": _token(ready)})
    page = response.content.decode()
    assert response.status_code == 200
    assert f"st-{'confirmed' if verb == 'confirm' else 'rejected'}" in page
    assert 'hx-swap-oob="true"' in page
    assert "item-decided" in response["HX-Trigger"]


def test_a_correction_is_recorded_with_its_reason(office: Client, ready: PlanVersion) -> None:
    target = plan_at_work(ready).compiled.targets[0]
    posted = {field.name: field.shown for field in form_fields("target", target)}
    posted |= {"verb": "correct", "token": _token(ready), "metric": "新的指标", "reason": "口\x00径"}
    assert "新的指标" in office.post(f"{HOME}decide/", posted).content.decode()
    content = PlanDecision.objects.get().content
    assert content["changes"] == {"metric": "新的指标"}
    assert content["reason"] == "口径"


def test_a_form_with_faults_comes_back_filled_and_says_what_is_wrong(
    office: Client, ready: PlanVersion
) -> None:
    posted = {"verb": "correct", "token": _token(ready), "metric": "甲", "value": "很多"}
    response = office.post(f"{HOME}decide/", posted | {"kind": "level", "op": ">="})
    page = response.content.decode()
    assert response.status_code == 422
    assert "请填数字" in page and 'value="很多"' in page
    assert not PlanDecision.objects.exists()


def test_a_change_without_sense_is_refused_in_chinese(office: Client, ready: PlanVersion) -> None:
    target = plan_at_work(ready).compiled.targets[0]
    posted = {field.name: field.shown for field in form_fields("target", target)}
    posted |= {"verb": "correct", "token": _token(ready), "value": ""}
    response = office.post(f"{HOME}decide/", posted)
    assert response.status_code == 422
    assert "里程碑没有数值" in response.content.decode()


def test_items_are_split_merged_and_added(office: Client, ready: PlanVersion) -> None:
    before = len(plan_at_work(ready).decided.plan.targets)
    split = {"verb": "split", "token": _token(ready), "p0-metric": "甲", "p1-metric": "乙"}
    target = plan_at_work(ready).compiled.targets[0]
    for prefix in ("p0-", "p1-"):
        fields = form_fields("target", target, prefix=prefix)
        split = {field.name: field.shown for field in fields} | split
    assert office.post(f"{HOME}decide/", split).status_code == 200
    assert len(plan_at_work(ready).decided.plan.targets) == before + 1

    merge = {"verb": "merge", "token": _token(ready, 1), "others": [_token(ready, 2)]}
    assert office.post(f"{HOME}decide/", merge).status_code == 200
    assert len(plan_at_work(ready).decided.plan.targets) == before

    add = {"verb": "add", "kind_of_item": "threshold", "words": "大中型灌区", "applies_to": "灌区"}
    add |= {"quantity": "面积", "op": ">=", "value": "5", "unit": "亩", "effect": "计量"}
    page = office.post(f"{HOME}decide/", add).content.decode()
    assert "st-added" in page


def test_a_published_version_refuses_decisions_in_words(office: Client, published: PlanVersion) -> None:
    response = office.post(f"{HOME}decide/", {"verb": "confirm", "token": _token(published)})
    assert response.status_code == 409
    assert "已发布" in response.content.decode()


def test_undo_brings_the_page_back(office: Client, ready: PlanVersion) -> None:
    office.post(f"{HOME}decide/", {"verb": "reject", "token": _token(ready)})
    assert office.post(f"{HOME}undo/").headers["HX-Refresh"] == "true"
    assert office.post(f"{HOME}undo/").status_code == 409
    assert "已撤销" in office.get(f"{HOME}tab/history/").content.decode()


def test_publishing_lists_the_doubts_and_then_publishes(office: Client, ready: PlanVersion) -> None:
    page = office.get(f"{HOME}publish/").content.decode()
    assert "列出待核事项并发布" in page
    assert "还有" in office.post(f"{HOME}publish/").content.decode()
    assert office.post(f"{HOME}publish/", {"with_doubts": "1"}).status_code == 302
    ready.refresh_from_db()
    assert ready.state == VersionState.PUBLISHED


def test_a_reader_is_offered_nothing_to_decide(looker: Client, ready: PlanVersion) -> None:
    page = looker.get(HOME).content.decode()
    assert "data-act" not in page.replace("data-act=cancel", "") and "add-item" not in page


def test_a_long_tab_comes_in_helpings(
    office: Client, ready: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuiheng.web.pages.reading.cards.PAGE_SIZE", 2)
    monkeypatch.setattr("shuiheng.web.pages.reading.views.PAGE_SIZE", 2)
    first = office.get(f"{HOME}tab/tasks/").content.decode()
    assert first.count('<article class="card') == 2 and "?start=2" in first
    assert "?start=" not in office.get(f"{HOME}tab/tasks/?start=2").content.decode()
    assert len(CardBox(work=plan_at_work(ready)).tab("tasks", 2)) == 2


def test_unknown_items_tabs_and_verbs_are_not_found(office: Client, ready: PlanVersion) -> None:
    for path in ("tab/colours/", "item/abc/", f"item/{_token(ready)}/form/paint/"):
        assert office.get(HOME + path).status_code == 404
    assert office.post(f"{HOME}decide/", {"verb": "paint"}).status_code == 404
    assert office.post(f"{HOME}decide/", {"verb": "confirm", "token": "abc"}).status_code == 404


def test_another_reading_is_taken_with_one_click(office: Client, ready: PlanVersion) -> None:
    target = next(t for t in plan_at_work(ready).compiled.targets if t.alternatives)
    other = target.alternatives[0]
    token = item_token("target", target.id)
    assert "采用此读法" in office.get(f"{HOME}item/{token}/").content.decode()
    posted = {"verb": "correct", "token": token, "field": other.field, "value": other.value}
    assert office.post(f"{HOME}decide/", posted).status_code == 200
    now = next(t for t in plan_at_work(ready).decided.plan.targets if t.id == target.id)
    assert str(now.deadline) == other.value != str(target.deadline)


def test_a_target_moves_to_another_task_and_to_the_general_targets(
    office: Client, ready: PlanVersion
) -> None:
    plan = plan_at_work(ready).decided.plan
    target = next(target for target in plan.targets if target.task is not None)
    other = next(task for task in plan.tasks if task.id != target.task)
    token = item_token("target", target.id)
    box = CardBox(work=plan_at_work(ready))
    filled = {f.name: f.shown for f in form_fields("target", target, references=box.references)}
    for wanted in (item_token("task", other.id), ""):
        posted = filled | {"verb": "correct", "token": token, "task": wanted}
        assert office.post(f"{HOME}decide/", posted).status_code == 200
        now = next(t for t in plan_at_work(ready).decided.plan.targets if t.id == target.id)
        assert now.task == (other.id if wanted else None)
