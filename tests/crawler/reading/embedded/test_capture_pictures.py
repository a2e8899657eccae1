"""Every real picture of ``../shared/captures/images`` says what the captures' index expects of it, read by eye."""

import json
from pathlib import Path

import pytest

from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.look import look
from crawler.reading.embedded.packed import pack

GETTY = {
    "opt_out plus-datamining=dmi-prohibited-exceptsearchengineindexing",
    "license None XMP:xmpRights:WebStatement",
}
#: file → claims it must make, as "field value" or "field value locator"
MUST: dict[str, set[str]] = {
    "getty-1404056433.webp": GETTY
    | {
        "credit Getty Images",
        "author Andriy Onufriyenko XMP:dc:creator[1]",
        "copyright_notice © Andriy Onufriyenko XMP:dc:Rights",
    },
    "getty-2160708958-westend61.webp": GETTY | {"credit Getty Images/Westend61", "author Westend61"},
    "getty-2231736497-editorial.webp": GETTY
    | {"copyright_notice 2025 Getty Images", "author Tasos Katopodis"},
    "shutterstock-2480370209.jpg": {
        "copyright_notice Copyright (c) 2024 Goskova Tatiana/Shutterstock.  No use without permission. IIM:2:116",
        "license None XMP:xmpRights:WebStatement",
        "credit Shutterstock XMP:plus:Licensor[1]/LicensorName",
    },
    "shutterstock-web-thumbnail-no-metadata.jpg": set(),
    "westend61-redhead.jpg": {
        "author Jose Carlos Ichiro IIM:2:80",
        "copyright_notice Westend61 / Jose Carlos Ichiro IIM:2:116",
    },
    "unsplash-no-metadata.avif": set(),
    "profimedia-mojibake.jpg": {
        "author ČTK / Glück Dalibor IIM:2:80",
        "credit ČTK / Glück Dalibor IIM:2:110",
    },
    "IPTC-PhotometadataRef-Std2023.1.jpg": {
        "opt_out plus-datamining=dmi-prohibited-genaimltraining",
        "restriction other-constraints",
        "model_release not_applicable",
        "property_release not_applicable",
        "minors adult",
        "model_release None XMP:plus:ModelReleaseID[2]",
        "people person XMP:Iptc4xmpExt:ModelAge[3]",
        "license None XMP:xmpRights:WebStatement",
        "license None XMP:xmpRights:UsageTerms[x-default]",
    },
    "iptc-staff-photographer-example.jpg": {
        "model_release limited",
        "property_release limited",
        "minors adult",
        "model_release None XMP:plus:ModelReleaseID[1]",
        "license None XMP:xmpRights:UsageTerms[x-default]",
        "author John Doe XMP:dc:creator[1]",
    },
    "metadata-demo-iim-and-xmp-conflict.jpg": {
        "copyright_notice © Copyright 2017 Carl Seibert  metadatamatters.blog (IIM) IIM:2:116",
        "copyright_notice © Copyright 2017 Carl Seibert  metadatamatters.blog (XMP) XMP:dc:rights[x-default]",
        "model_release limited",
        "property_release yes",
        "license None XMP:xmpRights:UsageTerms[x-default]",
        "ai_generated no",
    },
    "PLUS.xmp": {"restriction no-cropping", "restriction no-merging", "author Phil Harvey"},
    "c2pa-sample.png": set(),
}
#: Fields that a file must not speak of.
NEVER: dict[str, set[str]] = {
    "getty-1404056433.webp": {"model_release", "property_release"},
    "getty-2160708958-westend61.webp": {"copyright_notice", "model_release"},
    "shutterstock-2480370209.jpg": {"opt_out", "model_release", "property_release"},
    "westend61-redhead.jpg": {"model_release", "license"},
    "PLUS.xmp": {"model_release", "opt_out", "ai_generated"},
    "c2pa-sample.png": {"opt_out"},
}
UNREAD = {
    "unsplash-no-metadata.avif": "AVIF metadata, not read",
    "c2pa-sample.png": "C2PA manifest, not read",
    "metadata-demo-iim-and-xmp-conflict.jpg": "XMP:xmpRights:WebStatement: no address of terms",
    "PLUS.xmp": "XMP:Iptc4xmpExt:DigitalSourceType",
}


def test_every_picture_of_the_captures_is_named(shared: Path) -> None:
    index = json.loads((shared / "captures" / "index.json").read_text("utf-8"))
    files = {entry["file"].removeprefix("images/") for entry in index if entry["file"].startswith("images/")}
    assert files == set(MUST)


@pytest.mark.parametrize("name", MUST)
def test_a_picture_says_what_it_says(name: str, shared: Path) -> None:
    data = (shared / "captures" / "images" / name).read_bytes()
    found = look(data, name)
    said = {f"{c.field} {c.value}" for c in found.claims} | {
        f"{c.field} {c.value} {c.locator}" for c in found.claims
    }
    assert MUST[name] - said == set()
    assert {str(c.field) for c in found.claims} & NEVER.get(name, set()) == set()
    assert (
        not MUST[name]
        or all(c.value is None for c in found.claims if c.field == "license")
        or "staff" in name
    )
    if name in UNREAD:
        assert UNREAD[name] in found.unread
    if not MUST[name]:
        assert {str(c.field) for c in found.claims} <= {"opt_out_carriers"}
    kept = segments(data, size=len(data))
    assert look(pack(kept), name) == found
