"""Lists of units are split between names and never inside one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.segment.unit_lists import is_unit_list, listed_units, looks_like_unit
from shuiheng.plans.wording import squeeze


def names(text: str) -> list[str]:
    return [unit.wording.text for unit in listed_units(squeeze(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水利局、市财政局；市教育局，市统计局", ["市水利局", "市财政局", "市教育局", "市统计局"]),
        ("市水利局、", ["市水利局"]),
        (
            "区水利局[直接取水企业]、区城管局[自来水供水企业]",
            ["区水利局[直接取水企业]", "区城管局[自来水供水企业]"],
        ),
        ("省发展改革委（能源局、粮储局）、省水利厅", ["省发展改革委（能源局、粮储局）", "省水利厅"]),
        ("市水利局等", ["市水利局"]),
        ("市水利局、市住建局等有关部门", ["市水利局", "市住建局"]),
        ("市水利局等相关单位", ["市水利局"]),
        ("市水利局和市住建局", ["市水利局", "市住建局"]),
        ("市发展和改革委、市自然资源和规划局", ["市发展和改革委", "市自然资源和规划局"]),
        ("市水利局及各区人民政府", ["市水利局", "各区人民政府"]),
        ("住房和城乡建设部和水利部", ["住房和城乡建设部", "水利部"]),
        ("市水利局以及有关部门", ["市水利局", "有关部门"]),
        ("由市水利局", ["市水利局"]),
        ("1.市水利局；2.市财政局", ["市水利局", "市财政局"]),
        ("水利局 住建局", ["水利局", "住建局"]),
        ("水利局、住建局 财政局", ["水利局", "住建局财政局"]),
    ],
)
def test_a_list_is_split_at_its_separators(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各辖市、区水利局，青川经开区农工局", ["各辖市、区水利局", "青川经开区农工局"]),
        ("各辖市、区、青川经开区相关部门", ["各辖市、区", "青川经开区相关部门"]),
        ("市、县财政部门", ["市、县财政部门"]),
        ("市、县级有关单位", ["市、县级有关单位"]),
        ("市、区机管局，市、区财政局", ["市、区机管局", "市、区财政局"]),
        ("市委组织部，各区、市政府", ["市委组织部", "各区、市政府"]),
        ("各区、市水利局", ["各区", "市水利局"]),
        ("各市、市水利局", ["各市", "市水利局"]),
        ("东山区、西山区、北山区相关单位", ["东山区", "西山区", "北山区相关单位"]),
        ("各县（市、区）人民政府、市水利局", ["各县（市、区）人民政府", "市水利局"]),
        ("省、市、县水行政主管部门", ["省、市、县水行政主管部门"]),
        ("各镇（街道）、区级有关部门", ["各镇（街道）", "区级有关部门"]),
    ],
)
def test_place_words_before_one_noun_are_one_unit(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_units_on_lines_of_their_own_are_split() -> None:
    assert names("市水利局\n市住建局\n市财政局") == ["市水利局", "市住建局", "市财政局"]


def test_a_name_broken_over_lines_is_one_unit() -> None:
    assert names("市机关事务\n管理局、市人民政府\n办公室") == ["市机关事务管理局", "市人民政府办公室"]


def test_a_branch_on_the_next_line_stays_with_its_name() -> None:
    assert names("东山生态环境局\n青川分局") == ["东山生态环境局青川分局"]


@pytest.mark.parametrize(
    "text",
    [
        "市水利局、市住建局",
        "各有关单位",
        "水利局",
        "人行青川中心支行、金融办",
        "各区人民政府",
        "青川水务集团",
    ],
)
def test_lists_of_units_are_recognised(text: str) -> None:
    assert is_unit_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "推进节水型社会",
        "加强农业节水。",
        "农业节水增效",
        "到2025年，建成节水型企业20家。",
        "全面推行",
        "严控高耗水服务业用水",
        "",
    ],
)
def test_other_cells_are_no_lists_of_units(text: str) -> None:
    assert not is_unit_list(text)


def test_a_verb_phrase_is_no_unit() -> None:
    assert not looks_like_unit("推动建立水权交易中心")


unit = st.sampled_from(
    ["市水利局", "县财政局", "各区人民政府", "省发展和改革委", "人行青川中心支行", "各辖市、区"]
)


@given(st.lists(unit, min_size=1, max_size=8))
def test_names_joined_by_semicolons_come_back(units: list[str]) -> None:
    assert names("；".join(units)) == units


@given(st.text(alphabet="市区县各水利局委和及、，；等（）[]政府 \n", max_size=80))
def test_units_are_words_of_the_list_in_order(text: str) -> None:
    at = 0
    for found in listed_units(squeeze(text)):
        start, end = found.wording.offsets[0], found.wording.offsets[-1]
        assert start >= at
        assert "".join(text[start : end + 1].split()) == found.wording.text
        at = end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水利局 张三、市住建局\n李四光", ["市水利局", "市住建局"]),
        ("市水利局 高新办", ["市水利局", "高新办"]),
        ("市城市布局", []),
    ],
)
def test_a_person_behind_a_unit_is_no_part_of_its_name(text: str, expected: list[str]) -> None:
    assert [name for name in names(text) if looks_like_unit(name)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "各单位每季度末月20日前将进展情况报市水利局，市水利局汇总后报市人民政府。",
        "有关情况及时报市人民政府",
        "每年12月底前将总结上报省水利厅",
    ],
)
def test_a_sentence_that_ends_in_a_unit_is_no_list_of_units(text: str) -> None:
    assert not is_unit_list(text)
