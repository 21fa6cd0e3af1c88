"""Build the demo city's plan from its source: `python -m demo.build [--check]`.

Writes the plan as .docx, .pdf and .txt, the older draft as .docx, the hand-made labels as
gold.json and the list of mechanisms as README.md. The built files are committed, so that the
program needs neither this script nor LibreOffice. `--check` writes nothing and names the texts
that are not what the source makes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from demo.labelled import Labels, check_quotes, split_units, squeezed
from demo.paper import Box, Break, Element, Grid, Line, as_text, merged_grid, store, write_docx, write_pdf

FOLDER = Path(__file__).parent / "plans"
NAME = "shili_water_saving_plan"
MECHANISM_COUNT = 121
Json = dict[str, Any]


def main(*, is_check: bool) -> None:
    """Build everything, or check what is there."""
    source = yaml.safe_load((FOLDER / "source.yaml").read_text("utf-8"))
    elements = plan_elements(source, title=source["title"], rows=source["rows"], is_draft=False)
    text = as_text(elements)
    gold = gold_labels(source)
    faults = check_quotes(gold, text)
    missing = set(range(1, MECHANISM_COUNT + 1)) - {n for row in source["rows"] for n in row["mechanisms"]}
    if faults or missing:
        raise SystemExit("\n".join([*faults, f"mechanisms without a clause: {sorted(missing)}"]))
    texts = {
        f"{NAME}.txt": text,
        "gold.json": json.dumps(gold, ensure_ascii=False, indent=1) + "\n",
        "README.md": readme(source, gold),
    }
    stale = [name for file, t in texts.items() for name in store(FOLDER / file, t, is_check=is_check)]
    if stale:
        raise SystemExit(f"not what the source makes: {', '.join(stale)}")
    if is_check:
        return
    write_docx(elements, FOLDER / f"{NAME}.docx", footer=source["disclaimer"])
    write_pdf(elements, FOLDER / f"{NAME}.pdf", footer=source["disclaimer"])
    write_docx(draft_elements(source), FOLDER / f"{NAME}_draft.docx", footer=source["disclaimer"])
    print({name: len(gold[name]) for name in ("tasks", "targets", "duties", "thresholds")})


def plan_elements(source: Json, *, title: str, rows: list[Json], is_draft: bool) -> list[Element]:
    """Return the document: notice, body and the three annexes."""
    elements: list[Element] = []
    if not is_draft:
        elements += [Line(text, kind="title") for text in source["letterhead"][:3]]
        elements += [Line(source["letterhead"][3], kind="right"), Line(source["addressees"], kind="left")]
        elements += [Line(text) for text in source["notice"]]
        elements += [Line(source["signatures"], kind="right"), Line(source["signed"], kind="right"), Break()]
    elements += [Line(title, kind="title"), Line(source["disclaimer"])]
    elements += [Line(text) for text in source["preamble"]]
    for section in source["sections"]:
        elements.append(Line(section["heading"], level=1))
        elements += [Line(text) for text in section.get("paragraphs", [])]
        for item in section.get("items", []):
            elements.append(Line(item["heading"], level=2))
            elements += [Line(text) for text in item["paragraphs"]]
    elements += [Break(is_landscape=True), Line(source["annex_title"], kind="left")]
    elements += [Line(source["table_title"], kind="title"), duty_grid(rows), Line(source["closing_note"])]
    return elements + annex_tables(source)


def duty_grid(rows: list[Json]) -> Grid:
    """Return the responsibility table with its merged cells."""
    lines: list[list[str | None]] = []
    for at, row in enumerate(rows, 1):
        group, item = row.get("group"), row["item"]
        cells = [group, None if item == "^" and group is None else item, row["text"]]
        units = [None if row[part] == "^" else row[part] for part in ("lead", "join")]
        lines.append([str(at), *cells, *units])
    header = ["序号", "行动类别", "重点任务", "工作内容", "牵头单位", "参与单位"]
    return merged_grid(header, lines, widths=[1.2, 2.2, 3, 10.5, 3, 4.5])


def annex_tables(source: Json) -> list[Element]:
    """Return the indicator table and the district table."""
    indicators, districts = source["indicators"], source["districts"]
    elements: list[Element] = [
        Line(indicators["title"], kind="left"),
        Line(indicators["caption"], kind="title"),
    ]
    rows = [[Box(str(at)), *(Box(text) for text in row)] for at, row in enumerate(indicators["rows"], 1)]
    elements.append(
        Grid([[Box(name) for name in indicators["columns"]], *rows], widths=[1.5, 8, 3, 3, 3, 3, 2.9])
    )
    elements += [Line(districts["title"], kind="left"), Line(districts["caption"], kind="title")]
    widths = [4.2, *[2.2] * 9]
    head = [[Box(name) for name in districts["columns"]]]
    elements.append(
        Grid([*head, *([Box(str(cell)) for cell in row] for row in districts["rows"])], widths=widths)
    )
    return elements


def draft_elements(source: Json) -> list[Element]:
    """Return the older draft: two tasks fewer and some other values."""
    draft = source["draft"]
    rows = [dict(row) for at, row in enumerate(source["rows"], 1) if at not in draft["omit"]]
    for old, new in draft["replace"]:
        changed = [row for row in rows if old in row["text"]]
        if not changed:
            raise SystemExit(f"the draft replaces words that no row has: {old}")
        for row in changed:
            row["text"] = row["text"].replace(old, new)
    return plan_elements(source, title=draft["title"], rows=rows, is_draft=True)


def gold_labels(source: Json) -> Json:
    """Return the labels in the gold format."""
    labels = Labels(source["code"])
    for section in source["sections"]:
        labels.add(section.get("labels", []))
    first = len(labels.targets)
    labels.add(source["indicators"]["labels"])
    labels.quote_rows(source["indicators"]["rows"], first)
    districts = source["districts"]
    for line, row in zip(districts["labels"], districts["rows"], strict=True):
        first, cells = len(labels.targets), [str(cell) for cell in row]
        labels.add_district_row(line, districts["columns"][2:], cells[2:])
        labels.quote_rows([cells], first)
    return {
        "document": f"{NAME}.txt",
        "title": source["title"],
        "jurisdiction": source["jurisdiction"],
        "issued": source["issued"],
        "stage": None,
        "tasks": gold_tasks(source, labels),
        "targets": labels.targets,
        "duties": labels.duties,
        "thresholds": labels.thresholds,
    }


def gold_tasks(source: Json, labels: Labels) -> list[Json]:
    """Return the rows as tasks, merged cells carried as the convention says."""
    tasks: list[Json] = []
    group, item, lead, join = "", "", "", ""
    for at, row in enumerate(source["rows"], 1):
        group = row.get("group") or group
        item = item if row["item"] == "^" else row["item"]
        join = join if row["join"] == "^" else row["join"]
        lead = lead if row["lead"] == "^" else row["lead"]
        task = f"{source['code']}-{at:03d}"
        tasks.append(
            {
                "id": task,
                "path": [group, item],
                "text": squeezed(row["text"]),
                "lead": split_units(lead),
                "participants": split_units(join),
                "targets": labels.add(row.get("labels", []), task),
            }
        )
    return tasks


def readme(source: Json, gold: Json) -> str:
    """Return the page that says what the plan is and which clause serves which mechanism."""
    clauses = {n: at for at, row in enumerate(source["rows"], 1) for n in row["mechanisms"]}
    count = {name: len(gold[name]) for name in ("tasks", "targets", "duties", "thresholds")}
    lines = [
        "# The plan of the demo city",
        "",
        "示例市 does not exist. Its plan was written for this project in the manner of real plans; no",
        "sentence is taken from one, and the document says at its head that it is fictitious.",
        "",
        "`source.yaml` is the source. `python -m demo.build` makes from it `shili_water_saving_plan.docx`,",
        "`.pdf` (needs LibreOffice), `.txt`, the older `…_draft.docx` (征求意见稿), `gold.json`, this page.",
        "",
        "Labels: "
        + ", ".join(f"{n} {name}" for name, n in count.items())
        + ". For a figure in the indicator",
        "or district table (附件2, 附件3) the quote is its row, as no sentence states it.",
        "",
        "## Deliberate faults",
        "",
        *(f"- {fault['says']} (`{'` or `'.join(fault['codes'])}`)" for fault in source["contradictions"]),
        "",
        "## Mechanism → row of 附件1",
        "",
        "The numbers are those of the mechanism table of the design reference.",
        "",
        "| mechanism | row | first words |",
        "| --- | --- | --- |",
    ]
    for number, at in sorted(clauses.items()):
        lines.append(f"| {number} | {at} | {source['rows'][at - 1]['text'][:22]}… |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(is_check="--check" in sys.argv)
