"""Commons file pages: templates of all kinds, both markups of the information, notices in any language."""

import pytest

from crawler.model import Basis, Claim, Field, Look, Reason, Status
from crawler.reading.findings import findings_of
from crawler.reading.pages.html import parse
from crawler.reading.platforms import commons_entity, commons_extmetadata, commons_file_page, commons_notices
from crawler.sources.commons_urls import native

URL = "https://commons.wikimedia.org/wiki/File:Weir.jpg"


def block(short: str = "", long: str = "", link: str = "", more: str = "") -> str:
    marks = "".join(
        f'<span class="licensetpl_{name}" style="display:none">{text}</span>'
        for name, text in (("short", short), ("long", long), ("link", link))
        if text
    )
    return f'<table class="layouttemplate licensetpl mw-content-ltr"><tr><td>{marks}{more}</td></tr></table>'


def read(body: str) -> list[Claim]:
    return commons_file_page.claims(parse(f"<html><body>{body}</body></html>".encode(), URL))


def licensed(body: str) -> tuple[str | None, str]:
    findings = findings_of(Look("Weir.jpg", Status.AVAILABLE, Reason.SEEN, tuple(read(body))))
    return findings.license, findings.license_state


GFDL = block("GFDL", "GNU Free Documentation License", "http://www.gnu.org/copyleft/fdl.html")
BY_SA = block(
    "CC BY-SA 4.0",
    "Creative Commons Attribution-Share Alike 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0",
)
BY = block("CC BY 2.0", "Creative Commons Attribution 2.0", "//creativecommons.org/licenses/by/2.0/deed.en")
PD = block("Public domain", "Public domain")
CC0 = block(
    "CC0",
    "Creative Commons Zero, Public Domain Dedication",
    "http://creativecommons.org/publicdomain/zero/1.0/deed.en",
)
FAL = block("FAL", "Free Art License", "http://artlibre.org/licence/lal/en")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (BY_SA, ("CC-BY-SA-4.0", "known")),
        (GFDL + BY_SA, ("CC-BY-SA-4.0", "known")),
        (BY + BY_SA, ("CC-BY-2.0", "known")),
        (FAL + BY_SA, ("CC-BY-SA-4.0", "known")),
        (PD + PD, ("LicenseRef-public-domain", "known")),
        (
            PD
            + block("Public domain", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
            ("CC-PDM-1.0", "known"),
        ),
        (CC0, ("CC0-1.0", "known")),
        (PD + BY, (None, "conflict")),
        (
            block("A license of tomorrow", "Tomorrow 1.0", "https://example.net/license"),
            (None, "not_understood"),
        ),
        (
            block("CC BY-SA 3.0 de", "", "https://creativecommons.org/licenses/by-sa/3.0/de/deed.en"),
            ("CC-BY-SA-3.0-DE", "known"),
        ),
        ("<p>A file without a license.</p>", (None, "not_stated")),
    ],
)
def test_licenses(body: str, expected: tuple[str | None, str]) -> None:
    assert licensed(body) == expected


@pytest.mark.parametrize(
    ("body", "restricted"),
    [
        (block(more=""), []),
        (
            '<table class="plainlinks imbox imbox-license licensetpl"><tr><td>Non-free logo</td></tr></table>',
            ["non-free"],
        ),
        (block("Fair use", "", "", '<span class="licensetpl_nonfree">true</span>'), ["non-free"]),
        (
            '<div class="layouttemplate restriction-costume restriction-trademarked">x</div>',
            ["costume", "trademarked"],
        ),
        (
            '<div class="restriction-insignia"></div><div class="restriction-nazi"></div>',
            ["insignia", "nazi"],
        ),
        ('<div class="restriction-personality">x</div>', ["personality"]),
        (
            '<div lang="de"><span id="commons-template-personality-rights">Persönlichkeitsrechte</span></div>',
            ["personality"],
        ),
        ('<img alt="Personality rights" src="x.svg">', ["personality"]),
        ('<a href="/wiki/Restriction-free">restriction-free</a>', []),
    ],
)
def test_limits(body: str, restricted: list[str]) -> None:
    claims = read(body)
    assert [c.value for c in claims if c.field is Field.RESTRICTION] == restricted
    people = [c.value for c in claims if c.field is Field.PEOPLE]
    assert people == (["identifiable"] if "personality" in restricted else [])


NUKE = (
    '<span class="nuke" style="display:none"><a href="//commons.wikimedia.org/w/index.php?title=File:Weir.jpg&amp;'
    'action=delete&amp;wpReason=No+permission+since+2+May">delete</a></span>'
)


def category(name: str) -> str:
    return f'<div id="catlinks"><a href="/wiki/Category:X" title="Category:{name}">{name}</a></div>'


@pytest.mark.parametrize(
    ("body", "raw"),
    [
        (NUKE, "No permission since 2 May"),
        (
            '<div class="nuke">This file has been nominated for deletion.</div>',
            "This file has been nominated for deletion.",
        ),
        (
            category("Media missing permission as of 24 November 2026"),
            "Media missing permission as of 24 November 2026",
        ),
        (category("Media without a source as of 1 May 2020"), "Media without a source as of 1 May 2020"),
        (
            category("Media uploaded without a license as of 2020-05-01"),
            "Media uploaded without a license as of 2020-05-01",
        ),
        (category("Deletion requests November 2026"), "Deletion requests November 2026"),
        (category("Copyright violations"), "Copyright violations"),
    ],
)
def test_deletion_requests(body: str, raw: str) -> None:
    claims = read(BY_SA + body)
    assert [(c.value, c.raw) for c in claims if c.field is Field.DELETION_REQUEST] == [("open", raw)]


