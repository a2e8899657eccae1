"""Suite opt-outs: what one carrier, or several of one family, state about AI use of a page, an image or a path."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.opt_outs import content_signal, content_usage, robots_directives, rsl, tdmrep
from crawler.opt_outs.representation import from_page
from crawler.opt_outs.signal import Answer, Signal, combine
from crawler.opt_outs.url_patterns import path_of
from crawler.politeness.robots import read_robots
from crawler.reading.pages.html import Page
from crawler.reading.pages.html import parse as parse_html

US = "licenseevidencebot"
LABELS = ("search", "train-ai")
WORDS = {Answer.ALLOW: "allowed", Answer.DISALLOW: "disallowed", Answer.UNKNOWN: "unknown"}


def answer(case: dict, base: object) -> dict:
    if "rsl_xml" in case:
        document = rsl.read_document(case["rsl_xml"].encode("utf-8", "replace"))
        permits, prohibits = document.permits(case["url"]), document.prohibits(case["url"])
        return {"error": bool(document.error), "permits": sorted(permits), "prohibits": sorted(prohibits)}
    if "tdmrep_json" in case or "image_url" in case:
        return _tdmrep(case)
    if "html" in case:
        agent = case.get("user_agent") or US
        page = _page(case["html"], "https://page.example/")
        said = from_page(page.metas, page.links, page.base, page.locate, agent)
        return {"ai_opt_out": any(_opts_out(signal) for signal in said)}
    if "robots_txt" in case or "user_agent" not in case:
        return _preferences(case)
    said = robots_directives.from_headers(_headers(case["headers"]), case["user_agent"] or US)
    return {"ai_opt_out": any(_opts_out(signal) for signal in said)}


def _opts_out(signal: Signal) -> bool:
    return signal.about in ("noai", "noimageai") and not signal.agent and not signal.lenient


def _preferences(case: dict) -> dict:
    """Content-Usage of headers, of robots.txt, or of both and any further carriers; Content-Signal of robots.txt."""
    out: dict = {}
    stated = [content_usage.read_usage(value).strict for value in _values(case)]
    if "robots_txt" in case:
        agent, path = case.get("user_agent") or US, path_of(case["url"])
        robots = read_robots(200, (case["robots_txt"] or "").encode("utf-8", "surrogatepass"))
        out["crawl"] = robots.permits(case["url"], agent).allowed
        lines = robots.preferences(agent)
        rules = content_usage.preference([line for line in lines if line.key == "content-usage"], path)
        out["preference"] = _words(rules) if out["crawl"] else None
        stated.append(rules if out["crawl"] else {})
        signals = content_signal.preference([line for line in lines if line.key == "content-signal"])
        yes_no = {Answer.ALLOW: "yes", Answer.DISALLOW: "no"}
        out |= {key.replace("-", "_"): yes_no.get(signals.get(key)) for key in content_signal.KEYS}
        if set(case) == {"robots_txt", "url", "user_agent"}:
            return out
    return {**out, **_words(combine(*stated)), "preference": _words(combine(*stated))}


def _values(case: dict) -> Iterator[str]:
    """One value for the headers together, one for each further carrier."""
    header = content_usage.header_value(_headers(case.get("headers")))
    if header is not None:
        yield header
    for name, value in case.items():
        if name not in ("headers", "robots_txt", "url", "user_agent"):
            yield from _statements(value)


def _statements(value: object) -> Iterator[str]:
    """A statement as text, as label → y or n, as header pairs, or several of these."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        short = {"allow": "y", "allowed": "y", "disallow": "n", "disallowed": "n", "y": "y", "n": "n"}
        yield ", ".join(f"{label}={short.get(word, word)}" for label, word in value.items() if word)
    elif isinstance(value, list):
        for one in value:
            yield from _statements(one)


def _words(stated: dict[str, Answer]) -> dict[str, str]:
    return {label: WORDS[stated.get(label, Answer.UNKNOWN)] for label in LABELS}


def _tdmrep(case: dict) -> dict:
    """For an image: its own headers, and the file of its own host; a page's HTML and headers speak of the page."""
    page_url = case.get("page_url") or case.get("url") or ""
    url = case.get("image_url") or page_url
    headers = case.get("headers")
    if "image_url" in case or "image_headers" in case:
        headers = case.get("image_headers", [] if page_url or "page_headers" in case else headers)
    file = case.get("tdmrep_json")
    if page_url and urlsplit(page_url).netloc != urlsplit(url).netloc:
        file = None
    layers = [tdmrep.from_file(file.encode("utf-8", "surrogatepass"), url) if file else ()]
    layers.append(tdmrep.from_headers(_headers(headers)))
    if case.get("html") and url == page_url:
        page = _page(case["html"], url)
        said = from_page(page.metas, page.links, page.base, page.locate)
        layers.append([signal for signal in said if signal.carrier == tdmrep.META])
    found = tdmrep.resolve(*layers)
    return {"tdm_reserved": found.reserved, "tdm_policy": found.policy}


def _headers(headers: object) -> list[tuple[str, str]]:
    pairs = headers.items() if isinstance(headers, dict) else headers or ()
    return [(name, value) for name, value in pairs]


def _page(html: str, url: str) -> Page:
    return parse_html(html.encode("utf-8", "replace"), url, "text/html; charset=utf-8")
