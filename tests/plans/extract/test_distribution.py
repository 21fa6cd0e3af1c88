"""Which value is for which metric, district or date."""

from __future__ import annotations

import pytest

from plans.extract.reading import figures, parse, read
from shuiheng.plans.extract.distribution import pieces_of
from shuiheng.plans.extract.metrics import Named

PAIRED = [
    (
        "到2025年，万元GDP用水量、万元工业增加值用水量较2020年分别下降16%和18%。",
        ["reduc =16% 万元GDP用水量 <2020 >2025", "reduc =18% 万元工业增加值用水量 <2020 >2025"],
    ),
    (
        "到2025年，万元GDP用水量、万元工业增加值用水量较2020年分别下降16%和18%以上。",
        ["reduc >=16% 万元GDP用水量 <2020 >2025", "reduc >=18% 万元工业增加值用水量 <2020 >2025"],
    ),
    (
        "到2025年，万元GDP用水量和万元工业增加值用水量均比2020年下降16%。",
        ["reduc =16% 万元GDP用水量 <2020 >2025", "reduc =16% 万元工业增加值用水量 <2020 >2025"],
    ),
    (
        "到2022年、2025年，管网漏损率分别控制在10%、9%以内。",
        ["level <=10% 管网漏损率 >2022", "level <=9% 管网漏损率 >2025"],
    ),
    (
        "到2022年和2025年，再生水利用率分别达到20%和25%以上。",
        ["level >=20% 再生水利用率 >2022", "level >=25% 再生水利用率 >2025"],
    ),
    (
        "2022至2025年，绿色建筑占比分别达到70%、80%、90%、100%。",
        [
            "level >=70% 绿色建筑占比 >2022",
            "level >=80% 绿色建筑占比 >2023",
            "level >=90% 绿色建筑占比 >2024",
            "level >=100% 绿色建筑占比 >2025",
        ],
    ),
    (
        "到2025年，青山县、白水县管网漏损率分别降至9%、10%。",
        ["level <=9% 管网漏损率 @青山县 >2025", "level <=10% 管网漏损率 @白水县 >2025"],
    ),
    (
        "到2025年，城市和县城污泥处置率分别达到98%、95%。",
        ["level >=98% 污泥处置率 @城市 >2025", "level >=95% 污泥处置率 @县城 >2025"],
    ),
    (
        "到2025年，客车、货车、船舶等能耗强度比2020年分别下降2%、3%、4%。",
        [
            "reduc =2% 客车能耗强度 <2020 >2025",
            "reduc =3% 货车能耗强度 <2020 >2025",
            "reduc =4% 船舶能耗强度 <2020 >2025",
        ],
    ),
    (
        "到2022年，建成节水型酒店2家，到2025年，建成节水型酒店4家。",
        ["count =2家 节水型酒店 >2022", "count =4家 节水型酒店 >2025"],
    ),
    (
        "到2022年，水平衡测试覆盖率大于40%，到2025年，水平衡测试覆盖率达到100%。",
        ["level >40% 水平衡测试覆盖率 >2022", "level >=100% 水平衡测试覆盖率 >2025"],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), PAIRED)
def test_several_values_go_to_what_they_are_for(text: str, wanted: list[str]) -> None:
    assert figures(text) == wanted


def test_values_without_partners_are_doubtful() -> None:
    targets = read("到2025年，计量率分别达到60%、70%、80%。").targets
    assert len(targets) == 3
    assert all(target.confidence <= 0.5 for target in targets)


def test_a_joined_name_without_a_shared_head_is_not_torn() -> None:
    parsed = parse("节水型机关和学校")
    assert pieces_of(parsed, Named(metric="节水型机关和学校", start=0, end=8)) == []


def test_a_rate_of_named_parks_is_one_target_for_each() -> None:
    assert figures("到2025年，东岭园区、西岭园区工业用水重复利用率分别达到94%、93%以上。") == [
        "level >=94% 工业用水重复利用率 @东岭园区 >2025",
        "level >=93% 工业用水重复利用率 @西岭园区 >2025",
    ]


def test_rates_of_two_trades_are_two_metrics() -> None:
    targets = figures("到2025年，钢铁企业、造纸企业重复利用率分别达到94%、93%。")
    assert [face.split()[2] for face in targets] == ["钢铁企业重复利用率", "造纸企业重复利用率"]


