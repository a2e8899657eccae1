"""robots.txt: statuses, grouping, lines, and the two public suites of vectors."""

import importlib.util
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from crawler.model import Reason
from crawler.politeness.robots import MAX_BYTES, read_robots
from crawler.politeness.robots_grammar import read_lines
from crawler.politeness.robots_paths import matches, normalized, path_of

PHOTO = "https://photos.example/photos/1?size=b"


def permits(text, url=PHOTO, agent="deedwatch"):
    body = text if isinstance(text, bytes) else text.encode()
    return read_robots(200, body).permits(url, agent)


@pytest.mark.parametrize(
    ("status", "body", "fault", "state", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /", None, "rules", False),
        (200, b"User-agent: *\nDisallow: /private", None, "rules", True),
        (200, b"", None, "rules", True),
        (200, b"nothing here\n", None, "rules", True),
        (200, b"<!DOCTYPE html><title>Sign in</title>", None, "nothing_allowed", False),
        (200, b"\xef\xbb\xbf\n <html>", None, "nothing_allowed", False),
        (200, b"<?xml version='1.0'?><Error/>", None, "nothing_allowed", False),
        (200, b"\x89PNG\r\n\x1a\n\0\0\0", None, "nothing_allowed", False),
        (204, b"", None, "nothing_allowed", False),
        (301, b"", None, "nothing_allowed", False),
        (400, b"", None, "no_rules", True),
        (401, b"", None, "no_rules", True),
        (403, b"Forbidden", None, "no_rules", True),
        (404, b"User-agent: *\nDisallow: /", None, "no_rules", True),
        (410, b"", None, "no_rules", True),
        (451, b"", None, "no_rules", True),
        (429, b"", None, "nothing_allowed", False),
        (500, b"User-agent: *\nAllow: /", None, "nothing_allowed", False),
        (503, b"", None, "nothing_allowed", False),
        (999, b"", None, "nothing_allowed", False),
        (0, b"", "timeout", "nothing_allowed", False),
        (200, b"User-agent: *", "cut_body", "nothing_allowed", False),
    ],
)
def test_statuses_fail_closed(status, body, fault, state, allowed):
    robots = read_robots(status, body, fault)
    verdict = robots.permits(PHOTO)
    assert (robots.state, verdict.allowed) == (state, allowed)
    if state == "nothing_allowed":
        assert verdict.reason is Reason.ROBOTS_UNREACHABLE
    assert verdict.rule


def test_walls_are_noted():
    assert "403" in read_robots(403, b"").note
    assert "wall" in read_robots(403, b"").note


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffUser-agent: *\nDisallow: /",
        "User-agent: *\rDisallow: /",
        "User-agent: *\r\n\r\nDisallow: /",
        "User-agent: *\x0cDisallow: /",
        "User-agent: *\u2028Disallow: /",
        "user-AGENT : *\n\tDISALLOW:/",
        "User-agent: *\nDissalow: /",
        "User-agent: *\nDisallow /",
        "User-agent: a\nContent-Signal: ai-train=no\nUser-agent: deedwatch\nDisallow: /",
        "User-agent: deedwatch\nContent-Signal: ai-train=no\nUser-agent: b\nDisallow: /",
        "User-agent: deedwatch\nSitemap: https://a.example/x\nUser-agent: b\nDisallow: /",
        "User-agent: deedwatch\nUnknown: thing\nUser-agent: b\nDisallow: /",
        "User-agent: DeedWatch/9.9\nDisallow: /",
        "User-agent: *\nAllow: /\nUser-agent: deedwatch\nDisallow: /x\nUser-agent: deedwatch\nDisallow: /",
        "User-agent: *\nDisallow: /photos/*?size=*",
        "User-agent: *\nDisallow: /*size=b$",
        "User-agent: *\nAllow: /photos\nDisallow: /photos/",
        "User-agent: *\nDisallow: /phot%6Fs/",
    ],
)
def test_forms_that_bar_us(text):
    verdict = permits(text)
    assert not verdict.allowed
    assert verdict.reason is Reason.ROBOTS
    assert permits(text.encode("utf-16")).allowed is False


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: watch\nDisallow: /",
        "User-agent: deedwatchbot\nDisallow: /",
        "User-agent: mydeedwatch\nDisallow: /",
        "User-agent: *\nDisallow: /\n\nUser-agent: deedwatch\nDisallow:",
        "User-agent: *\nDisallow: /photos/\nAllow: /photos/",
        "User-agent: *\nDisallow: /\nAllow: /photos/*?",
        "Disallow: /",
        "User-agent: *\nDisallow: photos",
        "User-agent: *\n# Disallow: /",
        "User-agent: *\nDisallow: /photos/1$",
    ],
)
def test_forms_that_leave_us_free(text):
    assert permits(text).allowed


def test_the_verdict_names_line_and_group():
    verdict = permits("# hello\n\nUser-agent: *\nCrawl-delay: 3\nDisallow: /photos/ # not these\n")
    assert verdict.rule == "line 5: Disallow: /photos/ # not these"
    assert (verdict.agent_group, verdict.crawl_delay) == ("*", 3.0)
    assert permits("User-agent: *\nDisallow: /x").rule == "no rule matches"
    assert permits("").agent_group is None


