"""What every spider must keep, found by name and without a registry."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler.errors import Refused
from crawler.model import Wanted
from crawler.sources.discovery import spiders
from crawler.sources.spider import SourceSpider

URLS = {
    "flickr": "https://www.flickr.com/photos/paperkite/{n}/",
    "wikimedia_commons": "https://commons.wikimedia.org/wiki/File:Weir_{n}.jpg",
    "any_page": "https://weir.example/p/{n}",
    "unsplash": "https://unsplash.com/photos/a-gate-gateway-{n}",
    "pixabay": "https://pixabay.com/photos/gate-8500{n}/",
    "pexels": "https://www.pexels.com/photo/gate-9100{n}/",
    "shutterstock": "https://www.shutterstock.com/image-photo/gate-770000{n}",
    "deviantart": "https://www.deviantart.com/torhueter/art/Gate-900000{n}",
    "stocksnap": "https://stocksnap.io/photo/gate-GATEFOG{n}",
    "nappy": "https://nappy.co/photo/{n}/gate",
    "wordpress_photos": "https://wordpress.org/photos/photo/0a1b2c3{n}/",
    "rawpixel": "https://www.rawpixel.com/image/6000{n}/gate",
}


def test_spiders_are_found_sorted_and_by_their_names() -> None:
    known = spiders()
    assert list(known) == sorted(known)
    assert {"any_page", "flickr", "wikimedia_commons"} <= set(known)
    for name, kind in known.items():
        assert kind.name == name
        assert kind.reader() == f"{name}/{kind.version}"


@pytest.mark.parametrize("kind", spiders().values(), ids=list(spiders()))
def test_terms_are_stated(kind: type[SourceSpider]) -> None:
    assert kind.terms.checked
    assert kind.terms.allows
    assert kind.terms.keep
    assert all(0 <= rate <= 1 for rate in kind.expects.values())
    assert kind.batch >= 1


@pytest.mark.parametrize("kind", spiders().values(), ids=list(spiders()))
def test_a_spider_does_not_crawl_by_itself(
    kind: type[SourceSpider], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refused, match="deedwatch refresh"):
        kind.from_crawler(Crawler(kind))
    assert "deedwatch refresh" in capsys.readouterr().err

    async def crawl() -> None:
        async for _ in kind().start():
            raise AssertionError("a request was made")

    with pytest.raises(Refused, match="deedwatch refresh"):
        asyncio.run(crawl())


@pytest.mark.parametrize("source", URLS)
def test_every_wanted_photo_is_served_once_and_the_same_photos_give_the_same_urls(source: str) -> None:
    kind = spiders()[source]
    refs = [kind.claims(URLS[source].format(n=n)) for n in range(100, 221)]
    wanted = [Wanted(ref) for ref in refs if ref is not None]
    assert len(wanted) == 121
    targets = list(kind().targets(wanted))
    served = [photo for target in targets for photo in target.serves]
    assert sorted(served) == sorted(w.ref.native_id for w in wanted)
    assert max(len(target.serves) for target in targets) <= kind.batch
    assert {t.url for t in targets} == {t.url for t in kind().targets(list(reversed(wanted)))}
    assert all(target.source == source and target.group == wanted[0].ref.group for target in targets)


@pytest.mark.parametrize("kind", spiders().values(), ids=list(spiders()))
def test_who_tells_its_reader_the_lists_picture_address_asks_for_it(
    kind: type[SourceSpider], root: Path
) -> None:
    """Without the flag no refresh fills in the address unless pictures are read, and the reader would hang on that."""
    metas = [json.loads(meta.read_bytes()) for meta in (root / "tests/pages" / kind.name).glob("*/meta.json")]
    found = [kind.claims(meta["url"]) for meta in metas]
    refs = [ref for ref in found if ref is not None]
    refs += [ref for meta in metas for one in meta.get("serves", ()) if (ref := kind.named(one)) is not None]
    assert refs, f"no sample page of {kind.name} names a photo"
    picture = "https://files.example/1.jpg"
    plain = [list(kind().targets([Wanted(ref)])) for ref in refs]
    told = [list(kind().targets([Wanted(ref, image_url=picture)])) for ref in refs]
    assert (plain != told) == kind.wants_picture_address
    assert kind.batch == 1 or not kind.wants_picture_address, "a batch has no address of one picture"


def test_importing_resolve_does_not_import_scrapy(root: Path) -> None:
    code = "import sys, crawler.sources.resolve; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
