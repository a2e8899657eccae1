from dataclasses import dataclass

import pytest
from http_sf import Token, ser
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs import content_usage
from crawler.opt_outs.content_usage import from_headers, preference, read_usage
from crawler.opt_outs.signal import Answer, combine
from crawler.politeness.robots import read_robots

ALLOW, DISALLOW, UNKNOWN = Answer.ALLOW, Answer.DISALLOW, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("train-ai=n", {"train-ai": DISALLOW}),
        ("train-ai=y, search=n", {"train-ai": ALLOW, "search": DISALLOW}),
        ("train-ai;allow=n, train-ai=y", {"train-ai": ALLOW}),
        ("train-ai=N", {"train-ai": UNKNOWN}),
        ("train-ai=no", {"train-ai": UNKNOWN}),
        ("train-ai=y, train-ai", {"train-ai": UNKNOWN}),
        ('search="n"', {"search": UNKNOWN}),
        ("train-ai=(y n);a, search=n;x=?1", {"train-ai": UNKNOWN, "search": DISALLOW}),
        ("train-genai=n;exceptions=cc-cr-ec", {"train-genai": DISALLOW}),
        ("train-ai=n\t", {"train-ai": DISALLOW}),  # RFC 9651 §4.2.2 discards blanks and tabs after a member
        ("", {}),
        ("  ", {}),
        ("Train-AI=n", None),
        ("train-ai = n", None),
        ("train-ai=n,", None),
        ("train-ai=n search=y", None),
        ("train-ai=n,\x0bsearch=y", None),
        ("train-ai=é", None),
    ],
)
def test_strict(value, expected):
    usage = read_usage(value)
    assert (None if usage.malformed else usage.strict) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Train-AI=n", {"train-ai": DISALLOW}),
        ("train-ai = No", {"train-ai": DISALLOW}),
        ("train-ai=n,", {"train-ai": DISALLOW}),
        ('train-ai="y"', {"train-ai": ALLOW}),
        ("Train-AI=y, train-ai=N", {"train-ai": DISALLOW}),
        ("train-ai=n", {}),  # the strict reading has it
        ("train-ai=maybe", {}),
    ],
)
def test_lenient_stands_beside(value, expected):
    assert read_usage(value).lenient == expected


def test_field_lines_are_one_dictionary_and_claims_keep_their_words():
    headers = [("Content-Usage", "train-ai=n"), ("content-usage", "search=y, train-genai=maybe")]
    assert [s.value for s in from_headers(headers)] == [
        "content-usage-header=train-ai:n",
        "content-usage-header=search:y",
        "content-usage-header=train-genai:unknown",
    ]
    assert [s.value for s in from_headers([*headers, ("CONTENT-USAGE", "Search=N")])] == [
        "content-usage-header=malformed",
        "content-usage-header-lenient=train-ai:n",
        "content-usage-header-lenient=search:n",
    ]
    assert from_headers([("content-type", "train-ai=n")]) == ()


def test_a_flood_of_labels_stays_small():
    signals = from_headers([("Content-Usage", ", ".join(f"k{n}=n" for n in range(20_000)))])
    assert len(signals) <= 64
    assert sum(len(s.raw) for s in signals) < 200_000


def preferences(text, path, agent="deedwatch"):
    lines = read_robots(200, text.encode()).preferences(agent)
    return preference([line for line in lines if line.key == "content-usage"], path)


RULES = (
    "User-Agent: *\nContent-Usage: train-ai=n\nContent-Usage: /ok/ train-ai=y\nContent-Usage: /ok/\tsearch=n\n"
    "content-usage :/a*.jpg$ train-ai=y # but\nContent-Usage: /b/ Train-AI=y\n\n"
    "User-agent: X\nContent-Usage: train-ai=y"  # no Allow or Disallow stands between the groups
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", {"train-ai": DISALLOW}),
        ("/ok/x", {"train-ai": ALLOW, "search": DISALLOW}),
        ("/abc.jpg", {"train-ai": ALLOW}),
        ("/abc.jpgx", {"train-ai": DISALLOW}),
        ("/b/c", {}),  # the deciding rule cannot be read: no shorter rule stands in for it
    ],
)
def test_the_longest_path_decides(path, expected):
    assert preferences(RULES, path) == expected
    assert preferences(RULES, path, "x") == {"train-ai": ALLOW}


def test_of_two_rules_for_one_path_the_stricter_holds():
    text = "User-agent: *\nContent-Usage: /a train-ai=n\nContent-Usage: /%61 train-ai=y"
    assert preferences(text, "/a/b") == {"train-ai": DISALLOW}


def test_a_path_without_preference_unsays_the_shorter_rule():
    assert preferences("User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /a/", "/a/b") == {}


def test_signals_of_one_path():
    lines = read_robots(200, RULES.encode()).preferences()
    values = [s.value for s in content_usage.path_signals(lines, "/b/x")]
    assert values == ["content-usage=malformed", "content-usage-lenient.train-ai=allow"]
    (by_path,) = content_usage.site_signals(lines[1:2])
    assert (by_path.value, by_path.path, by_path.answer) == (
        "content-usage=by_path",
        "/ok/",
        Answer.CONSTRAINED,
    )


def test_combining():
    assert combine({"a": ALLOW, "b": UNKNOWN}, {"a": DISALLOW}, {"b": ALLOW}) == {"a": DISALLOW, "b": ALLOW}
    assert combine() == {}
    assert combine({"a": UNKNOWN}) == {"a": UNKNOWN}


@dataclass(frozen=True)
class Row:
    number: int
    value: str
    raw: str


@settings(max_examples=200)
@given(st.text(max_size=60) | st.text(alphabet='trainysech-=,;()"?:@%\t n0', max_size=60))
def test_no_text_makes_it_raise(text):
    usage = read_usage(text)
    assert not usage.malformed or not usage.strict
    row = Row(1, text.strip(), text)
    for signal in (*from_headers([("content-usage", text)]), *content_usage.site_signals([row])):
        assert signal.value
    preference([row], "/" + text)


_KEYS = st.from_regex(r"[a-z*][a-z0-9_.*-]{0,12}", fullmatch=True)
_TOKENS = st.from_regex(r"[A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]{0,8}", fullmatch=True).map(Token)
_ITEMS = _TOKENS | st.booleans() | st.integers(-(10**14), 10**14) | st.binary(max_size=8)
_PARAMETERS = st.dictionaries(_KEYS, _ITEMS, max_size=2)
_MEMBERS = st.tuples(_ITEMS | st.lists(st.tuples(_ITEMS, _PARAMETERS), max_size=2), _PARAMETERS)


@settings(max_examples=150)
@given(st.dictionaries(_KEYS, _MEMBERS, min_size=1, max_size=5))
def test_every_dictionary_that_can_be_written_is_read(members):
    usage = read_usage(ser(members))
    answers = {"y": ALLOW, "n": DISALLOW}
    assert not usage.malformed
    assert usage.strict == {
        label: answers.get(str(item), UNKNOWN) if isinstance(item, Token) else UNKNOWN
        for label, (item, _) in members.items()
    }


@settings(max_examples=100)
@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from([ALLOW, DISALLOW, UNKNOWN]))))
def test_combining_has_no_order_and_disallow_survives(stated):
    assert combine(*stated) == combine(*reversed(stated))
    for one in stated:
        for label, answer in one.items():
            assert answer is not DISALLOW or combine(*stated)[label] is DISALLOW
