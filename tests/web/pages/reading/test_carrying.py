"""Taking decisions over on the reading page."""

from __future__ import annotations

from django.test import Client

from office import make_version
from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.marks import item_token


def _confirm(office: Client, version: PlanVersion, place: int = 0) -> None:
    target = plan_at_work(version).compiled.targets[place]
    posted = {"verb": "correct", "token": item_token("target", target.id), "metric": "甲指标"}
    filled = {"kind": target.kind.value, "op": target.op.value, "unit": target.unit or ""}
    filled |= {"value": f"{target.value:f}", "deadline": str(target.deadline or "")}
    assert office.post("/plans/qinghe/1/decide/", filled | posted).status_code == 200


def test_a_new_version_offers_the_decisions_of_the_last(
    officer: Account, office: Client, ready: PlanVersion
) -> None:
    _confirm(office, ready)
    make_version(officer, sequence=2)
    assert "沿用第1版的核对结果" in office.get("/plans/qinghe/2/").content.decode()
    page = office.post("/plans/qinghe/2/carry/", {"from": "1"}, follow=True).content.decode()
    assert "已沿用 1 项核对结果" in page and "沿用第1版的核对结果" not in page
    assert "来自第 1 版" in office.get("/plans/qinghe/2/tab/history/").content.decode()


def test_a_lost_decision_is_listed_and_dropped(officer: Account, office: Client, ready: PlanVersion) -> None:
    _confirm(office, ready)
    newer = make_version(officer, sequence=2)
    rest = newer.compiled_json["targets"][1:]
    PlanVersion.objects.filter(pk=newer.pk).update(
        compiled_json=newer.compiled_json | {"targets": rest}, sha256="changed"
    )
    office.post("/plans/qinghe/2/carry/", {"from": "1"})
    page = office.get("/plans/qinghe/2/tab/orphans/").content.decode()
    assert "本版没有这一条目" in page and "放弃" in page and "关联到该条目" in page
    row = PlanDecision.objects.get(version=newer)
    office.post("/plans/qinghe/2/undo/", {"decision": row.pk})
    assert "没有待关联的核对结果" in office.get("/plans/qinghe/2/tab/orphans/").content.decode()


def test_a_lost_decision_is_attached_to_the_item_that_was_chosen(
    officer: Account, office: Client, ready: PlanVersion
) -> None:
    _confirm(office, ready)
    newer = make_version(officer, sequence=2)
    rest = newer.compiled_json["targets"][1:]
    PlanVersion.objects.filter(pk=newer.pk).update(
        compiled_json=newer.compiled_json | {"targets": rest}, sha256="changed"
    )
    office.post("/plans/qinghe/2/carry/", {"from": "1"})
    row = PlanDecision.objects.get(version=newer)
    wanted = {"decision": row.pk, "sort": "target", "item": rest[0]["id"]}
    page = office.post("/plans/qinghe/2/attach/", wanted, follow=True).content.decode()
    assert "已关联到所选条目" in page
    newer.refresh_from_db()
    assert "甲指标" in {target.metric for target in plan_at_work(newer).decided.plan.targets}
    assert office.post("/plans/qinghe/2/attach/", {"decision": "x", "sort": "target"}).status_code == 404


def test_a_lost_decision_is_made_anew_from_words_of_the_text(
    officer: Account, office: Client, ready: PlanVersion
) -> None:
    _confirm(office, ready)
    newer = make_version(officer, sequence=2)
    rest = newer.compiled_json["targets"][1:]
    PlanVersion.objects.filter(pk=newer.pk).update(
        compiled_json=newer.compiled_json | {"targets": rest}, sha256="changed"
    )
    office.post("/plans/qinghe/2/carry/", {"from": "1"})
    row = PlanDecision.objects.get(version=newer)
    form = office.get(f"/plans/qinghe/2/add/?kind=target&replaces={row.pk}").content.decode()
    assert f'name="replaces" value="{row.pk}"' in form
    posted = {"verb": "add", "kind_of_item": "target", "words": "全市用水总量控制在3.2亿立方米以内"}
    posted |= {"metric": "甲指标", "kind": "level", "op": "<=", "value": "320000000", "unit": "m3"}
    answer = office.post("/plans/qinghe/2/decide/", posted | {"replaces": str(row.pk)})
    assert answer.status_code == 200
    newer.refresh_from_db()
    decided = plan_at_work(newer).decided
    assert decided.orphans == () and "甲指标" in {target.metric for target in decided.plan.targets}