@pytest.mark.parametrize(
    "body", [category("Weirs in Bavaria"), category("Deletion requests/kept"), "<p>a nuke</p>"]
)
def test_no_deletion_request(body: str) -> None:
    assert not any(c.field is Field.DELETION_REQUEST for c in read(BY_SA + body))
    assert not commons_notices.nominated(parse(body.encode(), URL))


INFORMATION = """<div class="fileinfotpl fileinfotpl-type-{0}"><div class="fileinfotpl_aut">{1}</div>
<div class="fileinfotpl_date">{2}</div></div>"""


def test_the_template_of_the_picture_speaks_before_that_of_the_thing_shown() -> None:
    body = INFORMATION.format("artwork", "Rodin", "1880") + INFORMATION.format(
        "photograph", "Alma Muster", "2019"
    )
    claims = {c.field: c.value for c in read(body)}
    assert (claims[Field.AUTHOR], claims[Field.CREDIT], claims[Field.TAKEN]) == (
        "Alma Muster",
        "Rodin",
        "2019",
    )
    book = INFORMATION.format("book", "Brehm", "1864")
    assert {c.value for c in read(book + INFORMATION.format("information", "Alma Muster", "2019"))} == {
        "Alma Muster",
        "2019",
    }
    assert {c.value for c in read(book)} == {"Brehm", "1864"}


def test_labeled_cells_in_other_languages_and_names_with_marks() -> None:
    body = (
        '<table class="fileinfotpl-type-information"><tr><td id="fileinfotpl_desc">Beschreibung</td><td>'
        '<div class="description" lang="de"><span class="language de">Deutsch:</span> Kein Model-Release.</div>'
        "</td></tr>"
        '<tr><td id="fileinfotpl_aut">Urheber</td><td>\u200eAlma Muster (alma@weir.example)</td></tr></table>'
    )
    claims = read(body)
    said = {c.field: (c.value, c.raw) for c in claims}
    assert said[Field.AUTHOR] == ("Alma Muster (a…@weir.example)", "\u200eAlma Muster (alma@weir.example)")
    assert said[Field.DESCRIPTION][0] == "Kein Model-Release."
    assert said[Field.MODEL_RELEASE] == ("no", "Kein Model-Release")


BOT = (
    "It was reviewed on 7 May 2012 by FlickreviewR 2 and was confirmed to be licensed under the terms of the "
    "cc-by-sa-2.0."
)
PERSON = (
    "This image, originally posted to Flickr, was reviewed on 12 March 2009 by the administrator or reviewer "
    "Alma, who confirmed that it was available on Flickr under the stated license on that date."
)
STOPPED = "The Flickr user has since stopped distributing the file under this license."
ARCHIVED = (
    "The Wikimedia Foundation has received an e-mail confirming that the copyright holder has approved "
    "publication under the terms mentioned on this page."
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (BOT, "CC-BY-SA-2.0"),
        (PERSON, "as-stated"),
        (STOPPED, "changed-at-source"),
        (ARCHIVED, "permission-archived"),
    ],
)
def test_reviews_are_evidence_of_then(text: str, value: str) -> None:
    claims = [c for c in read(BY_SA + f"<p>{text}</p>") if c.field is Field.LICENSE_REVIEW]
    assert [(c.value, c.basis) for c in claims] == [(value, Basis.HISTORY)]
    assert licensed(BY_SA + f"<p>{text}</p>")[0] == "CC-BY-SA-4.0"


def test_boxes_that_ask_for_a_permission_are_no_permission() -> None:
    text = "There is no proof that the author agreed. Please ask the author to send an e-mail to VRT (permissions)."
    assert not any(c.field is Field.LICENSE_REVIEW for c in read(f"<p>{text}</p>"))


def test_extmetadata_words_categories_and_what_nobody_reads() -> None:
    info = {
        "sha1": "ab",
        "newfield": 1,
        "extmetadata": {
            "License": {"value": "cc-by-4.0"},
            "ObjectName": {"value": "Weir &amp; child"},
            "ImageDescription": {"value": "<p>Model release: on file</p><p>For editorial use only</p>"},
            "Categories": {"value": "Weirs|Media missing permission as of 2 May 2026|AI-generated images"},
            "Tomorrow": {"value": "x"},
            "Silent": {"value": ""},
        },
    }
    claims = [(str(c.field), c.value, str(c.basis)) for c in commons_extmetadata.claims(info, "/i")]
    assert ("title", "Weir & child", "stated") in claims
    assert ("minors", "minor", "keyword") in claims
    assert ("model_release", "yes", "stated") in claims
    assert ("restriction", "editorial", "stated") in claims
    assert ("deletion_request", "open", "stated") in claims
    assert ("ai_generated", "yes", "keyword") in claims
    assert commons_extmetadata.unread(info) == ("extmetadata/Tomorrow", "newfield")


@pytest.mark.parametrize(
    ("statements", "expected", "unread"),
    [
        ({"P275": "Q19125117"}, "CC-BY-2.0", ()),
        ({"P275": "Q6938433", "P6216": "Q19652"}, "CC0-1.0", ()),
        ({"P6216": "Q19652", "P180": "Q5"}, "LicenseRef-public-domain", ("P180",)),
        ({"P6216": "Q50423863"}, None, ()),
        ({"P275": "Q1"}, None, ()),
    ],
)
def test_structured_data(statements: dict[str, str], expected: str | None, unread: tuple[str, ...]) -> None:
    given = {
        name: [{"mainsnak": {"datavalue": {"value": {"id": item}}}, "rank": "normal"}]
        for name, item in statements.items()
    }
    look = commons_entity.look("M1", {"title": "File:Weir.jpg", "statements": given}, native, "Other.jpg")
    assert (look.native_id, findings_of(look).license, look.unread) == ("Weir.jpg", expected, unread)
