"""The workbook of statistics (统计数据工作簿): one row for a place, fact and year, in order of topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.records.models import WHOLE_YEAR, CollectedUnder, Statistic
from shuiheng.adapters.rulebook.fact_topics import fact_topics
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.workbooks import Column, ColumnForm, Template, Value
from shuiheng.kernel import Severity
from shuiheng.services.indicators.keep_statistic import FIRST_YEAR, LONGEST

PLACE, TOPIC, FACT, MEMBER, YEAR, VALUE, UNIT = "place", "topic", "fact", "member", "year", "value", "unit"
THROUGH = "through"
SOURCE, PAGE, REVISION, ESTIMATED, UNDER = "source", "page", "revision", "estimated", "under"
LAST_YEAR, PLACES, HIGHEST = 2100, 6, Decimal(10) ** 17
UNDERS: Mapping[str, str] = {
    "行政管理": CollectedUnder.ADMINISTRATION,
    "统计调查": CollectedUnder.SURVEY,
    "自愿填报": CollectedUnder.VOLUNTARY,
}
NEEDED = frozenset((PLACE, FACT, YEAR, VALUE))  # a sheet of somebody's own may leave out the other columns
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows a workbook has.

    Args:
        places: Names of the places by key.
        topics: Ids of topics; all when empty.
        years: The years.
    """

    places: Mapping[int, str]
    topics: frozenset[str]
    years: Sequence[int]


def statistics_form(places: Sequence[str]) -> Template:
    """Return the form of statistics of some places (统计数据表).

    Args:
        places: Names of the places of which its sender may tell.
    """
    return Template(
        id="statistics",
        version=2,
        accepts_versions=(1,),
        title="统计数据",
        columns=(*_which(places), *_when(), *_what(), *_whence()),
        notes=(
            "一行填写一个地区一个年份的一项数据；没有数值的行不写入，不得以0代替缺数。",
            "只报当年前几个月累计数的，填截至月份（如9表示1—9月）；全年数留空。",
            "单位可写同类单位（如亿m³），由系统换算；指数以上年为100填写，如103.2。",
            "写入后由另一人确认，确认前不参与计算。",
        ),
        levels=(("workbooks.no_rows", Severity.NOTE),),
        is_reasoned=False,
    )


def fact_names() -> Mapping[str, str]:
    """Return the ids of facts that can be entered, by their Chinese names, in order of topics."""
    facts = indicator_book().facts
    return {facts[fact].names["zh"]: fact for topic in fact_topics() for fact in topic.facts}


def form_rows(wanted: Wanted, standing: Sequence[Statistic]) -> list[Row]:
    """Return the rows of a workbook: what stands, and lines to fill in for what does not."""
    known: dict[tuple[int, str, int], list[Statistic]] = {}
    for row in standing:
        known.setdefault((row.place_id, row.fact, row.year), []).append(row)
    return [
        line
        for key, name in wanted.places.items()
        for topic in fact_topics()
        if not wanted.topics or topic.id in wanted.topics
        for fact in topic.facts
        for year in wanted.years
        for line in _lines(name, topic.names["zh"], fact, year, known.get((key, fact, year), []))
    ]


def _lines(place: str, topic: str, fact: str, year: int, rows: Sequence[Statistic]) -> Iterator[Row]:
    kind = indicator_book().facts[fact]
    told: Row = {
        PLACE: place,
        TOPIC: topic,
        FACT: kind.names["zh"],
        YEAR: year,
        UNIT: kind.unit.names["zh"],
    }
    for row in rows:
        yield {**told, **_told(row)}
    if not rows:
        yield told


def _told(row: Statistic) -> Row:
    under = next(word for word, code in UNDERS.items() if code == row.collected_under)
    return {
        THROUGH: None if row.through_month == WHOLE_YEAR else row.through_month,
        MEMBER: row.member,
        VALUE: row.value.normalize(),
        SOURCE: row.source,
        PAGE: row.page,
        REVISION: row.revision,
        ESTIMATED: row.estimated_share.normalize(),
        UNDER: under,
    }


def _which(places: Sequence[str]) -> Iterator[Column]:
    yield Column(
        key=PLACE, zh="地区", form=ColumnForm.CHOICE, choices=tuple(places), is_required=True, width=12
    )
    yield Column(key=TOPIC, zh="类别", help="仅供查找，不读取。", samples=("用水量", "经济指标"), width=12)
    yield Column(
        key=FACT,
        zh="数据项",
        form=ColumnForm.CHOICE,
        choices=tuple(fact_names()),
        is_required=True,
        samples=("用水总量", "地区生产总值指数（可比价）"),
        width=30,
    )
    yield Column(
        key=MEMBER,
        zh="分类",
        longest=LONGEST["member"],
        help="按分类填报的数据项填分类，如灌区类型；只说城区等一部分的，填“范围口径”中的名称。",
        samples=("", ""),
    )


def _when() -> Iterator[Column]:
    yield Column(
        key=YEAR,
        zh="年份",
        form=ColumnForm.INTEGER,
        lowest=Decimal(FIRST_YEAR),
        highest=Decimal(LAST_YEAR),
        is_required=True,
        samples=(2024, 2024),
        width=8,
    )
    yield Column(
        key=THROUGH,
        zh="截至月份",
        form=ColumnForm.INTEGER,
        lowest=Decimal(1),
        highest=Decimal(WHOLE_YEAR),
        help="年内累计数才填，如9表示1—9月；全年数留空。",
        samples=(None, None),
        width=10,
    )


def _what() -> Iterator[Column]:
    yield Column(
        key=VALUE,
        zh="数值",
        form=ColumnForm.DECIMAL,
        places=PLACES,
        lowest=Decimal(0),
        highest=HIGHEST,
        help="没有数据的留空。",
        samples=(Decimal("3.7"), Decimal("103.2")),
    )
    yield Column(
        key=UNIT,
        zh="单位",
        longest=20,
        help="留空的按该数据项的单位。",
        samples=("亿m³", "上年=100"),
        width=10,
    )


def _whence() -> Iterator[Column]:
    sample = "示例市统计年鉴2025"
    yield Column(
        key=SOURCE,
        zh="来源",
        longest=LONGEST["source"],
        help="文件或年鉴名称。",
        samples=(sample, sample),
        width=26,
    )
    yield Column(key=PAGE, zh="页码或表号", longest=LONGEST["page"], samples=("表1-2", "表2-1"), width=12)
    yield Column(
        key=REVISION,
        zh="修订依据",
        longest=LONGEST["revision"],
        help="数列按普查等修订过的，填依据；同一基准的各年应一致。",
        samples=("", "第五次经济普查"),
    )
    yield Column(
        key=ESTIMATED,
        zh="估算占比",
        form=ColumnForm.PERCENT,
        lowest=Decimal(0),
        highest=Decimal(1),
        places=2,
        samples=(Decimal(0), Decimal(0)),
        width=10,
    )
    yield Column(
        key=UNDER,
        zh="收集依据",
        form=ColumnForm.CHOICE,
        choices=tuple(UNDERS),
        help="统计调查取得的资料只能用于统计；留空为行政管理。",
        samples=("行政管理", "统计调查"),
        width=12,
    )
