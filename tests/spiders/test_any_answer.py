"""Whatever a source answers, no reader fails, no photo gets a license or a loss that the source did not state.

The answers are the sample pages of every spider, damaged: any part of their JSON put in place by something else, cut,
wrapped, nested without end, or about another photo.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Answer, Basis, Capture, Field, Reason, Status, Target
from crawler.reading.findings import findings_of
from crawler.sources.discovery import spiders

PAGES = Path(__file__).resolve().parent.parent / "pages"
LOST = {Status.GONE, Status.NOT_PUBLIC, Status.PLACEHOLDER, Status.WITHHELD}
#: Values that state nothing, of every type JSON has.
JUNK: list[Any] = [
    None, True, False, -1, 1.5, 10**40, float("inf"), "", "x", "0000-00-00", "9999-12-31T23:59:59Z",
    "\u202eabc\u0000", "<b onclick=1>x</b>", {}, {"x": 1}, [None], [[]], [{}], ["x"], [1, 2],
]  # fmt: skip
ERRORS = [
    b"", b"null", b"{}", b"12", b"NaN", b'"x"', b'{"error":"not found"}', b'{"errors":["x"]}', b"<?xml version='1.0'?>",
    b'{"error":{"code":500,"message":"x"}}', b'{"name":"NotFound","description":"no such thing"}',
    b'{"data":null,"errors":[]}', b'{"entities":{"M1":null}}', b'{"entities":{}}',
    b'{"query":{"pages":null}}', b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000,
    b'{"id":' * 100_000 + b"1" + b"}" * 100_000, b"<!doctype html><title>Oops</title><p>Something went wrong.</p>",
]  # fmt: skip


class Sample(NamedTuple):
    source: str
    url: str
    serves: tuple[str, ...]
    body: bytes
    data: Any

    def read(self, body: bytes, status: int = 200) -> Answer:
        kind = spiders()[self.source]
        target = Target(kind.name, self.url, "group", self.serves)
        headers = (("content-type", "application/json"),)
        return kind().read(Capture(target, self.url, status, headers, body, datetime(2026, 1, 1, tzinfo=UTC)))


def _samples() -> Iterator[Any]:
    for meta_file in sorted(PAGES.glob("*/stated-*/meta.json")):
        case, meta = meta_file.parent, json.loads(meta_file.read_text("utf-8"))
        (page,) = case.glob("page.*")
        source, body = case.parent.name, page.read_bytes()
        try:
            data = json.loads(body)
        except ValueError:
            continue
        ref = spiders()[source].claims(meta["url"])
        serves = tuple(meta.get("serves") or ((ref.native_id,) if ref is not None else ()))
        yield pytest.param(Sample(source, meta["url"], serves, body, data), id=f"{source}/{case.name}")


SAMPLES = list(_samples())


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from paths(part, (*path, name))


def put(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {k: put(v, path[1:], new) if k == path[0] else v for k, v in value.items()}
    return [put(v, path[1:], new) if n == path[0] else v for n, v in enumerate(value)]


def stated(answer: Answer) -> set[str]:
    """Licenses that photos are given by the source in so many words; those by a site's terms hang on other fields."""
    claims = [c for look in answer.looks for c in look.claims if c.field is Field.LICENSE]
    return {c.value for c in claims if c.value is not None and c.basis is Basis.STATED}


def sound(answer: Answer) -> None:
    """Text a database takes, findings that can be judged, and a word on something."""
    assert answer.looks or answer.follow
    for look in answer.looks:
        findings_of(look)
        assert look.status is None or look.reason is not None
        for claim in look.claims:
            "".join((claim.value or "", claim.raw, claim.quote, claim.locator)).encode("utf-8")
        "".join((look.native_id, *look.unread)).encode("utf-8")


def test_samples_are_of_all_sources_that_answer_in_json() -> None:
    assert len({case.values[0].source for case in SAMPLES}) >= 18


#: What Unsplash and Pixabay give follows from flags, days and addresses: another part may well say another license.
IN_WORDS = [case for case in SAMPLES if case.values[0].source not in ("unsplash", "pixabay")]


@pytest.mark.parametrize("sample", IN_WORDS)
@settings(max_examples=30, deadline=None)
@given(pick=st.integers(min_value=0), junk=st.sampled_from(JUNK))
def test_a_part_that_is_something_else(sample: Sample, pick: int, junk: Any) -> None:
    places = list(paths(sample.data))
    damaged = put(sample.data, places[pick % len(places)], junk)
    before, after = sample.read(sample.body), sample.read(json.dumps(damaged).encode())
    sound(after)
    reserved = {
        "LicenseRef-all-rights-reserved"
    }  # null and 0 say so at iNaturalist and Flickr; it permits nothing
    assert stated(after) <= stated(before) | reserved
    lost, lost_before = ([look for look in answer.looks if look.status in LOST] for answer in (after, before))
    assert len(lost) <= len(lost_before)


