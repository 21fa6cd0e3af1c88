"""Compile the gettext catalogues (.po to .mo) with Babel, so that no system gettext is needed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "shuiheng" / "web" / "locale"


def main() -> None:
    """Write one .mo file beside each .po file below the site's locale folder."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as words:
            catalogue = read_po(words, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


if __name__ == "__main__":
    main()
