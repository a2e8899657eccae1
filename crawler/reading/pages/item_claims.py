"""What items say of rights → claims, each with the scope of the item it stands in.

A picture's statements have scope ``image`` and count only if it is the photo (``image_choice``); those of a
``WebSite`` or an ``Organization`` are the site's; those of videos, comments and other works are nobody's here; all
others are the page's, or what their place on it makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.model import Claim, Field, Scope
from crawler.reading.findings import SEVERAL_IMAGES
from crawler.reading.license_claims import MAX_RAW, recognised, statements
from crawler.reading.pages.html import Page
from crawler.reading.pages.image_choice import ELSEWHERE, PRIMARY, Choice, choose, is_image, locations
from crawler.reading.pages.items import OTHER_WORKS, SITES, Item, Said, addresses, names
from crawler.reading.pages.picture_urls import is_no_page, same_page
from crawler.reading.pages.scope import others_key, scope_of
from crawler.reading.words.ai_generated import is_source_type
from crawler.reading.words.plain_text import shown

#: Properties whose values are addresses.
ADDRESSES = frozenset(
    {
        "contentUrl",
        "url",
        "acquireLicensePage",
        "morePermissions",
        "attributionURL",
        "mainEntityOfPage",
        "sameAs",
    }
)
_TEXTS = (
    ("creditText", Field.CREDIT),
    ("copyrightNotice", Field.COPYRIGHT_NOTICE),
    ("copyrightHolder", Field.COPYRIGHT_NOTICE),
    ("rights", Field.COPYRIGHT_NOTICE),
    ("name", Field.TITLE),
    ("uploadDate", Field.UPLOADED),
)
_PEOPLE = ("creator", "author", "attributionName")
_VALUES = frozenset(
    {*_PEOPLE, "license", "copyrightHolder", "sdLicense", "publisher", "provider", "sponsor", "contributor"}
)
_LISTS = frozenset({"itemListElement", "item", "hasPart", "blogPost", "blogPosts", "isPartOf"})
_OFFERS = ("acquireLicensePage", "morePermissions")
#: About rights, in words or addresses that no reader of ours understands: named as unread.
_NOT_UNDERSTOOD = ("usageInfo", "conditionsOfAccess", "copyrightYear")
#: Properties that are read; walkers need keep no others.
READ = ADDRESSES.union(
    (key for key, _ in _TEXTS),
    _PEOPLE,
    _OFFERS,
    _NOT_UNDERSTOOD,
    ("license", "digitalSourceType", "representativeOfPage", "givenName", "familyName", "alternateName"),
)
_FOR_SHOW = frozenset({Field.AUTHOR, Field.CREDIT, Field.COPYRIGHT_NOTICE, Field.TITLE})


def claims(items: Sequence[Item], page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of these items. What is said of pictures that are not the photo is left out."""
    choice = choose(items, page)
    photo = {id(item) for item in choice.items}
    page.kept[others_key(page)] = frozenset(
        item.element
        for item in items
        if item.element is not None and is_image(item) and id(item) not in photo
    )
    found: list[Claim] = []
    unread: list[str] = []
    for item in items:
        if is_image(item):
            if id(item) in photo:
                found += _of(item, page)
                unread += [s.locator for key in _NOT_UNDERSTOOD for s in item.said(key)]
        elif (
            item.types.isdisjoint(OTHER_WORKS) and _speaks_for_itself(item) and not _is_elsewhere(item, page)
        ):
            found += _of(item, page)
    return [*found, *_several(choice, page)], unread


def _speaks_for_itself(item: Item) -> bool:
    """False for an item that is but a value of another: a license, a person; and for what it refers to."""
    if not item.types.isdisjoint(SITES):
        return item.under.isdisjoint(ELSEWHERE)
    if not item.under.isdisjoint(ELSEWHERE | _VALUES):
        return False
    return bool(item.types) or not item.under or not item.under.isdisjoint(PRIMARY | {"image"})


