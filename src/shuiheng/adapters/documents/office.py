"""Old formats turned into .docx by LibreOffice, in a folder and a profile of their own."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from shuiheng.adapters.containers.child import Bounds, Place, run_bounded
from shuiheng.adapters.documents.errors import ReaderMissingError, ReadingFailedError, in_own_name
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.limits import ReadingLimits

PACKAGE = "libreoffice-writer-nogui"
_FILTERS = {Form.DOC: "MS Word 97", Form.RTF: "Rich Text Format", Form.ODT: "writer8"}
_LAUNCHER = (
    "import sys, os; from shuiheng.adapters.containers.fences import limit_machine, leave_network; "
    "memory, cpu, size = map(int, sys.argv[1:4]); "
    "limit_machine(memory_bytes=memory, cpu_seconds=cpu, file_bytes=size); "
    "leave_network(); os.execv(sys.argv[4], sys.argv[4:])"
)


def office_program() -> str | None:
    """Return the path of LibreOffice, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@in_own_name()
def converted_to_docx(content: bytes, form: Form, limits: ReadingLimits) -> bytes:
    """Return the document as .docx.

    Raises:
        ReaderMissingError: LibreOffice is not installed; the error names the package.
        ReadingFailedError: It could not read the file, or took too long.
    """
    program = office_program()
    if program is None:
        raise ReaderMissingError("documents.office_missing", form=form.value, package=PACKAGE)
    with tempfile.TemporaryDirectory(prefix="shuiheng-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"source.{'doc' if form is Form.WPS else form.value}"
        source.write_bytes(content)
        out = Path(folder) / "out"
        command = _command(program, source, out, limits, form)
        ended = run_bounded(
            command,
            b"",
            bounds=Bounds(wall_seconds=min(limits.heavy_wall_seconds, 180), answer_bytes=limits.answer_bytes),
            place=Place(
                folder=folder,
                environment=(
                    ("HOME", folder),
                    ("TMPDIR", folder),
                    ("LC_ALL", "C.UTF-8"),
                    ("PATH", "/usr/bin:/bin"),
                ),
            ),
        )
        result = out / "source.docx"
        if ended.code != 0 or not result.is_file():
            last = ended.complaints.strip().split("\n")[-1][:200].replace(folder, "")
            raise ReadingFailedError(
                "documents.office_failed", form=form.value, reason=last or str(ended.code)
            )
        return result.read_bytes()


def _command(program: str, source: Path, out: Path, limits: ReadingLimits, form: Form) -> list[str]:
    office = [
        program,
        f"-env:UserInstallation={source.parent.as_uri()}/profile",
        "--headless",
        "--nologo",
        "--nodefault",
        "--norestore",
        "--nolockcheck",
    ]
    if form in _FILTERS:
        office.append(f"--infilter={_FILTERS[form]}")
    office += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source)]
    numbers = (limits.heavy_memory_bytes, limits.heavy_cpu_seconds, limits.unpacked_bytes)
    return [sys.executable, "-I", "-c", _LAUNCHER, *map(str, numbers), *office]
