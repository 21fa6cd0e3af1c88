"""Shares in brackets and behind 其中."""

from __future__ import annotations

import pytest

from plans.extract.reading import figures, read

SHARES = [
    (
        "到2025年，建成节水教育基地7座（省级不少于3座）。",
        ["count =7座 节水教育基地 >2025", "count >=3座 省级节水教育基地 >2025"],
    ),
    (
        "2022年，青山县完成节水型企业6家（其中省级4家、市级2家）。",
        [
            "count =6家 节水型企业 @青山县 >2022",
            "count =4家 省级节水型企业 @青山县 >2022",
            "count =2家 市级节水型企业 @青山县 >2022",
        ],
    ),
    (
        "2022年，完成节水型企业20家，其中省级13家。",
        ["count =20家 节水型企业 >2022", "count =13家 省级节水型企业 >2022"],
    ),
    ("2022年，完成节水型企业2家（省级）。", ["count =2家 节水型企业（省级） >2022"]),
    (
        "2022年，建成节水型载体10个（其中灌区2个、学校5个）。",
        ["count =10个 节水型载体 >2022", "count =2个 灌区 >2022", "count =5个 学校 >2022"],
    ),
    (
        "到2025年，绿色出行率达到60%以上，其中公共交通分担率达到20%以上。",
        ["level >=60% 绿色出行率 >2025", "level >=20% 公共交通分担率 >2025"],
    ),
    ("2022年，完成节水型企业8家（含复核的企业）。", ["count =8家 节水型企业 >2022"]),
]


@pytest.mark.parametrize(("text", "wanted"), SHARES)
def test_a_share_is_a_target_of_its_own(text: str, wanted: list[str]) -> None:
    assert figures(text) == wanted


def test_a_share_names_the_total_that_it_is_part_of() -> None:
    total, share = read("到2025年，建成教育基地7座（省级3座）。").targets
    assert share.part_of == total.id
    assert total.part_of is None


def test_the_quote_of_a_total_leaves_its_shares_out() -> None:
    total, share = read("到2025年，建成教育基地7座（省级3座）。").targets
    assert total.quote == "建成教育基地7座"
    assert share.quote == "建成教育基地7座（省级3座）"


def test_a_region_in_a_bracket_is_the_scope_of_its_share() -> None:
    total, share = read("到2025年，改造供水站85处（其中北部山区52处）。").targets
    assert (share.metric, share.scope, share.value) == (total.metric, "北部山区", 52)