@pytest.mark.parametrize("sample", SAMPLES)
def test_cut_wrapped_and_endless(sample: Sample) -> None:
    whole = sample.read(sample.body)
    assert sample.read(b"\xef\xbb\xbf" + sample.body).looks == whole.looks
    for cut in range(1, 10):
        answer = sample.read(sample.body[: len(sample.body.rstrip()) * cut // 10])
        sound(answer)
        assert not stated(answer)
        assert not [look for look in answer.looks if look.status in (*LOST, Status.AVAILABLE)]
    if isinstance(sample.data, dict):
        for inside in (b"[" * 100_000 + b"]" * 100_000, b"9" * 6_000, b"NaN"):
            answer = sample.read(sample.body.rstrip()[:-1] + b',"zz":' + inside + b"}")
            sound(answer)
            assert stated(answer) <= stated(whole)


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_answer_that_is_no_record(sample: Sample) -> None:
    for body in ERRORS:
        answer = sample.read(body)
        sound(answer)
        assert not [look for look in answer.looks if findings_of(look).license]
        assert not [look for look in answer.looks if look.status in (*LOST, Status.AVAILABLE)], body[:80]
        for status in (403, 429, 500, 503):
            assert not [look for look in sample.read(body, status).looks if look.status in LOST]


#: any_page reads the web's pages, whose 404 is the page's own.
APIS = [case for case in SAMPLES if "/api" in case.values[0].url and case.values[0].source != "any_page"]


@pytest.mark.parametrize("sample", APIS)
def test_an_api_that_is_gone_is_no_loss(sample: Sample) -> None:
    for status in (404, 410):
        looks = sample.read(b"<html><h1>This version of our API was retired.</h1></html>", status).looks
        assert looks
        assert all(look.status in (Status.UNREADABLE, Status.UNREACHABLE) for look in looks)


#: Answers that hold no id of what was asked, by their nature (a history, oEmbed), and NYPL's captures, whose ids are
#: their own.
NAMELESS = re.compile(r"getLicenseHistory|oembed|wbgetentities|item_details|extmetadata")


@pytest.mark.parametrize("sample", [c for c in SAMPLES if not NAMELESS.search(c.values[0].url)])
def test_a_record_of_another_photo(sample: Sample) -> None:
    other = sample.body
    for part in sorted(
        {part for photo in sample.serves for part in re.findall(r"[\w-]*[0-9][\w-]*|[A-Z]\w+", photo)}
    ):
        changed = part[:-1] + ("7" if part[-1] != "7" else "8")
        other = re.sub(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % part.encode(), changed.encode(), other)
    looks = [look for look in sample.read(other).looks if look.native_id in sample.serves]
    assert not [look for look in looks if look.status in (*LOST, Status.AVAILABLE)]


@pytest.mark.parametrize(
    ("source", "url", "serves", "body"),
    [
        (
            "inaturalist",
            "https://api.inaturalist.org/v1/observations?id=7001&per_page=200",
            ("observation/7001/9101",),
            (
                '{"total_results": 1, "results": [{"id": 7001, "photos": ['
                '{"id": 9101, "license_code": "cc0"}, {"id": 9101, "license_code": "cc-by-nc"}]}]}'
            ),
        ),
        (
            "inaturalist",
            "https://api.inaturalist.org/v1/observations?id=7001&per_page=200",
            ("observation/7001",),
            (
                '{"total_results": 2, "results": ['
                '{"id": 7001, "photos": [{"id": 9101, "license_code": "cc0"}]},'
                '{"id": 7001, "photos": [{"id": 9101, "license_code": null}]}]}'
            ),
        ),
        (
            "wikimedia_commons",
            "https://commons.wikimedia.org/w/api.php?action=query&prop=imageinfo&titles=File%3ACat.jpg",
            ("Cat.jpg",),
            (
                '{"query": {"pages": ['
                '{"title": "File:Cat.jpg", "imageinfo": [{"extmetadata": {"License": {"value": "cc0"}}}]},'
                '{"title": "File:Cat.jpg", "missing": true}]}}'
            ),
        ),
    ],
)
def test_one_photo_told_of_in_two_ways_has_no_license(
    source: str, url: str, serves: tuple[str, ...], body: str
) -> None:
    (look,) = Sample(source, url, serves, b"", None).read(body.encode()).looks
    assert findings_of(look).license is None
    assert look.status not in LOST


def test_a_list_of_observations_nobody_asked_for_leaves_nobody_out() -> None:
    url = "https://api.inaturalist.org/v1/observations?id=7001&per_page=200"
    sample = Sample("inaturalist", url, ("observation/7001",), b"", None)
    strange = b'{"total_results": 1, "results": [{"id": 7002, "photos": [{"id": 1, "license_code": "cc0"}]}]}'
    assert sample.read(strange).looks[0].reason is Reason.NOT_UNDERSTOOD
    assert sample.read(b'{"total_results": 0, "results": []}').looks[0].status is Status.GONE
    assert sample.read(b'{"error": "x"}', 404).looks[0].status is Status.UNREACHABLE


def test_a_page_without_a_title_is_no_word_on_the_first_of_a_batch() -> None:
    url = "https://commons.wikimedia.org/w/api.php?action=query&prop=imageinfo&titles=File%3AA.jpg%7CFile%3AB.jpg"
    sample = Sample("wikimedia_commons", url, ("A.jpg", "B.jpg"), b"", None)
    answer = sample.read(
        b'{"query": {"pages": [{"title": "File:A.jpg", "imageinfo": [{}]}, {"missing": true}]}}'
    )
    assert [str(look.status) for look in answer.looks] == ["available", "unreadable"]
