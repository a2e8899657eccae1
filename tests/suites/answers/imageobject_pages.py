"""imageobject-pages: {url, html, image_url} → what the page says of that picture, and of all its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.reading.pages.html import parse
from crawler.reading.pages.image_objects import ImageObject, image_of, images


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    page = parse(case["html"].encode(), case["url"], "text/html; charset=utf-8")
    asked = image_of(page, case["image_url"])
    return {
        "image": _shown(asked) if asked is not None else None,
        "all_images": [
            {"contentUrl": image.content_url or image.url, **_shown(image)}
            for image in images(page)
            if image.content_url or image.says_anything
        ],
    }


def _shown(image: ImageObject) -> dict[str, str | None]:
    return {
        "license": image.license,
        "acquireLicensePage": image.acquire_license_page,
        "creditText": image.credit_text,
        "creator": ", ".join(image.creators) or None,
        "copyrightNotice": image.copyright_notice,
    }
