"""Wikimedia Commons: batches, titles mapped back, continuation, trouble."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Answer, Capture, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of, merge
from spiders.wikimedia_commons import WikimediaCommons

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def target(*titles: str) -> Target:
    refs = [WikimediaCommons.named(title) for title in titles]
    (only,) = WikimediaCommons().targets([Wanted(ref) for ref in refs if ref is not None])
    return only


def answer(asked: Target, body: object, status: int = 200) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return WikimediaCommons().read(Capture(asked, asked.url, status, (), raw, NOW))


def page(title: str, license_code: str = "cc-by-4.0", **more: Any) -> dict[str, Any]:
    info = {
        "descriptionurl": f"https://commons.wikimedia.org/wiki/File:{title}",
        "extmetadata": {"License": {"value": license_code}},
    }
    return {
        "pageid": 1,
        "ns": 6,
        "title": f"File:{title}",
        "imagerepository": "local",
        "imageinfo": [info],
        **more,
    }


def test_fifty_titles_a_request_sorted_and_politely() -> None:
    refs = [WikimediaCommons.named(f"Weir {n:03}.jpg") for n in reversed(range(120))]
    targets = list(WikimediaCommons().targets([Wanted(ref) for ref in refs if ref is not None]))
    assert [len(t.serves) for t in targets] == [50, 50, 20]
    asked = parse_qs(urlsplit(targets[0].url).query)
    assert asked["titles"][0].split("|")[:2] == ["File:Weir 000.jpg", "File:Weir 001.jpg"]
    assert (asked["maxlag"], asked["redirects"], asked["formatversion"]) == (["5"], ["1"], ["2"])
    assert (targets[0].basis, targets[0].key, targets[0].group) == ("api", None, "commons.wikimedia.org")


def test_answers_are_given_under_the_titles_that_were_asked() -> None:
    asked = target("Old barn.jpg", "Older barn.jpg", "Gone.jpg", "Silent.jpg")
    found = answer(
        asked,
        {
            "query": {
                "redirects": [{"from": "File:Older barn.jpg", "to": "File:Newest barn.jpg"}],
                "pages": [
                    page("Old barn.jpg"),
                    page("Newest barn.jpg", "cc0"),
                    {"title": "File:Gone.jpg", "missing": True},
                ],
            }
        },
    )
    assert {look.native_id: (look.status, findings_of(look).license) for look in found.looks} == {
        "Old barn.jpg": (Status.AVAILABLE, "CC-BY-4.0"),
        "Older barn.jpg": (Status.MOVED, "CC0-1.0"),
        "Gone.jpg": (Status.GONE, None),
        "Silent.jpg": (Status.UNREADABLE, None),
    }


def test_a_continuation_is_followed_and_merged() -> None:
    asked = target("A.jpg", "B.jpg")
    late = {"ns": 6, "title": "File:B.jpg", "pageid": 2}
    one = answer(
        asked, {"continue": {"iistart": "x|y", "continue": "||"}, "query": {"pages": [page("A.jpg"), late]}}
    )
    (follow,) = one.follow
    assert follow.url.startswith(asked.url + "&continue=")
    assert follow.depth == 1
    two = answer(follow, {"batchcomplete": True, "query": {"pages": [page("B.jpg", "cc0")]}})
    assert two.follow == ()
    both = [merge([a, b]) for a, b in zip(one.looks, two.looks, strict=True)]
    assert [findings_of(look).license for look in both] == ["CC-BY-4.0", "CC0-1.0"]
    again = answer(follow, {"continue": {"iistart": "z", "continue": "||"}, "query": {"pages": []}})
    assert again.follow[0].url.count("&continue=") == 1


def test_more_than_fifty_files_are_asked_in_parts_each_with_its_own_continuation() -> None:
    refs = [WikimediaCommons.named(f"Weir {n:03}.jpg") for n in range(73)]
    parts = list(WikimediaCommons().targets([Wanted(ref) for ref in refs if ref is not None]))
    assert [len(part.serves) for part in parts] == [50, 23]
    assert not set(parts[0].serves) & set(parts[1].serves)
    for part in parts:
        pages = [page(title) for title in part.serves]
        onward = {"iistart": "2020|x", "continue": "||", "excontinue": "é"}
        half = len(pages) // 2
        silent = [{"ns": 6, "title": f"File:{title}", "pageid": 1} for title in part.serves[half:]]
        one = answer(part, {"continue": onward, "query": {"pages": pages[:half] + silent}})
        (follow,) = one.follow
        assert follow.serves == part.serves
        assert follow.url == f"{part.url}&continue=%7C%7C&excontinue=%C3%A9&iistart=2020%7Cx"
        two = answer(follow, {"batchcomplete": True, "query": {"pages": pages[half:]}})
        whole = [merge([a, b]) for a, b in zip(one.looks, two.looks, strict=True)]
        assert [look.native_id for look in whole] == list(part.serves)
        assert {findings_of(look).license for look in whole} == {"CC-BY-4.0"}


def test_what_nobody_reads_is_listed_and_moves_with_the_file() -> None:
    info = {
        "sha1": "ab",
        "novelty": 1,
        "extmetadata": {"License": {"value": "cc0"}, "Mood": {"value": "calm"}},
    }
    body = {
        "query": {
            "redirects": [{"from": "File:Old.jpg", "to": "File:New.jpg"}],
            "pages": [{"title": "File:New.jpg", "imageinfo": [info]}],
        }
    }
    (look,) = answer(target("Old.jpg"), body).looks
    assert (look.status, look.unread) == (Status.MOVED, ("extmetadata/Mood", "novelty"))


@pytest.mark.parametrize("flag", ["", True])
def test_missing_in_both_format_versions(flag: object) -> None:
    (look,) = answer(
        target("A.jpg"), {"query": {"pages": {"-1": {"title": "File:A.jpg", "missing": flag}}}}
    ).looks
    assert (look.status, look.reason) == (Status.GONE, Reason.NOT_FOUND)


def test_false_flags_of_format_version_2_are_no_flags() -> None:
    (look,) = answer(target("A.jpg"), {"query": {"pages": [page("A.jpg", missing=False)]}}).looks
    assert look.status is Status.AVAILABLE


def test_missing_elsewhere_and_known_here_exists() -> None:
    (look,) = answer(target("A.jpg"), {"query": {"pages": [page("A.jpg", missing=True, known=True)]}}).looks
    assert look.status is Status.AVAILABLE


@pytest.mark.parametrize(
    ("code", "status", "retry"),
    [
        ("maxlag", Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
        ("ratelimited", Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
        ("internal_api_error_DBQueryError", Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
        ("invalidtitle", Status.UNREACHABLE, None),
        ("missingtitle", Status.GONE, None),
        ("blocked", Status.REFUSED, None),
        ("a-code-of-tomorrow", Status.UNREADABLE, None),
    ],
)
def test_errors_are_about_all_that_was_asked(code: str, status: Status, retry: Reason | None) -> None:
    found = answer(target("A.jpg", "B.jpg"), {"error": {"code": code}})
    assert [(look.native_id, look.status) for look in found.looks] == [("A.jpg", status), ("B.jpg", status)]
    assert found.retry is retry


def test_errors_in_the_newer_form_and_behind_a_byte_order_mark() -> None:
    newer = answer(target("A.jpg"), {"errors": [{"code": "maxlag", "text": "Waiting"}]})
    assert newer.retry is Reason.SERVICE_TROUBLE
    marked = answer(target("A.jpg"), b'\xef\xbb\xbf{"error":{"code":"missingtitle"}}')
    assert marked.looks[0].status is Status.GONE


def test_a_404_of_the_api_is_no_deletion() -> None:
    assert {look.status for look in answer(target("A.jpg", "B.jpg"), b"", 404).looks} == {Status.UNREACHABLE}


def test_public_domain_beside_a_license_is_no_choice() -> None:
    body = (
        '<td id="fileinfotpl_aut">A</td><td>Alma</td>'
        '<table class="licensetpl"><tr><td><span class="licensetpl_short">Public domain</span></td></tr></table>'
        '<table class="licensetpl"><tr><td><span class="licensetpl_short">CC BY 4.0</span></td></tr></table>'
    )
    asked = Target("wikimedia_commons", "https://commons.wikimedia.org/wiki/File:A.jpg", "g", ("A.jpg",))
    (look,) = answer(asked, f"<html><body><table><tr>{body}</tr></table></body></html>".encode()).looks
    assert findings_of(look).license_state == "conflict"


NAMES = [
    *(
        "query",
        "pages",
        "imageinfo",
        "extmetadata",
        "title",
        "missing",
        "known",
        "License",
        "value",
        "parse",
        "text",
    ),
    *(
        "entities",
        "statements",
        "P275",
        "mainsnak",
        "error",
        "code",
        "continue",
        "redirects",
        "logevents",
        "*",
    ),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 20) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_json_makes_it_raise(data: object) -> None:
    for look in answer(target("A.jpg"), data).looks:
        findings_of(look)


@settings(max_examples=60)
@given(st.binary(max_size=120))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    page_target = Target(
        "wikimedia_commons", "https://commons.wikimedia.org/wiki/File:A.jpg", "g", ("A.jpg",)
    )
    assert answer(target("A.jpg"), body).looks
    assert answer(page_target, body).looks
