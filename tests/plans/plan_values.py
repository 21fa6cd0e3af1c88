"""Hypothesis strategies for plans and documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans import (
    Alternative,
    Block,
    BlockKind,
    Cell,
    CitedSource,
    Convention,
    DueRule,
    Duty,
    Heading,
    IndicatorMatch,
    MergeEvidence,
    Operator,
    Plan,
    PlanHeader,
    SourceDocument,
    Target,
    TargetKind,
    Task,
    Threshold,
    UnitMention,
    UnitRole,
    UnitRule,
)

words = st.text(max_size=8)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
pages = st.none() | st.integers(1, 300)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
numbers = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 1000)
shares = st.integers(0, 1000).map(lambda n: n / 1000)
alternatives = st.lists(st.builds(Alternative, field=words, value=words, reason=words), max_size=2).map(tuple)
names = st.lists(words, max_size=3).map(tuple)
units = st.builds(
    UnitMention,
    name=words,
    role=st.sampled_from(UnitRole),
    span=spans,
    full_name=st.none() | words,
    score=shares,
)
tasks = st.builds(
    Task,
    id=words,
    path=st.lists(st.builds(Heading, text=words, span=spans), max_size=3).map(tuple),
    text=words,
    span=spans,
    page=pages,
    units=st.lists(units, max_size=3).map(tuple),
    rule=st.sampled_from(UnitRule),
    due=st.none() | days,
    targets=names,
    confidence=shares,
    alternatives=alternatives,
)
targets = st.builds(
    Target,
    id=words,
    task=st.none() | words,
    quote=words,
    span=spans,
    metric=words,
    kind=st.sampled_from(TargetKind),
    op=st.sampled_from(Operator),
    value=st.none() | numbers,
    deadline=st.none() | days,
    cumulative=st.none() | st.booleans(),
    stretch=st.none() | st.tuples(st.sampled_from(Operator), numbers),
    indicator=st.none() | st.builds(IndicatorMatch, id=words, score=shares),
    confidence=shares,
    alternatives=alternatives,
)
duties = st.builds(
    Duty,
    id=words,
    task=st.none() | words,
    quote=words,
    span=spans,
    what=words,
    frequency=words,
    due_rule=st.none()
    | st.builds(DueRule, months_after=st.integers(0, 12), day=st.integers(0, 31), is_workday=st.booleans()),
    by=names,
    to=names,
    confidence=shares,
)
thresholds = st.builds(
    Threshold,
    id=words,
    task=st.none() | words,
    quote=words,
    span=spans,
    applies_to=words,
    quantity=words,
    op=st.sampled_from(Operator),
    value=numbers,
    unit=words,
    effect=words,
    confidence=shares,
)
findings = st.builds(
    Finding,
    code=words,
    severity=st.sampled_from(Severity),
    subject=words,
    span=st.none() | spans,
    page=pages,
    evidence=words,
    values=st.dictionaries(words, words, max_size=2).map(lambda pairs: tuple(pairs.items())),
)
plans = st.builds(
    Plan,
    document=words,
    header=st.builds(PlanHeader, title=words, issued=st.none() | days, issuers=names),
    tasks=st.lists(tasks, max_size=2).map(tuple),
    targets=st.lists(targets, max_size=2).map(tuple),
    duties=st.lists(duties, max_size=2).map(tuple),
    thresholds=st.lists(thresholds, max_size=2).map(tuple),
    sources=st.lists(
        st.builds(CitedSource, title=words, number=st.none() | words, span=spans), max_size=2
    ).map(tuple),
    conventions=st.lists(
        st.builds(Convention, code=words, quote=words, span=spans, units=names), max_size=1
    ).map(tuple),
    mentions=st.lists(targets, max_size=1).map(tuple),
    findings=st.lists(findings, max_size=2).map(tuple),
)
cells = st.builds(
    Cell,
    row=st.integers(0, 9),
    column=st.integers(0, 9),
    row_span=st.integers(1, 3),
    column_span=st.integers(1, 3),
    span=spans,
    page=pages,
    is_header=st.booleans(),
    merge=st.sampled_from(MergeEvidence),
    confidence=shares,
)
blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    span=spans,
    page=pages,
    level=st.none() | st.integers(1, 9),
    cells=st.lists(cells, max_size=3).map(tuple),
    row_count=st.integers(0, 9),
    column_count=st.integers(0, 9),
    confidence=shares,
)
documents = st.builds(
    SourceDocument,
    name=words,
    media_type=words,
    text=words,
    blocks=st.lists(blocks, max_size=3).map(tuple),
    page_count=pages,
    reader=words,
    findings=st.lists(findings, max_size=2).map(tuple),
    page_starts=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), max_size=3).map(tuple),
)
