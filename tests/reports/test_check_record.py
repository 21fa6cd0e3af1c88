"""The record of a check names both sides and leaves room for their signatures."""

from __future__ import annotations

from dataclasses import replace

from shuiheng.reports.check_record import CheckedObject, check_record
from shuiheng.reports.signing import Signing

FACTS = CheckedObject(
    subject="甲厂",
    items=("取水计量（某条例第五条）",),
    time="2026-03-02 09:00 至 2026-03-02 10:00",
    team=(("韩一", "执001"), ("朱二", "执002")),
    present="王工",
    is_certificate_shown=True,
    result="发现问题",
    summary="二号口没有装表",
    answers=(("是否装表", "否", "二号口"),),
    files=(),
    signatures=("韩一已签字。",),
)
SIGNING = Signing(place="青禾市", signer="青禾市节水办")


def test_a_record_names_object_team_and_result() -> None:
    report = check_record(FACTS, SIGNING)
    text = "\n".join(each.text for each in report.opening)
    for words in ("甲厂", "韩一（执法证件号执001）", "王工", "发现问题", "韩一已签字", "签名"):
        assert words in text
    assert [each.title for each in report.annexes] == ["检查内容"]
    assert report.annexes[0].tables[0].rows == (("1", "是否装表", "否", "二号口"),)


def test_an_empty_record_asks_for_the_certificates_and_lists_no_files() -> None:
    empty = replace(FACTS, time="", present="", is_certificate_shown=False, result="", summary="")
    text = "\n".join(each.text for each in check_record(empty, SIGNING).opening)
    assert "□已出示" in text and "王工" not in text
    with_files = replace(FACTS, files=(("照片", "未审核", "ab" * 32),))
    assert check_record(with_files, SIGNING).annexes[1].title == "证据材料"
