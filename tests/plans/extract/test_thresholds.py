"""Cut-offs that decide whom a rule covers."""

from __future__ import annotations

import pytest

from plans.extract.reading import figures, read

THRESHOLDS = [
    (
        "年用水量3万立方米以上的企业应当开展水平衡测试。",
        ("企业", "年用水量", ">=", 30000, "m3", "应当开展水平衡测试"),
    ),
    (
        "年用水量3万立方米及以上的工业企业实行计划管理。",
        ("工业企业", "年用水量", ">=", 30000, "m3", "实行计划管理"),
    ),
    (
        "鼓励年用水量超过20万立方米的企业设立水务经理。",
        ("企业", "年用水量", ">", 200000, "m3", "鼓励设立水务经理"),
    ),
    ("将年取水量2万吨以上的取水户纳入在线监控。", ("取水户", "年取水量", ">=", 20000, "吨", "纳入在线监控")),
    (
        "规划用地面积3万平方米以上的建设项目，应当配建雨水收集系统。",
        ("建设项目", "规划用地面积", ">=", 30000, "m2", "应当配建雨水收集系统"),
    ),
    (
        "日处理能力2万立方米以上的污水处理厂配套建设再生水系统。",
        ("污水处理厂", "日处理能力", ">=", 20000, "m3", "配套建设再生水系统"),
    ),
    ("五千亩以上灌区要建立用水档案。", ("灌区", "面积", ">=", 5000, "亩", "要建立用水档案")),
    ("万亩以上灌区要建立用水档案。", ("灌区", "面积", ">=", 10000, "亩", "要建立用水档案")),
    (
        "新建公共建筑应采用二级及以上节水效率等级的器具。",
        ("新建公共建筑", "节水效率等级", ">=", 2, "级", "应采用二级及以上节水效率等级的器具"),
    ),
    ("年出栏五千头以上的养殖场安装节水设施。", ("养殖场", "年出栏", ">=", 5000, "头", "安装节水设施")),
    ("对漏损率超过12%的供水企业实行约谈。", ("供水企业", "漏损率", ">", 12, "%", "实行约谈")),
    ("淘汰单台20蒸吨/小时以下燃煤锅炉。", ("燃煤锅炉", "蒸发量", "<=", 20, "蒸吨/小时", "淘汰")),
    ("年取水90万立方米以上的取水口全部在线监测。", ("取水口", "年取水", ">=", 900000, "m3", "全部在线监测")),
    ("对建成年限超过18年、水质不达标的供水设施限期改造。", ("供水设施", "建成年限", ">", 18, "年", None)),
    ("加强60米以上公共建筑消防管理。", ("公共建筑", "高度", ">=", 60, "米", "消防管理")),
    (
        "城区常住人口80万以下的城市严格限制新建地铁。",
        ("城市", "城区常住人口", "<=", 800000, "人", "严格限制新建地铁"),
    ),
    ("不得新建200米以上超高层建筑；新建住宅全面节水。", ("超高层建筑", "高度", ">=", 200, "米", "不得新建")),
    ("全面治理流域面积40平方公里以上的河流。", ("河流", "流域面积", ">=", 40, "km2", "全面治理")),
    (
        "进水浓度低于90毫克/升的城市污水处理厂制定方案。",
        ("城市污水处理厂", "进水浓度", "<", 90, "毫克/升", "制定方案"),
    ),
    (
        "支持电力、水泥等大宗货物年运输量120万吨以上的企业建设专用线。",
        ("企业", "大宗货物年运输量", ">=", 1200000, "吨", "支持建设专用线"),
    ),
    ("管径100毫米以上的供水管道建立档案。", ("供水管道", "管径", ">=", 100, "毫米", "建立档案")),
    ("推进30万千瓦及以上热电机组使用再生水。", ("热电机组", None, ">=", 300000, "千瓦", "使用再生水")),
    (
        "流域面积50平方公里以上的河流编制水量分配方案。",
        ("河流", "流域面积", ">=", 50, "km2", "编制水量分配方案"),
    ),
    (
        "建筑面积大于2万平方米的公共建筑安装节水器具。",
        ("公共建筑", "建筑面积", ">", 20000, "m2", "安装节水器具"),
    ),
]