KINDS_OF_PLACES = [
    (
        "国家级、省级园区到2025年中水回用率分别达到45%和20%。",
        ["level >=45% 中水回用率 @国家级园区 >2025", "level >=20% 中水回用率 @省级园区 >2025"],
    ),
    (
        "青溪、白水干流入河口规范率均达到90%。",
        ["level >=90% 入河口规范率 @青溪干流", "level >=90% 入河口规范率 @白水干流"],
    ),
    (
        "到2025年，遴选节水工艺60项，高校不少于20项。",
        ["count =60项 节水工艺 >2025", "count >=20项 节水工艺 @高校 >2025"],
    ),
    (
        "政府投资项目中水替代率不低于40%，其他项目不低于10%。",
        ["level >=40% 政府投资项目中水替代率", "level >=10% 政府投资项目中水替代率 @其他项目"],
    ),
    (
        "2024年，青山县建设回收点15个，其他县（市、区）22个。",
        ["count =15个 回收点 @青山县 >2024", "count =22个 回收点 @其他县（市、区） >2024"],
    ),
    ("到2025年，节水型企业80家，节水型单位不少于30家。", ["count >=30家 节水型单位 >2025"]),
]


@pytest.mark.parametrize(("text", "wanted"), KINDS_OF_PLACES)
def test_values_go_to_the_kinds_of_places_they_are_for(text: str, wanted: list[str]) -> None:
    found = figures(text)
    assert [each for each in found if each in wanted] == wanted


RECALLED = [
    (
        "到2025年，供水普及率达到95%，供水保证率达到80%；2027年，分别达到97%和85%以上。",
        ["level >=97% 供水普及率 >2027", "level >=85% 供水保证率 >2027"],
    ),
    (
        "到2025年，青山县、白水县漏损率分别控制在9%、10%以内；2027年，分别控制在8%、9%以内。",
        ["level <=8% 漏损率 @青山县 >2027", "level <=9% 漏损率 @白水县 >2027"],
    ),
    (
        "推进东山灌区、河西灌区改造，2025年底前分别衬砌渠道4公里和5公里。",
        ["count =4km 衬砌渠道 @东山灌区 >2025", "count =5km 衬砌渠道 @河西灌区 >2025"],
    ),
    (
        "到2025年，供水普及率达到95%；2026年、2027年分别达到97%和98%。",
        ["level >=97% 供水普及率 >2026", "level >=98% 供水普及率 >2027"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RECALLED)
def test_values_without_a_noun_are_for_what_the_clauses_before_named(text: str, expected: list[str]) -> None:
    assert figures(text)[-2:] == expected


JOINED = [
    ("化肥、农药利用率均达到43%。", ["化肥利用率", "农药利用率"]),
    ("国控、省控断面优良比例均保持100%。", ["国控断面优良比例", "省控断面优良比例"]),
    ("风电、光伏发电利用率均达到98%。", ["风电利用率", "光伏发电利用率"]),
    ("化肥、农药利用率达到43%。", ["化肥、农药利用率"]),
    (
        "大型灌区斗口及以上、中型灌区渠首及以上取水口计量率分别达到95%和80%。",
        ["大型灌区斗口及以上取水口计量率", "中型灌区渠首及以上取水口计量率"],
    ),
]


@pytest.mark.parametrize(("text", "metrics"), JOINED)
def test_one_rate_that_says_each_is_restored_to_each_name(text: str, metrics: list[str]) -> None:
    assert [target.metric for target in read("到2025年，" + text).targets] == metrics


def test_a_word_that_holds_a_conjunction_is_not_cut() -> None:
    found = read("到2025年，节水器具普及率、再生水利用率分别达到95%、25%以上。").targets
    assert [target.metric for target in found] == ["节水器具普及率", "再生水利用率"]


def test_one_value_for_two_named_rivers_is_set_for_each() -> None:
    found = read("青河、白水河干流排污口整治完成率达到100%。").targets
    assert [target.scope for target in found] == ["青河干流", "白水河干流"]
    assert {target.metric for target in found} == {"排污口整治完成率"}


def test_one_value_for_two_kinds_of_places_stays_one_target() -> None:
    assert len(read("到2025年，城市和县城再生水利用率力争达到30%。").targets) == 1