def _is_elsewhere(item: Item, page: Page) -> bool:
    """Whether an item that hangs on another is a part or a neighbor of this page: of a list, or with an address of
    its own. The address of an item that stands by itself may be the page's in another spelling.
    """
    if not item.under or not item.under.isdisjoint(PRIMARY | {"mainEntityOfPage"}):
        return False
    if not item.types.isdisjoint(SITES):
        return False
    if not item.under.isdisjoint(_LISTS):
        return True
    own = [*locations(item)]
    return bool(own) and not any(_is_here(address, page) for address in own)


def _several(choice: Choice, page: Page) -> list[Claim]:
    """The claim that the page's own license is not simply the photo's: it describes several pictures, and ours is
    one without a license, or nobody can say which is ours (none has the address asked for, or not all a license).
    """
    if choice.asked:
        ambiguous = not any(item.said("license") for item in choice.items)
    else:
        unlicensed = not all(item.said("license") for item in choice.items)
        ambiguous = not choice.others and (unlicensed or bool(page.asked))
    described = [locations(item)[:1] for item in (*choice.items, *choice.others)]
    shown = list(dict.fromkeys(known[0] for known in described if known))
    if not ambiguous or len(shown) < 2:
        return []
    raw = " ".join(shown)[:500]
    return [Claim(Field.MEDIA, SEVERAL_IMAGES, raw, Scope.PAGE, choice.items[0].locator)]


def _scope(item: Item, said: Said, page: Page) -> Scope | None:
    if is_image(item):
        return Scope.IMAGE
    if not item.types.isdisjoint(SITES):
        return Scope.SITE
    element = said.element
    if element is None:
        return Scope.PAGE
    if item.id and not item.id.startswith("_:") and not _is_here(item.id, page):
        return None
    return scope_of(element, page)


def _is_here(address: str, page: Page) -> bool:
    return same_page(address, page.url) or same_page(address, page.base)


def _of(item: Item, page: Page) -> Iterator[Claim]:
    for said in item.said("license"):
        yield from _license(item, said, page)
    for key in _PEOPLE:
        authors = list(_authors(item, key, page))
        yield from authors
        if authors:
            break
    for said in item.said("attributionURL"):
        yield from _claim(Field.AUTHOR_URL, said.text, item, said, page)
    for key, field in _TEXTS:
        for said in item.said(key):
            for text in names(said):
                yield from _claim(field, text, item, said, page)
    for key in _OFFERS:
        for said in item.said(key):
            for address in list(addresses(said))[:1]:
                yield from _claim(Field.LICENSE_OFFER, address, item, said, page)
    for said in item.said("digitalSourceType"):
        text = next(addresses(said), "")
        if is_image(item) and is_source_type(text):
            yield Claim(Field.AI_GENERATED, "yes", text, Scope.IMAGE, said.locator)


def _license(item: Item, said: Said, page: Page) -> Iterator[Claim]:
    scope = _scope(item, said, page)
    if scope is None:
        return
    options = [*addresses(said), *(names(said) if said.item is not None else ())]
    if not options:
        return
    # an object may have an id of its own site's and a url that is the license's: the first that is understood
    if any(is_no_page(option) for option in options):
        yield Claim(Field.LICENSE, None, options[0][:MAX_RAW], scope, said.locator, said.quote or said.raw)
        return
    best = next((o for o in options if recognised(o[:500]).state == "known"), options[0])
    yield from statements(best, scope, said.locator, said.quote or said.raw, pointer=True)


def _authors(item: Item, key: str, page: Page) -> Iterator[Claim]:
    for said in item.said(key):
        for name in names(said):
            yield from _claim(Field.AUTHOR, name, item, said, page)


def _claim(field: Field, text: str, item: Item, said: Said, page: Page) -> Iterator[Claim]:
    scope = _scope(item, said, page)
    if text and scope in (Scope.IMAGE, Scope.PAGE):
        value = shown(text) or None if field in _FOR_SHOW else text
        yield Claim(field, value, text, scope, said.locator)
