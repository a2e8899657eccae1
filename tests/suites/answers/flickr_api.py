"""Flickr API answers: our claims under the suite's names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.model import Capture, Field, Target
from crawler.reading.platforms import flickr_history
from crawler.reading.platforms.flickr_answers import parse, record, text
from spiders.flickr import API, Flickr

# the suite knows two words: what is not to be seen is gone
_STATUS = {"available": "live", "not_public": "gone", "gone": "gone", "private": "gone"}


def answer(given: dict[str, Any], base: Path) -> dict[str, Any]:
    body = given["xml"].encode()
    url = f"{API}?method={given['method']}&photo_id={given['photo_id']}"
    target = Target("flickr", url, "api.flickr.com", (given["photo_id"],))
    look = Flickr().read(Capture(target, url, 200, (), body, datetime.now(UTC))).looks[0]
    said = {claim.field: claim for claim in reversed(look.claims)}
    output: dict[str, Any] = {"status": _STATUS.get(str(look.status), str(look.status))}
    rsp = parse(body)
    if rsp is not None and not rsp.ok:
        output["error_code"] = rsp.code
    elif rsp is not None and "license_history" in rsp.data:
        output["history"] = [
            {
                "changed_at": int(entry["date"]),
                "old": entry["old"],
                "old_url": entry["old_url"],
                "new": entry["new"] or None,
                "new_url": entry["new_url"] or None,
            }
            for entry in sorted(flickr_history.entries(rsp), key=lambda entry: entry["index"])
        ]
    elif rsp is not None:
        raw = said[Field.LICENSE].raw
        output |= {
            "licence_id": raw,
            "licence_label": _LABELS[raw][0],
            "licence_url": _LABELS[raw][1],
            "owner_nsid": said[Field.AUTHOR_ID].value,
            "owner_username": said[Field.AUTHOR].raw,
            "owner_realname": said[Field.CREDIT].raw if Field.CREDIT in said else None,
            "title": said[Field.TITLE].raw if Field.TITLE in said else None,
            "page_url": said[Field.PAGE_URL].value,
            "media": said[Field.MEDIA].value,
            "safety_level": said[Field.SAFETY].raw,
            "has_people": any(c.field is Field.PEOPLE and c.value == "tagged" for c in look.claims),
            "can_download": text(record(record(rsp.data.get("photo")).get("usage")).get("candownload"))
            == "1",
        }
    return output


# The suite expects Flickr's own names and addresses of 2025 for its ids (photos.licenses.getInfo of
# 2025-06-19); the registry's are canonical.
_HELP = (
    "https://www.flickrhelp.com/hc/en-us/articles/10710266545556-Using-Flickr-images-shared-by-other-members"
)
_CC = "https://creativecommons.org"
_LABELS = {
    "0": ("All Rights Reserved", _HELP),
    "1": ("CC BY-NC-SA 2.0", f"{_CC}/licenses/by-nc-sa/2.0/"),
    "2": ("CC BY-NC 2.0", f"{_CC}/licenses/by-nc/2.0/"),
    "3": ("CC BY-NC-ND 2.0", f"{_CC}/licenses/by-nc-nd/2.0/"),
    "4": ("CC BY 2.0", f"{_CC}/licenses/by/2.0/"),
    "5": ("CC BY-SA 2.0", f"{_CC}/licenses/by-sa/2.0/"),
    "6": ("CC BY-ND 2.0", f"{_CC}/licenses/by-nd/2.0/"),
    "7": ("No known copyright restrictions", "https://www.flickr.com/commons/usage/"),
    "8": ("United States Government Work", "https://www.usa.gov/government-copyright"),
    "9": ("Public Domain Dedication (CC0)", f"{_CC}/publicdomain/zero/1.0/"),
    "10": ("Public Domain Mark", f"{_CC}/publicdomain/mark/1.0/"),
    "11": ("CC BY 4.0", f"{_CC}/licenses/by/4.0/"),
    "12": ("CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/"),
    "13": ("CC BY-ND 4.0", f"{_CC}/licenses/by-nd/4.0/"),
    "14": ("CC BY-NC 4.0", f"{_CC}/licenses/by-nc/4.0/"),
    "15": ("CC BY-NC-SA 4.0", f"{_CC}/licenses/by-nc-sa/4.0/"),
    "16": ("CC BY-NC-ND 4.0", f"{_CC}/licenses/by-nc-nd/4.0/"),
}
