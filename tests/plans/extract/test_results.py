"""What a result clause is about."""

from __future__ import annotations

import pytest

from plans.extract.reading import face, read
from shuiheng.plans.extract.results import only_says_done, result_of
from shuiheng.plans.model import TargetKind

METRICS = [
    ("到2025年，县级城市建成区基本消除黑臭水体。", ["消除黑臭水体 @县级城市建成区"]),
    ("到2025年，公共机构全面停止使用塑料餐具。", ["停止使用塑料餐具 @公共机构"]),
    ("到2025年，全面推行计划用水制度。", ["计划用水制度"]),
    (
        "到2025年，年取水量2万吨以上的自备取水户实现取水在线计量全覆盖。",
        ["取水在线计量 @年取水量2万吨以上的自备取水户"],
    ),
    ("到2025年，居民生活用水全部实行阶梯水价制度。", ["阶梯水价制度"]),
    ("到2025年，全部县（市、区）达到节水型社会标准。", ["节水型社会标准"]),
    (
        "到2025年，将年用水量60万立方米以上的企业全部纳入市级监控名录。",
        ["市级监控名录 @年用水量60万立方米以上的企业"],
    ),
    ("到2025年，制定和实施原水管网改造方案。", ["原水管网改造方案"]),
    ("到2025年，落实和推广水效标识规则。", ["水效标识规则"]),
    ("到2025年，评选出一批技术先进、作用明显的水效领跑者。", ["水效领跑者"]),
    ("到2025年，建成一批高质量的节水载体。", ["高质量的节水载体"]),
    ("到2025年，继续保持城市供水管网漏损率位列全省前茅。", ["城市供水管网漏损率"]),
    ("到2025年，管网分区计量管理实现全覆盖。", ["管网分区计量管理"]),
    ("到2025年，生活垃圾实现零填埋。", ["生活垃圾零填埋"]),
    ("到2025年，大型灌区全部通过标准化管理评价。", ["标准化管理评价 @大型灌区"]),
    ("到2025年，全市灌区管理平台全面建成。", ["灌区管理平台"]),
    ("到2025年，在造纸、纺织等行业建成一批节水型企业。", ["节水型企业"]),
    ("到2025年，建立水效标识制度，并扩展到农业领域。", ["水效标识制度"]),
    ("2024年底前，编制完成我市碳排放报告。", ["碳排放报告"]),
    ("到2025年，规模以上养殖尾水实现达标排放。", ["规模以上养殖尾水达标排放"]),
    ("到2025年，农村黑臭水体基本完成整治。", ["农村黑臭水体整治"]),
    ("2024年6月底前，各区制定年度实施计划。", ["年度实施计划 @各区"]),
]


@pytest.mark.parametrize(("text", "wanted"), METRICS)
def test_a_milestone_names_the_thing_and_whom_it_is_for(text: str, wanted: list[str]) -> None:
    found = [target for target in read(text).targets if target.kind is TargetKind.MILESTONE]
    assert [face(t).removeprefix("miles ").rsplit(" >", 1)[0] for t in found][: len(wanted)] == wanted


LEFT_TO_THE_CLAUSE_BEFORE = [
    ("编制节水规划，2024年6月底前完成。", "节水规划", "2024年6月底前完成"),
    ("园区管委会会同有关部门编制水系统优化方案，2024年6月底前完成。", "水系统优化方案", "2024年6月底前完成"),
    ("推进清泉水厂扩建工程，2024年底前建成投运。", "清泉水厂扩建工程", "2024年底前建成投运"),
    (
        "开展节水型园区建设，2024年内要完成年度任务，确保到2025年创建成功。",
        "节水型园区建设",
        "确保到2025年创建成功",
    ),
]


@pytest.mark.parametrize(("text", "metric", "quote"), LEFT_TO_THE_CLAUSE_BEFORE)
def test_a_clause_that_only_says_done_takes_its_object_from_before(
    text: str, metric: str, quote: str
) -> None:
    target = read(text).targets[-1]
    assert (target.metric, target.quote) == (metric, quote)


def test_what_is_done_with_figures_is_no_milestone_besides() -> None:
    targets = read("建成企业9家，2023年底前完成。").targets
    assert [target.value is None for target in targets] == [False]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("▦▦▦完成", True), ("确保创建成功", True), ("完成水厂建设", False), ("推进完成", False)],
)
def test_a_bare_word_of_completion_names_no_object(words: str, wanted: bool) -> None:
    assert only_says_done(words) is wanted


def test_a_condition_is_no_milestone() -> None:
    assert read("2024年，新设浴场未安装节水装置的，不予备案。").targets == ()


def test_places_lie_inside_the_clause() -> None:
    words = "将重点企业全部纳入名录"
    found = result_of(words, 0, len(words))
    assert (words[found.start : found.end], found.scope) == ("名录", (1, 5))
