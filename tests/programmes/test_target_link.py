"""Targets of plans find what serves them by general words, or say why nothing does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.plan_values import plans
from shuiheng.kernel import Span
from shuiheng.plans.model import Heading, IndicatorMatch, Operator, Plan, PlanHeader, Target, TargetKind, Task
from shuiheng.programmes.target_link import (
    LinkBasis,
    LinkGap,
    Linking,
    Served,
    TargetLink,
    link_plan,
    link_target,
)
from shuiheng.programmes.target_servers import SHARE, ServerSort, TargetServer, Wording


def server(name: str, *words: str, countings: dict[str, str], without: tuple[str, ...] = ()) -> TargetServer:
    """Return a programme that is named by some words; its first count is meant."""
    wording = Wording(words=words, without=without, counting=next(iter(countings)))
    return TargetServer(id=name, sort=ServerSort.PROGRAMME, wordings=(wording,), countings=countings)


CARRIER = {"awarded": "count", "share": SHARE}
LINKING = Linking(
    servers=(
        server("school", "节水型学校", "节水载体", countings=CARRIER),
        server("compound", "节水型小区", "节水载体", countings=CARRIER),
        server("district", "节水型灌区", countings=CARRIER),
        server("retrofit", "节水改造", countings={"accepted": "count"}, without=("养殖",)),
        server("farm", "养殖场节水改造", countings={"accepted": "count"}),
        server("pipes", "供水管网改造", countings={"accepted": "count", "length": "km"}),
        server("test", "水平衡测试", countings={"tested": "count", "coverage": SHARE}),
        replace(server("text", "制度", "方案", countings={"issued": "count"}), is_general=True),
        TargetServer(
            id="allowance", sort=ServerSort.DUTY, wordings=(Wording(words=("计划用水",)),), countings={}
        ),
        TargetServer(
            id="energy", sort=ServerSort.OUTSIDE, wordings=(Wording(words=("光伏",)),), countings={}
        ),
    ),
    units={"家": ("count",), "个": ("count",), "km": ("km",), "%": (SHARE,)},
    indicators={"用水量": "use", "万元产值用水量": "use_per_value"},
)


def target(metric: str, unit: str | None = "家", **more: object) -> Target:
    """Return a target on ten of something; without a unit it is a milestone."""
    made = Target(
        id="T01",
        task="001",
        quote=metric,
        span=Span(0, 1),
        metric=metric,
        kind=TargetKind.MILESTONE if unit is None else TargetKind.COUNT,
        op=Operator.EQUAL,
        value=None if unit is None else Decimal(10),
        unit=unit,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the test names fields of the target


def served(link: TargetLink) -> list[str]:
    return [f"{each.kind}.{each.counting}" for each in link.programmes]


@pytest.mark.parametrize(
    ("metric", "unit", "wanted"),
    [
        ("节水型学校", "家", ["school.awarded"]),
        ("节水型学校建成率", "%", ["school.share"]),
        ("城区供水管网改造", "km", ["pipes.length"]),
        ("城区供水管网改造", "个", ["pipes.accepted"]),
        ("城区供水管网改造", None, ["pipes.accepted"]),
    ],
)
def test_the_unit_chooses_the_count(metric: str, unit: str | None, wanted: list[str]) -> None:
    assert served(link_target(target(metric, unit), LINKING)) == wanted


def test_a_longer_word_goes_before_a_shorter_one() -> None:
    assert served(link_target(target("规模养殖场节水改造"), LINKING)) == ["farm.accepted"]


def test_a_word_beside_which_it_means_something_else_is_not_taken() -> None:
    assert not link_target(target("水产养殖节水改造"), LINKING).is_linked


def test_items_of_a_list_share_the_head_of_the_first() -> None:
    link = link_target(target("节水型小区、灌区和学校"), LINKING)
    assert served(link) == ["compound.awarded", "district.awarded", "school.awarded"]


def test_kinds_that_share_a_word_serve_together() -> None:
    assert served(link_target(target("各类节水载体", "个"), LINKING)) == [
        "school.awarded",
        "compound.awarded",
    ]


def test_a_part_takes_the_item_of_its_whole_that_it_names() -> None:
    whole = target("节水型小区、灌区")
    link = link_target(target("市级灌区"), LINKING, whole=whole)
    assert (served(link), link.level, link.basis) == (["district.awarded"], "city", LinkBasis.WHOLE)


def test_a_piece_of_a_word_is_completed_by_its_task() -> None:
    link = link_target(target("测试"), LINKING, task_text="组织重点企业做水平衡测试，完成测试10家。")
    assert (served(link), link.basis) == (["test.tested"], LinkBasis.TASK)


def test_a_piece_that_fits_two_programmes_of_the_task_is_not_guessed() -> None:
    link = link_target(target("改造"), LINKING, task_text="推进节水改造和供水管网改造。")
    assert link.gap is LinkGap.UNKNOWN


@pytest.mark.parametrize(
    ("metric", "level"),
    [
        ("省级节水型学校", "province"),
        ("节水型学校（省级）", "province"),
        ("省级以上节水型学校", "province"),
        ("省级节水（型）学校", "province"),
        ("市级机关创建节水型学校", None),
        ("节水型学校", None),
    ],
)
def test_a_level_is_asked_only_where_it_stands_at_the_title(metric: str, level: str | None) -> None:
    assert link_target(target(metric), LINKING).level == level


@pytest.mark.parametrize(
    ("metric", "narrowed_by"),
    [
        ("规模以上行业节水型学校", ("规模以上行业",)),
        ("累计建成省级节水型学校", ()),
        ("省级以上节水型学校", ()),
        ("乡镇节水型小区、灌区", ("乡镇",)),
        ("节水型学校（省级）", ()),
    ],
)
def test_words_before_the_name_narrow_what_is_meant(metric: str, narrowed_by: tuple[str, ...]) -> None:
    assert link_target(target(metric), LINKING).narrowed_by == narrowed_by


def test_general_words_come_after_all_others() -> None:
    assert served(link_target(target("供水管网改造方案", None), LINKING)) == ["pipes.accepted"]
    assert served(link_target(target("巡查制度", None), LINKING)) == ["text.issued"]


def test_another_field_is_said_and_not_linked() -> None:
    link = link_target(target("屋顶光伏试点方案", None), LINKING)
    assert (link.gap, link.gap_words, link.programmes) == (LinkGap.OUTSIDE, "energy", ())


def test_what_is_counted_in_other_units_is_said() -> None:
    link = link_target(target("节水改造", "km"), LINKING)
    assert (link.gap, link.gap_words) == (LinkGap.UNIT, "retrofit")


def test_a_unit_that_nobody_knows_is_not_counted_in_another() -> None:
    assert link_target(target("节水改造", "蒸吨"), LINKING).gap is LinkGap.UNIT


def test_a_list_of_the_ledger_serves_a_milestone() -> None:
    assert link_target(target("全面实行计划用水", None), LINKING).duties == ("allowance",)


@pytest.mark.parametrize(("score", "is_linked"), [(0.75, True), (0.74, False)])
def test_an_indicator_is_taken_from_a_sure_likeness_only(score: float, is_linked: bool) -> None:
    given = target("某某比率", "%", indicator=IndicatorMatch(id="some_rate", score=score))
    link = link_target(given, LINKING)
    assert (link.is_linked, link.indicators) == (is_linked, ("some_rate",) if is_linked else ())


@pytest.mark.parametrize(
    ("kind", "basis"), [(TargetKind.REDUCTION, LinkBasis.METRIC), (TargetKind.COUNT, LinkBasis.QUOTE)]
)
def test_the_longest_name_in_the_metric_is_the_indicator_and_of_a_count_at_the_very_last(
    kind: TargetKind, basis: LinkBasis
) -> None:
    found = link_target(target("万元产值用水量比2020年下降", "%", kind=kind), LINKING)
    assert (found.indicators, found.basis) == (("use_per_value",), basis)
    tested = link_target(target("万元产值用水量水平衡测试", kind=kind), LINKING)
    assert bool(tested.indicators) is (kind is TargetKind.REDUCTION)  # tests are counted first


def test_a_change_of_an_indicator_is_not_counted_by_cases() -> None:
    indicator = IndicatorMatch(id="some_rate", score=1)
    given = target("水平衡测试覆盖率", "%", kind=TargetKind.INCREMENT, indicator=indicator)
    assert link_target(given, LINKING).programmes == ()


def test_a_share_has_both_its_cases_and_its_indicator() -> None:
    indicator = IndicatorMatch(id="some_rate", score=1)
    link = link_target(target("水平衡测试覆盖率", "%", kind=TargetKind.LEVEL, indicator=indicator), LINKING)
    assert (served(link), link.indicators) == (["test.coverage"], ("some_rate",))


def test_words_for_one_unit_serve_no_other() -> None:
    wording = Wording(words=("机关",), units=("%",), counting="share")
    organs = TargetServer(
        id="organs", sort=ServerSort.PROGRAMME, wordings=(wording,), countings={"share": SHARE}
    )
    linking = replace(LINKING, servers=(organs,))
    assert served(link_target(target("机关建成率", "%"), linking)) == ["organs.share"]
    assert link_target(target("区级机关建成节水型单位", "%"), linking).level is None  # of the organ
    assert link_target(target("区级机关建成率", "%"), linking).level == "county"
    assert not link_target(target("机关", None), linking).is_linked


def test_a_level_before_the_kind_of_a_title_is_that_of_the_title() -> None:
    linking = replace(LINKING, servers=(server("society", "县域节水型社会", countings={"named": "count"}),))
    assert link_target(target("国家级县域节水型社会达标建设任务"), linking).level == "nation"


def plan(*targets: Target) -> Plan:
    """Return a plan of one task with some targets."""
    task = Task(id="001", path=(), text="某项工作", span=Span(0, 1))
    return Plan(document="d", header=PlanHeader(title="t"), tasks=(task,), targets=targets)


def test_a_milestone_without_a_name_takes_the_programme_of_its_task() -> None:
    links = link_plan(plan(target("节水型学校"), target("年度任务", None, id="T02")), LINKING)
    assert links[1].programmes == (Served("school", "awarded"),)


def test_a_milestone_without_a_name_beside_two_programmes_stays_open() -> None:
    others = (target("节水型学校"), target("节水型小区", id="T02"))
    assert link_plan(plan(*others, target("年度任务", None, id="T03")), LINKING)[2].gap is LinkGap.UNKNOWN


def _in_one_task(*targets: Target) -> tuple[TargetLink, ...]:
    named = (replace(each, id=f"T{number:02}") for number, each in enumerate(targets))
    return link_plan(plan(*named), LINKING)


def test_a_bare_measure_goes_on_about_the_target_before_it() -> None:
    first, rate, length = _in_one_task(
        target("供水管网改造", "km"), target("水平衡测试覆盖率", "%"), target("覆盖率", "%")
    )
    assert served(length) == served(rate) == ["test.coverage"] and length.basis is LinkBasis.TASK
    _, beyond = _in_one_task(target("节水改造", "家"), target("改造长度", "km"))
    assert beyond.gap is LinkGap.UNKNOWN  # retrofits have no length
    _, other = _in_one_task(target("供水管网改造", "家"), target("长度", "km", task="002"))
    assert other.gap is LinkGap.UNKNOWN  # another task
    assert served(first) == ["pipes.length"]


def test_an_indicator_goes_on_for_what_is_everywhere() -> None:
    rate, everywhere = _in_one_task(
        target("万元产值用水量达标率", "%", kind=TargetKind.LEVEL),
        target("主城区", None, quote="实现主城区全覆盖"),
    )
    assert rate.indicators == everywhere.indicators == ("use_per_value",)


def test_an_indicator_named_in_the_clause_serves_a_count_that_nothing_else_serves() -> None:
    found = link_target(target("青溪、澜水", "家", quote="完成青溪、澜水2家万元产值用水量"), LINKING)
    assert found.indicators == ("use_per_value",) and found.basis is LinkBasis.QUOTE
    assert link_target(target("青溪", "家", quote="青溪用水量"), LINKING).gap is LinkGap.UNKNOWN  # too short


def test_the_heading_of_a_task_completes_a_piece_too() -> None:
    made = plan(target("测试"))
    headed = replace(made.tasks[0], path=(Heading(text="推进水平衡测试", span=Span(0, 1)),))
    assert served(link_plan(replace(made, tasks=(headed,)), LINKING)[0]) == ["test.tested"]


def test_links_come_in_the_order_of_the_targets() -> None:
    made = plan(target("节水型学校", id="T02"), target("节水型小区"))
    assert [link.target for link in link_plan(made, LINKING)] == ["T02", "T01"]


@given(plans, st.sampled_from(["", "节水型", "年度任务", "、", "（省级）"]))
def test_each_target_is_linked_or_says_why_not(made: Plan, words: str) -> None:
    targets = tuple(
        replace(each, id=f"T{at}", metric=words + each.metric) for at, each in enumerate(made.targets)
    )
    links = link_plan(replace(made, targets=targets), LINKING)
    assert [link.target for link in links] == [each.id for each in targets]
    for link in links:
        serving = link.programmes or link.indicators or link.duties
        assert bool(serving) is link.is_linked is (link.basis is not None)
        assert bool(link.gap_words) is not link.is_linked or link.gap is LinkGap.UNKNOWN
