"""A kind as its officer reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.kind import Lasting
from shuiheng.web.pages.kinds.shown import (
    clauses_of,
    counts_of,
    criteria_of,
    lasting_words,
    later_steps_of,
    levels_of,
    public_of,
    steps_of,
)

KINDS = shipped_programmes()
SCHOOL = KINDS["saving_school"]


def test_a_step_says_who_by_when_with_what() -> None:
    visit = steps_of(SCHOOL)[2]
    assert (visit.title, visit.who, visit.after) == ("现场评审", "专家、检查人员", "区县初审")
    assert visit.due == "自“区县初审”起40个工作日内"
    assert visit.evidence[1] == "现场照片 ×2（另一人复核）"
    assert visit.terms == ("得分须达到及格分", "与办“申报与自评、区县初审”的不是同一人")
    assert visit.ends == ("可退回到“申报与自评”", "可不予通过")


def test_what_comes_after_the_award_says_how_often() -> None:
    assert [when for when, _ in later_steps_of(SCHOOL)] == ["每36个月复核", ""]
    assert levels_of(SCHOOL) == "市级（56分） → 省级（63分）"


def test_a_criterion_says_how_it_gives_its_points() -> None:
    lines = {line.title: line for line in criteria_of(SCHOOL)}
    assert lines["技术指标"].points == "30" and not lines["技术指标"].rule
    assert lines["用水计量率"].how == "水计量率 100% 得满分，80% 不得分，其间按比例"
    assert lines["人均用水量与同类平均之比"].how.endswith("≤ 120% 得3分")
    assert lines["用水量不超过下达的用水计划"].marks == ("认定后按读数监测", "适用于：已下达用水计划：是")


def test_a_count_says_from_when_and_for_which_words() -> None:
    awarded, share = counts_of(SCHOOL)
    assert awarded.terms == "件数；“认定命名”办结之日起计；每个对象计一次；当日有效数、累计数、当年新增数"
    assert "节水型幼儿园" in awarded.words
    assert share.terms == "建成数 ÷ 学校名录"
    assert "更新改造长度（km）" in counts_of(KINDS["pipe_renewal"])[1].terms


@pytest.mark.parametrize(
    ("lasting", "said"),
    [
        (Lasting(), "长期"),
        (Lasting(term=Term(count=3, unit=TermUnit.YEARS)), "3年"),
        (Lasting(rule="audits/balance_test", part="every"), "按本市规定，没有规定的不限"),
    ],
)
def test_how_long_a_result_holds(lasting: Lasting, said: str) -> None:
    assert lasting_words(lasting) == said


def test_a_clause_of_the_program_itself_is_no_law() -> None:
    assert SCHOOL.criteria is not None
    own, law = *clauses_of([SCHOOL.criteria.basis]), clauses_of(SCHOOL.bases)[1]
    assert (own.title, own.source, own.is_found) == ("本程序的设置", "", False)
    assert (law.title, law.source, law.is_found) == ("《节约用水条例》", "cn-reg-776", True)


def test_a_kind_without_criteria_or_public_fields_has_none() -> None:
    bare = replace(SCHOOL, criteria=None, public=())
    assert (criteria_of(bare), public_of(bare)) == ((), "")
    assert levels_of(bare) == "市级 → 省级"
