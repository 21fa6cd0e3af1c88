"""Metric and scope: districts, classes of users, subjects, elided heads."""

from __future__ import annotations

import pytest

from plans.extract.reading import faces, figures, read

SCOPES = [
    ("到2025年，青山县供水管网漏损率降至10%以内。", ["level <=10% 供水管网漏损率 @青山县 >2025"]),
    (
        "到2025年，青山县和白水县供水管网漏损率降至10%以内。",
        ["level <=10% 供水管网漏损率 @青山县 >2025", "level <=10% 供水管网漏损率 @白水县 >2025"],
    ),
    (
        "到2025年，青山县、白水县、东湖区再生水利用率达到30%。",
        [
            "level >=30% 再生水利用率 @青山县 >2025",
            "level >=30% 再生水利用率 @白水县 >2025",
            "level >=30% 再生水利用率 @东湖区 >2025",
        ],
    ),
    (
        "到2025年，年用水量5万立方米以上的企业节水器具普及率100%。",
        ["level =100% 节水器具普及率 @年用水量5万立方米以上的企业 >2025"],
    ),
    ("对重点监控用水户计划下达率100%。", ["level =100% 计划下达率 @重点监控用水户"]),
    ("各县（市、区）要至少创建2个节水型园区。", ["count >=2个 节水型园区 @各县（市、区）"]),
    ("各区分别建成1个试点园区。", ["count =1个 试点园区 @各区"]),
    (
        "青山县、白水县要分别组织开展2所以上节水型高校建设。",
        ["count >=2所 节水型高校建设 @青山县", "count >=2所 节水型高校建设 @白水县"],
    ),
    (
        "工业园区应当建设集中处理设施，区内再生水利用率应当达到30%以上。",
        ["level >=30% 再生水利用率 @工业园区"],
    ),
    (
        "漏损率达不到要求的县，必须开展分区计量，且实施范围不小于供水范围的50%。",
        ["level >=50% 分区计量实施范围 @漏损率达不到要求的县"],
    ),
    (
        "到2025年，甲城、乙城、丙城3市装配率不低于50%。",
        [
            "level >=50% 装配率 @甲城 >2025",
            "level >=50% 装配率 @乙城 >2025",
            "level >=50% 装配率 @丙城 >2025",
        ],
    ),
    (
        "到2025年，地级城市管网智能监测率达到30%以上，县城达到15%以上。",
        ["level >=30% 地级城市管网智能监测率 >2025", "level >=15% 地级城市管网智能监测率 @县城 >2025"],
    ),
    (
        "到2025年，漏损率控制在9%以内，有条件的城市力争控制在8%以内。",
        ["level <=9% 漏损率 >2025", "level <=8% 漏损率 @有条件的城市 >2025"],
    ),
    ("到2025年，全市灌溉用水计量率达到60%。", ["level >=60% 灌溉用水计量率 >2025"]),
    ("到2025年，我县灌溉用水计量率达到60%。", ["level >=60% 灌溉用水计量率 >2025"]),
    ("到2025年，城市再生水利用率达到25%。", ["level >=25% 城市再生水利用率 >2025"]),
    ("到2025年，缺水县城再生水利用率达到25%。", ["level >=25% 再生水利用率 @缺水县城 >2025"]),
    ("到2025年，县级以上城市绿地率超过40%。", ["level >40% 县级以上城市绿地率 >2025"]),
    ("到2025年，历史街区保护率达到60%。", ["level >=60% 历史街区保护率 >2025"]),
    (
        "到2025年，80%的市级机关和50%的市属单位建成节水型单位。",
        ["level =80% 市级机关建成节水型单位 >2025", "level =50% 市属单位建成节水型单位 >2025"],
    ),
    (
        "到2023年，60%以上的学校达到创建要求，争取2025年达到70%。",
        ["level >=60% 学校达到创建要求 >2023", "level >=70% 学校达到创建要求 >2025"],
    ),
    (
        "到2023年，星级建筑占新建建筑比例达到35%；到2025年，该比例达到45%。",
        ["level >=35% 星级建筑占新建建筑比例 >2023", "level >=45% 星级建筑占新建建筑比例 >2025"],
    ),
    (
        "到2025年，光伏装机达到200万千瓦，新增装机50万千瓦。",
        ["level >=2000000千瓦 光伏装机 >2025", "count =500000千瓦 光伏新增装机 >2025"],
    ),
    (
        "实现单位面积能耗、人均水耗分别较2020年下降5%和6%。",
        ["reduc =5% 单位面积能耗 <2020", "reduc =6% 人均水耗 <2020"],
    ),
]