RATES = [
    ("对超计划用水30%以上的用户约谈并限期整改。", 30),
    ("学校用水量比上年下降3%以上的给予表扬。", 3),
    ("对用水总量达到控制指标90%的地区限制审批。", 90),
    ("存栏五千只以上的养殖场配备饮水器。", 5000),
]

NO_THRESHOLDS = [
    "到2025年，新建供水管网80公里以上。",
    "到2025年，建成节水型企业20家以上。",
    "每年开展5家以上养殖场节水改造。",
    "每年推动30万平方米以上的老旧建筑改造。",
    "完成20万平方米以上公共机构建筑改造。",
    "到2025年，60%以上的学校建成节水型学校。",
    "对规模以上工业企业用水量进行监测。",
    "推进县级以上机关建设节水型单位。",
    "到2025年，再生水利用率达到25%以上。",
    "到2025年，用水总量控制在8亿立方米以内。",
    "完善三级计量体系。",
    "全市节水型社会建设水平达到90%的目标。",
]


@pytest.mark.parametrize(("text", "wanted"), THRESHOLDS)
def test_a_cut_off_has_its_class_quantity_value_and_effect(
    text: str, wanted: tuple[str, str | None, str, int, str, str | None]
) -> None:
    (found,) = read(text).thresholds
    applies_to, quantity, op, value, unit, effect = wanted
    assert (found.applies_to, found.op.value, found.value, found.unit) == (applies_to, op, value, unit)
    assert quantity is None or found.quantity == quantity
    assert effect is None or found.effect == effect


@pytest.mark.parametrize(("text", "value"), RATES)
def test_a_rate_or_a_stock_may_be_the_cut_off(text: str, value: int) -> None:
    assert [item.value for item in read(text).thresholds] == [value]
    assert figures(text) == []


@pytest.mark.parametrize("text", NO_THRESHOLDS)
def test_a_value_to_reach_is_no_cut_off(text: str) -> None:
    assert read(text).thresholds == ()


@pytest.mark.parametrize("text", [text for text, _ in THRESHOLDS])
def test_a_cut_off_is_no_target(text: str) -> None:
    assert figures(text) == []


def test_a_clause_may_set_a_cut_off_and_a_value_for_its_class() -> None:
    found = read("到2025年，年出栏万头以上的养殖场节水设施安装率100%。")
    assert [item.value for item in found.thresholds] == [10000]
    assert [target.scope for target in found.targets] == ["年出栏万头以上的养殖场"]


def test_a_class_of_a_milestone_is_its_scope() -> None:
    found = read("到2025年，将年用水量20万立方米以上的用水单位全部纳入监控名录。")
    (target,) = found.targets
    assert target.value is None
    assert target.scope == "年用水量20万立方米以上的用水单位"


HOLDERS = [
    ("年用水总量达到50万立方米的园区应当开展区域评估。", "园区", "应当开展区域评估"),
    ("对一年内被处罚3次以上的单位依法纳入信用记录。", "单位", "依法纳入信用记录"),
    ("用水量达到计划的80%时预警。", "用水量达到计划", "预警"),
    ("超计划用水10%至30%的约谈负责人。", "超计划用水", "约谈负责人"),
    ("超计划用水50%以上且拒不整改的，暂停供水。", "超计划用水", "暂停供水"),
    ("超计划用水30%以上的，加倍收费。", "超计划用水", "加倍收费"),
]


@pytest.mark.parametrize(("text", "applies_to", "effect"), HOLDERS)
def test_a_condition_or_a_holder_is_a_cut_off(text: str, applies_to: str, effect: str) -> None:
    found = read(text)
    assert [(item.applies_to, item.effect) for item in found.thresholds] == [(applies_to, effect)]
    assert found.targets == ()


@pytest.mark.parametrize("text", ["推进60个以上的合同节水管理项目。", "到2025年，建成30万平方米以上的园区。"])
def test_what_is_to_be_made_is_no_cut_off(text: str) -> None:
    found = read(text)
    assert found.thresholds == ()
    assert len(found.targets) == 1


ASKED_OF_A_SHARE = [
    "推动全市不低于85%的县级机关建成节约型机关。",
    "每年选取不低于10%的重点单位开展土壤监测。",
]


