"""Flickr URLs: forms seen in manifests, forms known from Flickr, and anything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.sources.flickr_urls import _BASE58, classify, from_base58, photo_of

PHOTOS = {
    "https://www.flickr.com/photos/paperkite/46000000001": ("46000000001", "paperkite"),
    "http://flickr.com/photos/11111111@N01/46000000001/in/photostream/": ("46000000001", "11111111@N01"),
    "https://www.flickr.com/photos/11111111%40N01/46000000001/sizes/o/": ("46000000001", "11111111@N01"),
    "flickr.com/photos/paperkite/46000000001?rb=1#comment": ("46000000001", "paperkite"),
    "https://m.flickr.com/photos/paperkite//46000000001/lightbox": ("46000000001", "paperkite"),
    "https://secure.flickr.com/photos/paperkite/46000000001/": ("46000000001", "paperkite"),
    "https://commons.flickr.org/photos/paperkite/46000000001/": ("46000000001", "paperkite"),
    "http://www.flickr.com/photo/paperkite/7/": ("7", "paperkite"),
    "http://www.flickr.com/11111111@N01/46000000001": ("46000000001", "11111111@N01"),
    "https://www.flickr.com/photo.gne?id=46000000001": ("46000000001", None),
    "https://www.flickr.com/photo.gne?rb=1&id=46000000001": ("46000000001", None),
    "https://www.flickr.com/photo_zoom.gne?id=155&size=o": ("155", None),
    "https://www.flickr.com/video_download.gne?id=155": ("155", None),
    "https://www.flickr.com/photo.gne?short=4yVr8K": ("2341623661", None),
    "https://flic.kr/p/4yVr8K": ("2341623661", None),
    "https://live.staticflickr.com/65535/53381630964_63d765ee92_s.jpg": ("53381630964", None),
    "//live.staticflickr.com/65535/53381630964_63d765ee92.jpg": ("53381630964", None),
    "https://live.staticflickr.com/video/52868534222/346a41e5a9/1080p.mp4": ("52868534222", None),
    "http://farm4.staticflickr.com/3599/3372549602_3eeee52790_z.jpg?zz=1": ("3372549602", None),
    "http://farm1.static.flickr.com/82/241708183_dd0847d5c7_o.jpg": ("241708183", None),
    "https://c8.staticflickr.com/6/5159/142456_7cf094b085_b.jpg": ("142456", None),
    "http://static.flickr.com/63/155697786_0125559b4e.jpg": ("155697786", None),
    "http://photos23.flickr.com/3372549602_3eeee52790_o.jpg": ("3372549602", None),
    "https://api.flickr.com/services/rest/?method=flickr.photos.getInfo&photo_id=155": ("155", None),
    "https://m.flickr.com/#/photos/paperkite/46000000001/": ("46000000001", "paperkite"),
    "https://embedr.flickr.com/photos/46000000001": ("46000000001", None),
    "http://www.flickr.com/x/t/0099009/photos/paperkite/46000000001/": ("46000000001", "paperkite"),
    "HTTP://WWW.FLICKR.COM/PHOTOS/paperkite/46000000001": ("46000000001", "paperkite"),
}
OTHERS = {
    "": "not-flickr",
    "https://example.net/photos/a/123": "not-flickr",
    "https://notflickr.com/photos/a/123": "not-flickr",
    "http://http://": "not-flickr",
    "mailto:help@flickr.com": "not-flickr",
    "https://flickr.com.example.net/photos/a/123": "not-flickr",
    "https://www.flickr.com": "homepage",
    "www.flickr.com/#": "homepage",
    "https://www.flickr.com/help": "unrecognised",
    "https://www.flickr.com/photos/tags/": "unrecognised",
    "https://www.flickr.com/photos/tags/fog/page5": "tag",
    "https://www.flickr.com/photos/circled/①②③": "unrecognised",
    "https://www.flickr.com/photo.gne?id=unknown": "unrecognised",
    "https://live.staticflickr.com/65535/abc_def.jpg": "unrecognised",
    "https://live.staticflickr.com/": "unrecognised",
    "https://farm1.staticflickr.com/123/buddyicons/12345@N00.jpg": "unrecognised",
    "https://combo.staticflickr.com/ap/build/javascripts/7.js": "unrecognised",
    "https://www.flickr.com/photos/paperkite/0": "unrecognised",
    "https://www.flickr.com/photos/paperkite/٤٦٠": "unrecognised",
    "https://m.flickr.com/": "homepage",
    "https://embedr.flickr.com/assets/client-code.js": "unrecognised",
    "https://www.flickr.com/photos/paperkite/": "user",
    "https://www.flickr.com/photos/paperkite/page3": "user",
    "https://www.flickr.com/people/paperkite": "user",
    "https://www.flickr.com/photos/paperkite/albums/72157666833379009": "album",
    "https://www.flickr.com/photos/paperkite/sets/72157666833379009/": "album",
    "https://www.flickr.com/photos/paperkite/galleries/72157722096057728/": "gallery",
    "https://www.flickr.com/groups/fog/pool/": "group",
    "https://flic.kr/p/O0Il": "unrecognised",
    "https://flic.kr/s/aHsk8hUbqq": "short",
    "https://www.flickr.com/gp/paperkite/M195SL": "unrecognised",
}


@pytest.mark.parametrize(("url", "expected"), PHOTOS.items())
def test_a_photo_url_gives_its_id(url: str, expected: tuple[str, str | None]) -> None:
    assert photo_of(url) == expected


@pytest.mark.parametrize(("url", "kind"), OTHERS.items())
def test_other_addresses_are_no_photos(url: str, kind: str) -> None:
    assert classify(url).kind == kind
    assert photo_of(url) is None


@settings(max_examples=60)
@given(st.integers(1, 10**11))
def test_base58_is_read_back(number: int) -> None:
    text, rest = "", number
    while rest:
        rest, digit = divmod(rest, 58)
        text = _BASE58[digit] + text
    assert from_base58(text) == str(number)
    assert photo_of(f"https://flic.kr/p/{text}") == (str(number), None)


@settings(max_examples=80)
@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map("https://www.flickr.com/photos/".__add__)))
def test_no_text_makes_it_raise(text: str) -> None:
    found = photo_of(text)
    assert found is None or (found[0].isascii() and found[0].isdigit())
