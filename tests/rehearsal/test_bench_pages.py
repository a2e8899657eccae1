"""The benches' pages keep the statistics they were drawn to (DESIGN §10; figures in ``bench.pages``)."""

from __future__ import annotations

import json
import re
import statistics

import pytest
import zstandard

from bench.pages import page, page_100kb, page_url
from crawler.sources.urls import host_of

SITES = range(24)
FIRST = {site: page(site, 1, 0) for site in SITES}


def test_plain_zstd_9_gives_a_fifth_to_a_quarter() -> None:
    squeeze = zstandard.ZstdCompressor(level=9).compress
    ratios = [len(squeeze(body)) / len(body) for body in FIRST.values()]
    assert min(ratios) >= 0.20
    assert max(ratios) <= 0.25


def test_sizes_are_90_to_390_kb_with_the_mode_near_100() -> None:
    sizes = [len(page(site, 1, 0)) for site in range(60)]
    assert 90_000 <= min(sizes) < 110_000
    assert 250_000 < max(sizes) <= 390_000
    assert sum(90_000 <= size <= 115_000 for size in sizes) > len(sizes) / 2
    hundred = [len(page_100kb(site, number, 0)) for site in (0, 1) for number in range(20)]
    assert 92_000 < min(hundred) <= max(hundred) < 107_000
    assert 97_000 < statistics.mean(hundred) < 103_000


def test_half_the_sites_are_script_heavy_and_half_dom_heavy() -> None:
    for site, body in FIRST.items():
        script = sum(map(len, re.findall(rb"(?s)<script\b.*?</script>", body))) / len(body)
        tags = len(re.findall(rb"<[a-z]", body)) * 1000 / len(body)
        if site % 2 == 0:
            assert 0.55 < script < 0.9
            assert 2 <= tags <= 5
        else:
            assert script < 0.3
            assert 8 <= tags <= 14


def shared(body: bytes, other: bytes, run: int = 24) -> float:
    known = {other[at : at + run] for at in range(len(other) - run)}
    covered, free = 0, 0
    for at in range(len(body) - run):
        if body[at : at + run] in known:
            covered += at + run - max(free, at)
            free = at + run
    return covered / len(body)


@pytest.mark.parametrize("site", [0, 1])
def test_pages_of_one_site_share_a_template_and_keep_content_of_their_own(site: int) -> None:
    assert 0.70 <= shared(page(site, 2, 0), FIRST[site]) <= 0.92
    other = page(site + 2, 2, 0)
    assert shared(other, FIRST[site]) < 0.5


def test_a_nonce_changes_four_values_and_nothing_else() -> None:
    for site in (0, 1):
        one, two = page(site, 5, 0), page(site, 5, 1)
        assert page(site, 5, 0) == one
        assert len(one) == len(two)
        places = [at for at in range(len(one)) if one[at] != two[at]]
        # values of 40, 8, 32 hex digits and 10 decimal ones; nearby differences belong to one of them
        starts = [at for before, at in zip([-100, *places], places, strict=False) if at - before > 9]
        assert 3 <= len(starts) <= 4
        assert len(places) <= 40 + 8 + 32 + 10


def test_a_page_states_its_license_twice() -> None:
    for body in FIRST.values():
        linked = re.findall(rb'rel="license" href="([^"]+)"', body)
        facts = json.loads(re.findall(rb'(?s)<script type="application/ld\+json">(.*?)</script>', body)[0])
        assert facts["@type"] == "ImageObject"
        assert linked == [facts["license"].encode()]


def test_pages_have_addresses_on_hosts_of_their_own() -> None:
    assert len({host_of(page_url(site, 1)) for site in SITES}) == len(SITES)
    assert f'rel="canonical" href="{page_url(3, 1)}"'.encode() in FIRST[3]