def test_the_stricter_reading_holds():
    """RFC 9309 keeps an escaped "?" apart from a plain one, Protego does not: we stay away."""
    verdict = permits("User-agent: *\nDisallow: /photos/1%3Fsize")
    assert not verdict.allowed
    assert "read strictly" in verdict.rule


def test_one_agent_among_slow_ones_is_not_slowed():
    text = "User-agent: slow\nCrawl-delay: 30\nUser-agent: deedwatch\nUser-agent: b\nCrawl-delay: 2\nAllow: /"
    assert permits(text).crawl_delay == 2.0
    assert permits(text, agent="slow").crawl_delay == 30.0


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 10", 10.0),
        ("crawl delay: .5", 0.5),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: soon", None),
        ("Request-rate: 1/5", 5.0),
        ("Request-rate: 2/1m 0900-1700", 30.0),
        ("Request-rate: 0/5", None),
        ("Crawl-delay: 1\nRequest-rate: 1/1h", 3600.0),
    ],
)
def test_delays(line, seconds):
    assert permits(f"User-agent: *\n{line}\n").crawl_delay == seconds


def test_500_kib_are_read_and_a_cut_line_is_not():
    filler = "#" * 98 + "\n"
    head = "User-agent: *\n" + filler * (MAX_BYTES // 100 - 2)
    assert not permits(head + "Disallow: /photos\n" + filler * 99).allowed
    cut = (
        head.encode() + b"#" * (MAX_BYTES - len(head) - 12) + b"\nDisallow: /\n"
    )  # 500 KiB end in "Disallow: /"
    assert read_robots(200, cut).permits(PHOTO).allowed


def test_a_pattern_of_many_stars_is_quick():
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 3000 + "b\n"
    assert permits(text, "https://photos.example/" + "a" * 8000).allowed


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://a.example", "/"),
        ("http://a.example?x", "/?x"),
        ("http://a.example/a?u=http://b.example/c#d", "/a?u=http://b.example/c"),
        ("http://a.example//x", "//x"),
        ("/robots", "/robots"),
        ("http://a.example/#/x", "/"),
    ],
)
def test_paths_of_urls(url, path):
    assert path_of(url) == path


@settings(max_examples=150)
@given(pattern=st.text("/ab*$", max_size=12), path=st.text("/ab$", max_size=12))
def test_our_matching_agrees_with_protego(pattern, path):
    if "$" in pattern[:-1] or "$" in path:
        return  # Protego also tries a "$" inside as an escaped one
    pattern, path = "/" + pattern, "/" + path
    barred = not Protego.parse(f"User-agent: *\nDisallow: {pattern}").can_fetch(
        "http://x.example" + path, "x"
    )
    assert matches(normalized(pattern), normalized(path)) == barred


DIRECTIVES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: deedwatch",
        "Disallow: /",
        "Allow: /photos",
        "Content-Signal: a=b",
        "# x",
        "",
        "zz",
    ]
)


@settings(max_examples=150)
@given(
    lines=st.lists(DIRECTIVES, max_size=12), ending=st.sampled_from(["\n", "\r", "\r\n"]), bom=st.booleans()
)
def test_line_ends_marks_comments_and_unknown_lines_change_nothing(lines, ending, bom):
    plain = [line for line in lines if line not in ("# x", "", "zz")]
    dressed = ("\ufeff" if bom else "") + ending.join(lines)
    got, expected = permits(dressed), permits("\n".join(plain))
    assert (got.allowed, got.agent_group) == (expected.allowed, expected.agent_group)


@settings(max_examples=200)
@given(st.integers(0, 999), st.binary(max_size=300), st.text(max_size=80))
def test_no_bytes_make_it_raise(status, body, url):
    for text in (body, b"User-agent: *\nDisallow:" + body, b"User-agent:" + body + b"\nCrawl-delay:" + body):
        verdict = read_robots(status, text).permits("http://a.example/" + url)
        assert isinstance(verdict.allowed, bool)
        assert verdict.crawl_delay is None or verdict.crawl_delay >= 0


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_every_line_keeps_its_number(text):
    numbers = [line.number for line in read_lines(text)]
    assert numbers == sorted(set(numbers))


# -- the suites ------------------------------------------------------------------------------------


def _answer(root, name):
    spec = importlib.util.spec_from_file_location(name, root / "tests" / "suites" / "answers" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.answer


@pytest.mark.parametrize(
    ("name", "file", "share"),
    [
        ("robots_vectors", "robots-vectors/cases.jsonl", 0.99),
        ("robots_vectors", "robots-vectors/crawl-delay.jsonl", 0.99),
        ("robots_wild", "robots-wild/cases.jsonl", 1.0),
    ],
)
def test_suites(root, shared, name, file, share):
    answer = _answer(root, name)
    cases = [json.loads(line) for line in (shared / "suites" / file).read_text("utf-8").splitlines()]
    wrong = [case["id"] for case in cases if answer(case["input"], None) != case["expected"]]
    assert len(wrong) <= (1 - share) * len(cases), wrong


def test_flickr_bars_us(shared):
    body = (shared / "captures" / "robots" / "flickr.com-2024-07-14.txt").read_bytes()
    verdict = read_robots(200, body).permits("https://www.flickr.com/photos/1/2/")
    assert (verdict.allowed, verdict.agent_group) == (False, "*")
