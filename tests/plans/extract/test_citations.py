"""Cited laws, standards and notices."""

from __future__ import annotations

import pytest

from plans.builders import document_of
from shuiheng.plans.extract import cited_sources

CITED = [
    ("按照《节水管理办法》执行。", [("节水管理办法", None)]),
    ("按照《节水管理办法》（清政〔2021〕12号）执行。", [("节水管理办法", "清政〔2021〕12号")]),
    ("按《用水审计通则》（GB/T33231-2016）开展。", [("用水审计通则", "GB/T33231-2016")]),
    (
        "执行GB/T12345-2019和SL 200-2013。",
        [("GB/T12345-2019", "GB/T12345-2019"), ("SL200-2013", "SL200-2013")],
    ),
    ("根据清政办发〔2020〕7号文件要求。", [("清政办发〔2020〕7号", "清政办发〔2020〕7号")]),
    ("《关于印发<节水条例>的通知》（清水〔2019〕3号）。", [("关于印发<节水条例>的通知", "清水〔2019〕3号")]),
    ("按照《甲办法》《乙办法》和《甲办法》执行。", [("甲办法", None), ("乙办法", None)]),
    ("执行DB33/T 2034-2017。", [("DB33/T2034-2017", "DB33/T2034-2017")]),
    ("执行《节水办法》（试行）。", [("节水办法", None)]),
]
MADE = [
    "编制《节水规划》。",
    "制定《节水办法》，并实施。",
    "完成《用水规划》编制。",
    "现将《清水市节水方案》印发给你们。",
    "全市共200-300家。",
]


@pytest.mark.parametrize(("text", "wanted"), CITED)
def test_a_citation_has_title_and_number(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(source.title, source.number) for source in cited_sources(document_of(text))] == wanted


@pytest.mark.parametrize("text", MADE)
def test_what_the_plan_will_write_is_not_cited(text: str) -> None:
    assert cited_sources(document_of(text)) == ()


def test_the_own_title_is_not_cited() -> None:
    document = document_of("根据《清水市节水方案》和《节水条例》要求。")
    assert [s.title for s in cited_sources(document, own_title="清水市节水方案")] == ["节水条例"]


def test_the_span_holds_the_words() -> None:
    document = document_of("按照《节水\n管理办法》执行。")
    (source,) = cited_sources(document)
    assert "".join(document.words(source.span).split()) == "《节水管理办法》"