BREAKDOWNS = [
    (
        "2022年，全市完成水平衡测试9家，其中青山县3家、白水县4家、东湖2家。",
        [
            "count =9家 水平衡测试 >2022",
            "count =3家 水平衡测试 @青山县 >2022",
            "count =4家 水平衡测试 @白水县 >2022",
            "count =2家 水平衡测试 @东湖 >2022",
        ],
    ),
    (
        "2022年，全市完成技改项目5个。其中青山县2个、白水县3个。",
        [
            "count =5个 技改项目 >2022",
            "count =2个 技改项目 @青山县 >2022",
            "count =3个 技改项目 @白水县 >2022",
        ],
    ),
    (
        "2022年，全市完成节水型企业9家。青山县完成4家、白水县完成5家。",
        [
            "count =9家 节水型企业 >2022",
            "count =4家 节水型企业 @青山县 >2022",
            "count =5家 节水型企业 @白水县 >2022",
        ],
    ),
    (
        "各区制定计划，并组织开展用水审计5家，其中东湖区2家、西湖区3家。",
        ["count =5家 用水审计", "count =2家 用水审计 @东湖区", "count =3家 用水审计 @西湖区"],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SCOPES + BREAKDOWNS)
def test_a_value_is_for_whom_the_words_say(text: str, wanted: list[str]) -> None:
    assert figures(text) == wanted


def test_the_place_of_the_whole_document_is_no_scope() -> None:
    wanted = ["level <=9% 管网漏损率 >2025"]
    assert figures("到2025年，清水市管网漏损率控制在9%以内。", jurisdiction="清水市") == wanted


def test_another_place_than_that_of_the_document_is_a_scope() -> None:
    assert "@青山县" in faces("到2025年，青山县管网漏损率控制在9%以内。", jurisdiction="清水市")[0]


def test_the_share_of_a_district_belongs_to_the_total() -> None:
    from plans.extract.reading import read

    total, first, second = read("2022年，全市完成审计7家，其中青山县3家、白水县4家。").targets
    assert (first.part_of, second.part_of) == (total.id, total.id)


STANDING_ALONE = [
    ("推行管网分区计量，实施范围不小于供水范围的50%。", "管网分区计量实施范围"),
    ("扩大再生水利用，占比达到25%以上。", "再生水利用占比"),
    ("海上风电新增装机容量45万千瓦以上，累计装机容量达到50万千瓦以上。", "海上风电装机容量"),
    ("再生水利用量达到3亿立方米，占比达到25%。", "再生水利用量占比"),
    ("新（扩）建2座工业水厂。", "工业水厂"),
    ("组织开展1所以上高校节水建设工作。", "高校节水建设"),
]


@pytest.mark.parametrize(("text", "metric"), STANDING_ALONE)
def test_a_metric_makes_sense_alone(text: str, metric: str) -> None:
    assert read("到2025年，" + text).targets[-1].metric == metric


SINGLED_OUT = [
    ("缺水城市再生水利用率达到25%。", "缺水城市"),
    ("地下水超采区每年压减耗水作物面积不少于300亩。", "地下水超采区"),
    ("缺水县城和水环境敏感县城再生水利用率达到25%。", "缺水县城和水环境敏感县城"),
    ("到2025年，条件成熟的园区建设废水零排放工程2项。", "条件成熟的园区"),
    ("集聚区冷却水循环利用率不低于97%。", "集聚区"),
    ("示范城市2025年漏损率不高于7%。", "示范城市"),
    ("各县（市、区）至少发行水票1单。", "各县（市、区）"),
    ("每个区（县）至少设置1座暂存点。", "每个区（县）"),
    ("市级机关每年至少组织1次节水会议。", "市级机关"),
    ("在清泉工业园建设再生水厂1座。", "清泉工业园"),
    ("完成清泉老城片区管网改造18公里。", "清泉老城片区"),
    ("城市再生水利用率达到25%。", None),
    ("农村地区自来水普及率达到95%。", None),
    ("规模养殖场设备配套率达到95%。", None),
    ("万元地区生产总值用水量比2020年下降15%。", None),
    ("实施城区老旧管网改造45公里。", None),
    ("创建节水型工业园区20家。", None),
]


@pytest.mark.parametrize(("text", "scope"), SINGLED_OUT)
def test_a_part_that_is_singled_out_is_the_scope(text: str, scope: str | None) -> None:
    assert [target.scope for target in read(text).targets] == [scope]


def test_a_duty_of_each_place_does_not_reach_the_next_clause() -> None:
    targets = read("每个区（县）至少设置1座暂存点，确保安全处置率达到100%。").targets
    assert [target.scope for target in targets] == ["每个区（县）", None]


@pytest.mark.parametrize(
    "text", ["生态红线调整为1200公顷，占市域面积的1.2%。", "总投资中水源工程占比20.4%。"]
)
def test_a_share_that_is_told_is_no_target(text: str) -> None:
    assert [target for target in read(text).targets if target.unit == "%"] == []


CLASSES = [
    ("重点单位计量器具配备率，一级单位达到100%，主要设备不低于80%。", ["@一级单位", "@主要设备"]),
    ("循环水浓缩倍数不低于5，新建装置不低于6。", ["", "@新建装置"]),
    ("试点园区内工业用水重复利用率达到95%以上。", ["@试点园区"]),
    ("其余地区再生水利用率达到20%。", ["@其余地区"]),
    ("港区再生水利用率达到20%。", [""]),
    ("2000总吨以上的内河货船、油船受电设施改造率达到100%。", ["@2000总吨以上的内河货船、油船"]),
]


@pytest.mark.parametrize(("text", "scopes"), CLASSES)
def test_a_class_in_front_of_a_rate_is_its_scope_and_no_part_of_its_name(
    text: str, scopes: list[str]
) -> None:
    found = read("到2025年，" + text).targets
    assert ["@" + target.scope if target.scope else "" for target in found] == scopes
