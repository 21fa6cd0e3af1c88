from __future__ import annotations

from lxml import etree

from adapters.documents.making import W
from shuiheng.adapters.documents.docx.words import paragraph_words


def _words(inner: str) -> str:
    return paragraph_words(etree.fromstring(f'<w:p xmlns:w="{W}">{inner}</w:p>')).text


def _run(text: str, shape: str = "") -> str:
    return f"<w:r><w:rPr>{shape}</w:rPr><w:t>{text}</w:t></w:r>"


def test_insertions_are_kept_and_deletions_dropped() -> None:
    change = f"<w:ins>{_run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    assert _words(_run("推进") + change + _run("改造")) == "推进新改造"


def test_hidden_words_are_not_read() -> None:
    assert _words(_run("公开") + _run("隐藏", "<w:vanish/>")) == "公开"


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    parts = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("12")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _words(_run("第") + parts + _run("条")) == "第12条"


def test_a_raised_three_behind_a_metre_is_a_cube() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert _words(_run("万m") + _run("3", raised)) == "万m³"
    assert _words(_run("项目") + _run("3", raised)) == "项目3"


def test_breaks_tabs_symbols_and_hyphens_are_written_out() -> None:
    marks = '<w:tab/><w:noBreakHyphen/><w:softHyphen/><w:sym w:char="F0B7"/>'
    assert _words(f"<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t>{marks}</w:r>") == "甲\n乙 -●"
    assert _words('<w:r><w:br w:type="page"/><w:t>丙</w:t></w:r>') == "丙"


def test_only_the_base_of_a_ruby_is_read() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{_run('shuǐ')}</w:rt><w:rubyBase>{_run('水')}</w:rubyBase></w:ruby></w:r>"
    assert _words(ruby) == "水"


def test_notes_and_boxes_hang_on_the_paragraph() -> None:
    inner = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    inner += "<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>"
    words = paragraph_words(etree.fromstring(f'<w:p xmlns:w="{W}">{inner}</w:p>'))
    assert words.notes == [("footnote", "4")]
    assert len(words.boxes) == 1
