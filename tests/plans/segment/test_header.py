"""What a document says of itself is read from its first lines and its signature."""

from __future__ import annotations

from datetime import date

import pytest

from plans.segment.outlines import document_of, outline_of
from shuiheng.plans.model import PlanHeader


def header(*lines: str) -> PlanHeader:
    return outline_of(document_of(*lines, "一、总体要求", "坚持节水优先，2019年1月1日以来成效明显。")).header


def test_a_notice_names_its_plan_and_carries_number_issuers_and_day() -> None:
    found = header(
        "青川市水利局",
        "青川市发展和改革委员会",
        "关于印发《青川市节水行动实施方案》的通知",
        "青水发〔2023〕12号",
        "各县（市、区）人民政府，市级有关部门：",
        "现将《青川市节水行动实施方案》印发给你们，请认真贯彻落实。",
        "青川市水利局 青川市发展和改革委员会",
        "2023年5月6日",
        "青川市节水行动实施方案",
    )
    assert found == PlanHeader(
        title="青川市节水行动实施方案",
        jurisdiction="青川市",
        issued=date(2023, 5, 6),
        number="青水发〔2023〕12号",
        issuers=("青川市水利局", "青川市发展和改革委员会"),
    )


def test_a_title_over_several_lines_is_joined() -> None:
    found = header("关于印发《青川市", "“十四五”节水型社会建设", "规划》的通知", "各有关单位：")
    assert found.title == "青川市“十四五”节水型社会建设规划"


def test_the_name_of_another_plan_in_the_title_stays() -> None:
    assert header("附件", "《青川市节水行动方案》任务分工表").title == "《青川市节水行动方案》任务分工表"


@pytest.mark.parametrize(
    ("lines", "stage"),
    [
        (("青川市节水行动方案", "（征求意见稿）"), "征求意见稿"),
        (("青川市节水行动方案（草案）",), "草案"),
        (("青川市节水奖励办法（试行）",), "试行"),
        (("青川市节水行动方案",), None),
        (("青川市节水行动方案（2021—2023年）",), None),
    ],
)
def test_the_stage_is_read_beside_the_title(lines: tuple[str, ...], stage: str | None) -> None:
    found = header(*lines)
    assert found.stage == stage
    assert "稿" not in found.title
    assert found.title.startswith("青川市节水")


def test_a_date_in_the_text_is_no_day_of_issue() -> None:
    assert header("青川市节水行动方案", "根据2020年3月5日市政府会议精神，制定本方案。").issued is None


def test_a_day_in_numerals_is_read() -> None:
    assert header(
        "青川市节水行动方案", "各单位：", "请执行。", "青川市人民政府", "二〇二二年五月六日"
    ).issued == date(2022, 5, 6)


def test_a_signature_at_the_end_is_read() -> None:
    document = document_of(
        "青川市人民政府办公室关于加强节约用水工作的意见",
        "（青政办发〔2022〕7号）",
        "各县人民政府：",
        "一、总体要求",
        "坚持节水优先。",
        "青川市人民政府办公室",
        "2022年8月1日",
        "（此件公开发布）",
    )
    found = outline_of(document).header
    assert (found.title, found.number) == (
        "青川市人民政府办公室关于加强节约用水工作的意见",
        "青政办发〔2022〕7号",
    )
    assert (found.issued, found.issuers) == (date(2022, 8, 1), ("青川市人民政府办公室",))


def test_a_number_that_is_only_cited_is_not_the_documents_own() -> None:
    assert (
        header("青川市节水行动方案", "根据《省节水行动方案》（省水发〔2020〕3号）精神，制定本方案。").number
        is None
    )


def test_the_issuer_at_the_front_of_a_title_is_known() -> None:
    assert header("青川市人民政府办公室关于印发青川市节水行动方案的通知").issuers == ("青川市人民政府办公室",)


def test_a_document_without_a_title_line_still_has_words_for_one() -> None:
    assert header("节水工作任务").title == "节水工作任务"


def test_an_empty_document_has_an_empty_title() -> None:
    assert outline_of(document_of()).header == PlanHeader(title="")


def test_issuers_named_before_a_count_of_departments_are_kept() -> None:
    found = header("国家发展改革委 水利部等17部门关于印发《节水实施方案》的通知")
    assert found.issuers == ("国家发展改革委", "水利部")
    above = header("国家发展改革委 水利部", "住房城乡建设部等9部门", "关于印发青川市节水实施方案的通知")
    assert above.issuers == ("国家发展改革委", "水利部", "住房城乡建设部")
    assert above.title == "青川市节水实施方案"


def test_a_signature_before_a_long_annex_is_read() -> None:
    members = [f"成员：第{number}名 市水利局副局长" for number in range(40)]
    found = header("青川市节水行动实施方案")
    assert found.issued is None
    lines = ("青川市人民政府办公室", "2022年5月31日", "附件：领导小组成员名单", *members)
    found = outline_of(document_of("青川市节水行动实施方案", "一、要求", "坚持节水优先。", *lines)).header
    assert (found.issued, found.issuers) == (date(2022, 5, 31), ("青川市人民政府办公室",))
