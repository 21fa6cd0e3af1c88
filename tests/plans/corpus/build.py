"""Print the held-out plans and their labels: `python -m tests.plans.corpus.build [--check]`.

The plans of `sources/` are of places that do not exist; each is written in a manner of its own, and
its labels were made by hand from the conventions before the compiler was run on it. They were mended
afterwards only where they broke a convention; each decision that the conventions leave open stands in
the plan's notes. The printed plans are committed, so that the tests need neither this script nor
LibreOffice. `--check` writes nothing and names what is not what its source makes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from demo.labelled import Labels, check_quotes, split_units, squeezed
from demo.paper import Box, Element, Grid, Line, as_html, as_text, merged_grid, store, write_docx, write_pdf

FOLDER = Path(__file__).parent
ENUMERATOR = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[章节条]\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])"
)
LEVELS = ((r"第.+章|[一二三四五六七八九十]+、", 1), (r"第.+节|（[一二三四五六七八九十]+）", 2), (r"\d", 3))
Json = dict[str, Any]


class Printer:
    """Goes through one source and collects the elements to print, the tasks and their labels."""

    def __init__(self, source: Json) -> None:
        self.source = source
        self.labels = Labels(source["code"])
        self.elements: list[Element] = []
        self.tasks: list[Json] = []
        self.headings: list[tuple[int, str]] = []
        self.later: list[tuple[Json, list[str]]] = []

    def run(self) -> Json:
        """Read the body; general labels are numbered first, those of tasks after them."""
        for item in self.source["body"]:
            self._add(item)
        for task, lines in self.later:
            task["targets"] = self.labels.add(lines, task["id"])
        source = self.source
        return {
            "document": f"{source['file']}.txt",
            "notes": source["notes"],
            "title": source["title"],
            "jurisdiction": source["jurisdiction"],
            "issued": source["issued"],
            "stage": source["stage"],
            "tasks": self.tasks,
            "targets": self.labels.targets,
            "duties": self.labels.duties,
            "thresholds": self.labels.thresholds,
        }

    def _add(self, item: Json) -> None:
        for kind in ("title", "right", "left"):
            if kind in item:
                self.elements.append(Line(item[kind], kind=kind))
        if "p" in item:
            self.elements.append(Line(item["p"]))
            self.labels.add(item.get("labels", []))
        elif "h" in item:
            self._heading(item["h"])
        elif "t" in item:
            self._prose_task(item)
        elif "table" in item:
            self._task_table(item["table"])
        elif "figures" in item:
            table = item["figures"]
            self.elements.append(_plain_grid(table["header"], table["rows"]))
            first = len(self.labels.targets)
            self.labels.add(table["labels"])
            self.labels.quote_rows(table["rows"], first)
        elif "district" in item:
            self._district_table(item["district"])

    def _heading(self, text: str) -> None:
        level = next(level for pattern, level in LEVELS if re.match(pattern, text))
        self.headings = [h for h in self.headings if h[0] < level] + [(level, ENUMERATOR.sub("", text))]
        self.elements.append(Line(text, level=level))

    def _task(self, *, path: list[str], text: str, lead: str, join: str, lines: list[str]) -> None:
        task: Json = {
            "id": f"{self.source['code']}-{len(self.tasks) + 1:03d}",
            "path": [squeezed(step) for step in path],
            "text": squeezed(text),
            "lead": split_units(lead),
            "participants": split_units(join),
            "targets": [],
        }
        self.tasks.append(task)
        self.later.append((task, lines))

    def _prose_task(self, item: Json) -> None:
        texts = item["t"] if isinstance(item["t"], list) else [item["t"]]
        printed = list(texts)
        printed[0] = item.get("n", "") + printed[0]
        printed[-1] += item.get("r", "")
        if item.get("on"):
            before = self.elements.pop()
            if not isinstance(before, Line):
                raise ValueError("a task can only continue a paragraph")
            printed[0] = before.text + printed[0]
        self.elements += [Line(line) for line in [*printed, *item.get("lines", [])]]
        path = [heading for _, heading in self.headings]
        lines = item.get("labels", [])
        self._task(path=path, text="".join(texts), lead=item["lead"], join=item["join"], lines=lines)

    def _task_table(self, table: Json) -> None:
        header, roles = table["header"], table["roles"]
        rows: list[list[str | None]] = []
        spans: dict[int, str] = {}
        category, full = "", [""] * len(roles)
        for row in table["rows"]:
            if "span" in row:
                category = ENUMERATOR.sub("", row["span"])
                spans[len(rows)] = row["span"]
                rows.append([row["span"], *[""] * (len(header) - 1)])
                continue
            cells = row["c"]
            rows.append([None if cell == "^" else cell for cell in cells])
            full = [old if cell == "^" else cell for old, cell in zip(full, cells, strict=True)]
            part = {role: [c for c, r in zip(full, roles, strict=True) if r == role] for role in set(roles)}
            path = [step for step in [category, *part["path"]] if step]
            self._task(
                path=path,
                text="".join(part["text"]),
                lead=part["lead"][0],
                join=part["join"][0],
                lines=row.get("labels", []),
            )
        grid = merged_grid(header, rows)
        for at, text in spans.items():
            grid.rows[at + 1] = [Box(text, columns=len(header))]
        self.elements.append(grid)

    def _district_table(self, table: Json) -> None:
        self.elements.append(_plain_grid(table["header"], table["rows"]))
        places = [row[0] for row in table["rows"]]
        for column, line in enumerate(table["labels"], 1):
            first = len(self.labels.targets)
            self.labels.add_district_row("G " + line, places, [row[column] for row in table["rows"]])
            for target in self.labels.targets[first:]:
                target["quote"] = target["scope"] or "合计"
            self.labels.quote_rows(table["rows"], first)


def _plain_grid(header: list[str], rows: list[list[str]]) -> Grid:
    return Grid([[Box(cell) for cell in row] for row in [header, *rows]])


def print_plan(path: Path, *, is_check: bool) -> tuple[Json, list[str]]:
    """Print one plan in its forms and write its labels; return the labels and, on a check, what is stale."""
    source = yaml.safe_load(path.read_text("utf-8"))
    source["file"] = path.stem
    printer = Printer(source)
    gold = printer.run()
    text = as_text(printer.elements, source.get("manner", "cells"))
    faults = check_quotes(gold, text)
    if faults:
        raise SystemExit("\n".join([path.name, *faults]))
    contents: dict[str, str | bytes] = {"json": json.dumps(gold, ensure_ascii=False, indent=1) + "\n"}
    for form in source["prints"]:
        out = FOLDER / f"{path.stem}.{form}"
        if form in {"txt", "text"}:  # .text: not in UTF-8
            contents[form] = text.encode(source.get("encoding", "utf-8"))
        elif form == "html":
            contents[form] = as_html(printer.elements, source["title"])
        elif not is_check:
            (write_docx if form == "docx" else write_pdf)(printer.elements, out)
    made = [(FOLDER / f"{path.stem}.{form}", content) for form, content in contents.items()]
    return gold, [name for out, content in made for name in store(out, content, is_check=is_check)]


def main(*, is_check: bool) -> None:
    """Print every plan of the corpus, or check what is there."""
    total: dict[str, int] = {}
    stale: list[str] = []
    for path in sorted((FOLDER / "sources").glob("*.yaml")):
        gold, old = print_plan(path, is_check=is_check)
        stale += old
        for name in ("tasks", "targets", "duties", "thresholds"):
            total[name] = total.get(name, 0) + len(gold[name])
    if stale:
        raise SystemExit(f"not what their sources make: {', '.join(stale)}")
    print(total)


if __name__ == "__main__":
    main(is_check="--check" in sys.argv)