@pytest.mark.parametrize("text", ASKED_OF_A_SHARE)
def test_the_least_share_of_those_who_must_is_a_target(text: str) -> None:
    found = read(text)
    assert (found.thresholds, found.duties) == ((), ())
    assert len(found.targets) == 1


CONDITIONS = [
    ("漏失率高于15%的区，应当编制整改计划。", ("漏失率", ">", 15, "应当编制整改计划")),
    ("进水总磷浓度低于3毫克/升的，应当排查管网。", ("进水总磷浓度", "<", 3, "应当排查管网")),
    ("两年内被处罚2次以上的施工企业，依法限制投标。", ("次数", ">=", 2, "依法限制投标")),
    ("电能利用效率超过1.6的老旧数据中心，逐步关停。", ("电能利用效率", ">", 1.6, "逐步关停")),
    ("日均垃圾清运量超过200吨的地区，建设焚烧设施。", ("日均垃圾清运量", ">", 200, "建设焚烧设施")),
    ("有序推进单机容量10万千瓦以下的机组退役。", ("单机容量", "<=", 100000, "退役")),
    ("对使用年限超过25年的供水管网加快改造。", ("使用年限", ">", 25, "加快改造")),
]


@pytest.mark.parametrize(("text", "wanted"), CONDITIONS)
def test_a_condition_is_a_threshold_with_its_quantity_and_effect(
    text: str, wanted: tuple[str, str, float, str]
) -> None:
    found = read(text)
    (item,) = found.thresholds
    assert (item.quantity, item.op.value, float(item.value), item.effect) == wanted
    assert [target for target in found.targets if target.value is not None] == []


def test_a_class_with_a_cut_off_is_the_scope_of_the_rates_behind_it() -> None:
    text = (
        "2025年，年吞吐量300万人次以上的机场，中水使用率达到30%，节水器具占比不低于90%；车站使用率达到20%。"
    )
    assert figures(text) == [
        "level >=30% 中水使用率 @年吞吐量300万人次以上的机场 >2025",
        "level >=90% 节水器具占比 @年吞吐量300万人次以上的机场 >2025",
        "level >=20% 车站使用率 >2025",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "口径50毫米以上的水表每两年检定一次，2025年智能表覆盖率达到70%。",
        "到2025年，建成30家以上的园区，再生水利用率达到20%。",
    ],
)
def test_a_clause_with_a_verb_of_its_own_is_no_scope(text: str) -> None:
    assert [t.scope for t in read(text).targets if t.unit == "%"] == [None]


def test_cut_offs_of_one_list_share_their_noun_and_effect() -> None:
    first, second = read(
        "年用水量8万立方米以上的工厂企业、4万立方米以上的服务业用水户应设立岗位。"
    ).thresholds
    assert (first.quantity, second.quantity) == ("年用水量", "年用水量")
    assert (first.effect, second.effect) == ("应设立岗位", "应设立岗位")


def test_what_exceeds_a_plan_is_the_quantity_of_a_bare_share() -> None:
    (found,) = read("超计划用水30%以下的，超出部分加收1倍。").thresholds
    assert found.quantity == "超计划用水"


def test_a_cut_off_in_the_past_and_a_nominal_width_are_no_thresholds() -> None:
    past = "截至2020年底，全市管网300公里，其中运行20年以上管网90公里。"
    assert read(past).thresholds == () and read("DN80以上管道全部更换。").thresholds == ()


def test_a_further_step_of_a_rule_keeps_its_class_and_noun() -> None:
    _, second = read("用地面积2公顷以上的新建项目，应编制利用方案；4公顷以上的，还应建设水池。").thresholds
    assert (second.applies_to, second.quantity, second.effect) == ("新建项目", "用地面积", "还应建设水池")


def test_two_cut_offs_joined_by_and_are_for_the_same_class() -> None:
    first, second = read("对年节水量4万立方米以上且节水率超过8%的项目优先支持。").thresholds
    assert (first.applies_to, first.quantity) == ("项目", "年节水量")
    assert (second.applies_to, second.quantity, second.effect) == ("项目", "节水率", "优先支持")


@pytest.mark.parametrize("text", ["改造千人以上供水工程9处。", "到2025年，培育8家以上产值超过6亿元的企业。"])
def test_a_size_of_what_is_counted_covers_nobody_by_a_rule(text: str) -> None:
    assert read(text).thresholds == ()
