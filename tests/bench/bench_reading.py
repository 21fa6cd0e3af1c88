"""How long reading takes: CPU for a page of PDF at three lengths, memory, and the plain text beside it."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pypdfium2

from shuiheng.adapters.documents.docx.reader import read_docx
from shuiheng.adapters.documents.pdf.reader import read_pdf
from shuiheng.adapters.documents.text.plain import read_plain_text
from tests.adapters.documents.making import PdfPage, cell, docx_of, paragraph, pdf_of, table

SENTENCE = "各单位要加强用水计量管理推进管网改造和分区完善定额标准建立用水台"
XS = [80.0, 130.0, 400.0, 515.0]


def _page(number: int) -> PdfPage:
    page = PdfPage().text(280, 800, f"- {number} -", 10)
    if number % 5:
        for row in range(34):
            page.text(114 if row % 8 == 0 else 90, 70 + 21 * row, SENTENCE[: 32 if row % 8 == 0 else 34])
        return page
    page.grid(XS, [70.0 + 60 * row for row in range(12)])
    for row in range(11):
        page.text(85, 75 + 60 * row, str(row)).text(405, 75 + 60 * row, "市水利局")
        for line in range(3):
            page.text(135, 75 + 60 * row + 15 * line, SENTENCE[:21])
    return page


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _plain(content: bytes) -> int:
    source = pypdfium2.PdfDocument(content)
    count = sum(len(source[index].get_textpage().get_text_range()) for index in range(len(source)))
    source.close()
    return count


def _peak_mib(pages: int) -> float:
    """Return the highest memory of a fresh process that reads a PDF of so many pages."""
    program = (
        "import resource; from tests.bench.bench_reading import pdf; "
        f"from shuiheng.adapters.documents.pdf.reader import read_pdf; read_pdf(pdf({pages})); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return int(ran.stdout) / 1024


def pdf(pages: int) -> bytes:
    """Return a PDF of so many pages, every fifth a table."""
    return pdf_of(*[_page(number) for number in range(1, pages + 1)])


def run(full: bool) -> None:
    """Print the figures; in short form up to 50 pages only."""
    read_pdf(pdf(1))
    print("pages   CPU s   ms/page   plain text s   ratio")
    for pages in (50, 100, 200) if full else (10, 50):
        content = pdf(pages)
        spent = _cpu(lambda content=content: read_pdf(content))
        bare = _cpu(lambda content=content: _plain(content))
        print(f"{pages:5}  {spent:6.2f}  {1000 * spent / pages:8.1f}  {bare:13.3f}  {spent / bare:6.0f}")
    pages = 200 if full else 50
    print(f"peak memory at {pages} pages: {_peak_mib(pages):.0f} MiB")
    rows = [[cell(str(row)), cell(SENTENCE), cell("市水利局")] for row in range(400)]
    word = docx_of(paragraph(SENTENCE) * 400 + table(*rows))
    print(f"Word, 400 paragraphs and 400 rows: {_cpu(lambda: read_docx(word)):.2f} s CPU")
    text = "".join(f"\n\t{row}\n\t{SENTENCE}。\n\t市水利局\n" for row in range(400))
    text = "\t序号\n\t工作内容\n\t牵头单位\n" + text
    print(f"text, 400 flattened rows: {_cpu(lambda: read_plain_text(text.encode())):.2f} s CPU")
    print(
        f"highest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
