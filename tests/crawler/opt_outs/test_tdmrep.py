import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs.tdmrep import Reservation, from_file, from_headers, from_metas, resolve

SITE = "https://p.example"
POLICY = "https://p.example/policy.json"


def said(rules, path):
    body = rules if isinstance(rules, bytes) else json.dumps(rules).encode()
    return [signal.value for signal in from_file(body, SITE + path)]


RULES = [
    {"location": "/a/", "tdm-reservation": 1},
    {"location": "/b/*.jpg", "tdm-reservation": 0},
    {"location": "/b/", "tdm-reservation": 1, "tdm-policy": POLICY},
    {"location": "/exact$", "tdm-reservation": 1},
    {"location": "/foo-%24", "tdm-reservation": 1},
    {"location": "/caf%C3%A9/%7Eme", "tdm-reservation": 1},
    {"location": "*.png$", "tdm-reservation": 1},
    {"location": "/d", "tdm-reservation": 0},
    {"location": "/d/e", "tdm-reservation": 1},
]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/a/x", ["tdm-file=1"]),
        ("/A/x", []),
        ("/b/x.jpg", ["tdm-file=0"]),
        ("/b/x.jpg?size=2", ["tdm-file=0"]),
        ("/b/x.html", ["tdm-file=1"]),
        ("/exact", ["tdm-file=1"]),
        ("/exactly", []),
        ("/foo-$", ["tdm-file=1"]),
        ("/foo-%24", ["tdm-file=1"]),
        ("/café/~me", ["tdm-file=1"]),
        ("/x/y.png", ["tdm-file=1"]),
        ("/x/y.png?v", []),
        ("/d/e/f", ["tdm-file=0"]),  # the first in sequence, not the longest
        ("/", []),
    ],
)
def test_the_first_rule_that_matches_decides(path, values):
    assert said(RULES, path) == values


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ({"location": "/", "tdm-reservation": 1}, ["tdm-file=malformed", "tdm-file-lenient=1"]),
        (b'[{"location": "/", "tdm-reservation": 1,},]', ["tdm-file=malformed", "tdm-file-lenient=1"]),
        ([{"location": "/", "tdm-reservation": "1"}], ["tdm-file=malformed", "tdm-file-lenient=1"]),
        ([{"location": "/", "tdm-reservation": True}], ["tdm-file=malformed", "tdm-file-lenient=1"]),
        ([{"location": "/", "tdm-reservation": 2}], ["tdm-file=malformed"]),
        ([{"location": "/"}, {"location": "/", "tdm-reservation": 1}], ["tdm-file=malformed"]),
        ([{"tdm-reservation": 1}], ["tdm-file=malformed"]),
        ([{"location": "x", "tdm-reservation": 1}], ["tdm-file=malformed", "tdm-file-lenient=1"]),
        (b'[{"location": "/", "tdm-reservation": 1}', ["tdm-file=malformed"]),
        (b'"tdm-reservation"', ["tdm-file=malformed"]),
        ([], []),
        (b"", []),
        (b"<!doctype html><p>tdm-reservation 404", []),
        (b'{"error": "not found"}', []),
        (b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": 1}]', ["tdm-file=1"]),
        ('[{"location": "/", "tdm-reservation": 1}]'.encode("utf-16"), ["tdm-file=1"]),
    ],
)
def test_files_out_of_shape_are_malformed_with_the_lenient_reading_beside(body, values):
    assert said(body, "/x") == values


def test_a_whole_address_as_location_means_its_path_on_its_own_host():
    rule = {"location": "https://p.example/a/", "tdm-reservation": 1}
    assert said([rule], "/a/x") == ["tdm-file=malformed", "tdm-file-lenient=1"]
    assert said([{**rule, "location": "https://other.example/a/"}], "/a/x") == []


def headers(*pairs):
    return from_headers([*pairs])


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("1", ["tdm-header=1"]),
        (" 0 ", ["tdm-header=0"]),
        ("true", ["tdm-header=malformed", "tdm-header-lenient=1"]),
        ('"1"', ["tdm-header=malformed", "tdm-header-lenient=1"]),
        ("2", ["tdm-header=malformed"]),
        ("", ["tdm-header=malformed"]),
    ],
)
def test_headers(value, values):
    assert [s.value for s in headers(("TDM-Reservation", value))] == values


def test_repeated_and_contradicting_headers():
    assert [s.value for s in headers(("tdm-reservation", "1"), ("tdm-reservation", "1"))] == ["tdm-header=1"]
    both = headers(("tdm-reservation", "1"), ("TDM-RESERVATION", "0"))
    assert [s.value for s in both] == ["tdm-header=malformed"]
    assert resolve(both) == Reservation()


def test_later_layers_replace_and_absence_never_resets():
    file = from_file(json.dumps(RULES).encode(), SITE + "/b/x.html")
    assert resolve(file) == Reservation(reserved=True, policy=POLICY)
    assert resolve(file, headers(), from_metas([], str)) == Reservation(reserved=True, policy=POLICY)
    assert resolve(file, headers(("tdm-reservation", "0"))) == Reservation(reserved=False)
    lifted = headers(("tdm-reservation", "0"), ("tdm-policy", "https://x.example/"))
    assert resolve(lifted) == Reservation(reserved=False)
    meta = from_metas([("tdm-reservation", "1", "/m"), ("tdm-policy", "https://m.example/", "/n")], str)
    assert resolve(file, lifted, meta) == Reservation(reserved=True, policy="https://m.example/")
    assert resolve(file, headers(("tdm-reservation", "nonsense"))) == Reservation(
        reserved=True, policy=POLICY
    )
    assert resolve(headers(("tdm-policy", POLICY))) == Reservation()
    (signal, *_) = meta
    assert (signal.value, signal.locator, signal.terms) == ("tdm-meta=1", "/m", "https://m.example/")


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["/", "*", "1", "http://["]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["location", "tdm-reservation", "tdm-policy"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(_JSON)
def test_no_json_makes_it_raise(value):
    resolve(from_file(json.dumps(value).encode(), SITE + "/x"))


@settings(max_examples=150)
@given(st.binary(max_size=80), st.text(max_size=30))
def test_no_bytes_make_it_raise(body, text):
    from_file(b'[{"tdm-reservation":' + body, text)
    from_file(body, SITE)
    headers(("tdm-reservation", text), ("tdm-policy", text))
    from_metas([("tdm-reservation", text, 1)], str)


def test_nesting_and_size_do_no_harm():
    deep = b'[{"location":"/","tdm-reservation":' + b"[" * 900 + b"]" * 900 + b"}]"
    assert said(deep, "/x") == ["tdm-file=malformed"]
    assert said(b'"tdm-reservation"' + b"[" * 100_000, "/x") == ["tdm-file=malformed"]
    assert said(b'"tdm-reservation' + b'"\\' * 200_000, "/x") == ["tdm-file=malformed"]
    assert len(said([{"tdm-reservation": n} for n in range(5_000)], "/x")) < 100
