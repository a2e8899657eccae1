"""Rights metadata inside image files: the picture room's tags, as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.tags import tags


def answer(given: dict[str, Any], base: Path) -> dict[str, Any]:
    data = (base / given["file"]).read_bytes()
    return {"tags": tags(segments(data, size=len(data)))}
