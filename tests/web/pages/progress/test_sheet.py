"""The list of reports as a table."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Event
from shuiheng.adapters.records.queries_progress import ProgressFilter
from shuiheng.services.file_progress import file_progress
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.progress.sheet import filter_words
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db


def test_the_table_holds_what_the_filter_shows_and_says_so() -> None:
    city = make_reporting()
    file_progress(city.clerk, city.save(text="=完成两处", values={city.target.pk: 2}).pk)
    client = browser(city.officer)
    answer = client.get("/progress/export.xlsx", {"unit": city.bureau.pk, "state": "filed"})
    assert "_进展清单_2026年上半年_" in unquote(answer.headers["Content-Disposition"])
    book = load_workbook(io.BytesIO(answer.content))
    row = next(iter(book.worksheets[0].iter_rows(min_row=2)))
    assert [row[at].value for at in (0, 3, 4, 6, 7)] == [
        "2026年上半年",
        "推进灌区改造",
        "市水利局",
        "=完成两处",
        "灌区改造数量 2 处",
    ]
    assert row[6].data_type == "s"
    notes = [each[0].value for each in book.worksheets[1].iter_rows()]
    assert any("报送期 2026年上半年；状态 " in note and "单位 市水利局" in note for note in notes)
    assert Event.objects.get(action="table.exported").subject == "progress"
    assert client.get("/progress/export.exe").status_code == 404


def test_a_filter_is_said_in_words() -> None:
    city = make_reporting()
    seen = sight(city.officer, Action.PROGRESS_LOOK)
    assert filter_words(seen, ProgressFilter()) == "全部"
    assert filter_words(seen, ProgressFilter(words="渠道")) == "文字 渠道"
