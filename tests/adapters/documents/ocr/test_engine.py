from __future__ import annotations

import math

import pytest

from shuiheng.adapters.documents.ocr import engine


class _Found:
    """An answer as the engine gives it: boxes that rise by two degrees, words, scores."""

    def __init__(self, words: list[str]) -> None:
        rise = math.tan(math.radians(2))
        self.boxes = [
            [
                (100, 100 + 40 * row),
                (500, 100 + 40 * row + 400 * rise),
                (500, 130 + 40 * row + 400 * rise),
                (100, 130 + 40 * row),
            ]
            for row, _ in enumerate(words)
        ]
        self.txts, self.scores = words, [0.9] * len(words)


class _Picture:
    shape = (800, 600, 3)


def test_lines_of_a_page_that_lies_askew_are_turned_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engine", lambda: lambda picture: _Found(["推进改造", "开展检查"]))
    found = engine.recognised(_Picture(), page=3, scale=0.5)
    assert found.angle == pytest.approx(2, abs=0.01)
    assert [line.text for line in found.lines] == ["推进改造", "开展检查"]
    first, second = found.lines
    assert first.bottom - first.top == pytest.approx(15, abs=0.5)
    assert second.top - first.top == pytest.approx(20, abs=0.5)
    assert (first.page, first.confidence) == (3, 0.9)


def test_a_page_without_words_has_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = _Found([])
    empty.boxes = None  # type: ignore[assignment]  # so the engine says that it found nothing
    monkeypatch.setattr(engine, "engine", lambda: lambda picture: empty)
    assert engine.recognised(_Picture(), page=1, scale=1).lines == []
