"""Units get their full names and their place in the dictionary of organisations."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

from places import PACKAGE
from shuiheng.kernel import Span
from shuiheng.plans.knowledge import OrganisationTerm, PlanKnowledge
from shuiheng.plans.model import UnitMention, UnitRole
from shuiheng.plans.passage import Passage, PassageRole
from shuiheng.plans.resolve.units import index_of, organisation_of, with_organisations
from shuiheng.plans.wording import EMPTY_WORDING


@cache
def dictionary() -> PlanKnowledge:
    entries = yaml.safe_load((PACKAGE / "rulebook" / "organisations.yaml").read_text("utf-8"))
    return PlanKnowledge(
        organisations=tuple(
            OrganisationTerm(id=entry["id"], name=entry["name"], aliases=tuple(entry["aliases"]))
            for entry in entries["organisations"]
        )
    )


def full_names(*names: str) -> list[str | None]:
    units = tuple(UnitMention(name=name, role=UnitRole.LEAD, span=Span(0, len(name))) for name in names)
    passage = Passage(role=PassageRole.TASK, wording=EMPTY_WORDING, units=units)
    return [unit.full_name for unit in with_organisations((passage,), dictionary())[0].units]


def organisation(name: str) -> str | None:
    return organisation_of(name, index_of(dictionary().organisations))[0]


def test_a_level_stands_for_the_units_that_follow_it() -> None:
    assert full_names("市发展改革委", "商务局", "水利局") == ["市发展改革委", "市商务局", "市水利局"]


def test_a_city_stands_for_the_units_that_follow_it() -> None:
    assert full_names("青川市教育局", "财政局") == ["青川市教育局", "青川市财政局"]


def test_a_new_prefix_replaces_the_one_before() -> None:
    assert full_names("省水利厅", "市水利局", "财政局") == ["省水利厅", "市水利局", "市财政局"]


def test_a_name_that_only_starts_with_the_character_of_a_level_is_prefixed() -> None:
    assert full_names("市水利局", "市场监管局", "市政园林局")[1:] == ["市市场监管局", "市市政园林局"]


def test_a_unit_before_any_prefix_has_no_full_name() -> None:
    assert full_names("水利局", "财政局") == [None, None]


def test_the_only_prefix_stands_for_the_units_before_it_as_well() -> None:
    names = ["民政厅", "省水利厅", "市（州）人民政府", "财政厅"]
    whole = {
        "民政厅": "省民政厅",
        "省水利厅": "省水利厅",
        "财政厅": "省财政厅",
        "市（州）人民政府": "市（州）人民政府",
    }
    for order in (names, names[::-1], [*names[2:], *names[:2]]):
        assert full_names(*order) == [whole[name] for name in order]


def test_a_unit_before_two_prefixes_is_not_guessed() -> None:
    assert full_names("教育局", "市水利局", "区财政局")[0] is None


def test_a_unit_without_prefix_takes_its_only_full_name_in_the_document() -> None:
    lists = (("省水利厅", "民政厅"), ("民政厅", "财政厅"))
    passages = tuple(
        Passage(
            role=PassageRole.TASK,
            wording=EMPTY_WORDING,
            units=tuple(UnitMention(name=name, role=UnitRole.LEAD, span=Span(0, 1)) for name in names),
        )
        for names in lists
    )
    found = with_organisations(passages, dictionary())
    assert [unit.full_name for unit in found[1].units] == ["省民政厅", None]


def test_a_place_is_not_put_before_units_that_it_cannot_have() -> None:
    assert full_names("市水利局", "生态环境部", "财政厅", "市委宣传部", "组织部")[1:] == [
        None,
        None,
        "市委宣传部",
        "市委组织部",
    ]


def test_short_and_long_names_of_one_kind_of_unit_are_one_organisation() -> None:
    names = ["市机管局", "市、区机管局", "省机关事务管理局", "机关事务管理局", "州机关事务服务中心"]
    assert {organisation(name) for name in names} == {"institutions_affairs"}


@pytest.mark.parametrize(
    "name", ["各区人民政府", "人行青川中心支行", "团市委", "东山银保监分局", "有关部门", "东山海关"]
)
def test_names_with_a_place_or_a_whole_of_their_own_take_no_prefix(name: str) -> None:
    assert full_names("市水利局", name)[1] == name


def test_departments_of_the_party_share_the_committee() -> None:
    assert full_names("市委组织部", "宣传部", "水利局") == ["市委组织部", "市委宣传部", "市水利局"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("市水务局", "water_resources"),
        ("水利厅", "water_resources"),
        ("水利部", "water_resources"),
        ("区经济信息委", "industry_information"),
        ("工信局", "industry_information"),
        ("住房城乡建设部", "housing_construction"),
        ("市教委", "education"),
        ("市自然资源规划局", "natural_resources"),
        ("青川市规划和自然资源局", "natural_resources"),
        ("市市场监管局", "market_supervision"),
        ("区水利局[直接取水企业]", "water_resources"),
        ("东山生态环境局青川分局", "ecology_environment"),
        ("省发展改革委（能源局）", "development_reform"),
        ("市、区机管局", "institutions_affairs"),
        ("市委宣传部", "party_publicity"),
        ("人行青川中心支行", "central_bank"),
        ("市妇联", "womens_federation"),
        ("市残联", "disabled_federation"),
        ("青川海事局", "maritime_safety"),
    ],
)
def test_a_name_of_any_level_and_year_is_found(name: str, key: str) -> None:
    assert organisation(name) == key


@pytest.mark.parametrize("name", ["各有关单位", "相关企业", "执法处", "水务处", "节约用水科", "武陵区", ""])
def test_a_name_that_is_no_kind_of_unit_is_not_guessed(name: str) -> None:
    assert organisation(name) is None


def test_a_name_of_the_dictionary_scores_more_than_one_that_is_only_alike() -> None:
    index = index_of(dictionary().organisations)
    exact = organisation_of("市水利局", index)
    alike = organisation_of("市生态环境保护委员会", index)
    assert exact == ("water_resources", 1.0)
    assert alike[0] == "ecology_environment"
    assert 0.6 <= alike[1] < 0.9


def test_no_name_stands_under_two_organisations() -> None:
    seen: dict[str, str] = {}
    for term in dictionary().organisations:
        for name in (term.name, *term.aliases):
            assert seen.setdefault(name, term.id) == term.id, name


def test_without_a_dictionary_names_stay_and_nothing_is_matched() -> None:
    unit = UnitMention(name="市水利局", role=UnitRole.LEAD, span=Span(0, 4))
    passage = Passage(role=PassageRole.TASK, wording=EMPTY_WORDING, units=(unit,))
    resolved = with_organisations((passage,), PlanKnowledge())[0].units[0]
    assert (resolved.name, resolved.full_name, resolved.organisation, resolved.score) == (
        "市水利局",
        "市水利局",
        None,
        0.0,
    )
