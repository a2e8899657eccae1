"""``deedwatch read``: what today's readers find in one stored page or answer, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deedwatch.options import Number

if TYPE_CHECKING:
    from crawler.model import Answer, Look


#: Of a picture file at most so many bytes are read: metadata may stand at its end, behind the pixels.
MOST_PICTURE = 64 << 20


@click.command(name="read")
@click.argument("file", metavar="FILE")
@click.option(
    "--url", default="", help="The address the body came from; it chooses the reader. Pictures need none."
)
@click.option("--status", type=Number(0, 599), default=200, show_default=True, help="The HTTP status.")
@click.option("--headers", metavar="FILE", help='Response headers: a JSON object, or "Name: value" lines.')
@click.option(
    "--image", default="", metavar="URL", help="The picture asked for, where the page shows several."
)
def command(file: str, url: str, status: int, headers: str | None, image: str) -> None:
    """Say what today's readers find in the body stored in FILE ("-": standard input).

    Prints one JSON object: source, native_id, status, reason, license, license_state, claims, findings,
    unread. An answer about several photos has them under "photos"; an address about no photo has native_id
    null. "ranking" says of each license claim whether it counts, and why. Of a picture file (JPEG, PNG, WebP,
    TIFF, XMP) its own metadata is read; it has no status. No more is read than a crawl would keep: 8 MiB, of a picture
    64 MiB. Nothing is fetched, nothing is asked further, and
    nothing is stored.
    """
    import json

    from crawler.reading.pages.html import MAX_BYTES
    from deedwatch.input_files import MIB, read_at_most

    _check_address(url, "--url")
    _check_address(image, "--image")
    body = read_at_most(file, MAX_BYTES, "FILE", more=MOST_PICTURE)
    given = _headers(read_at_most(headers, MIB, "--headers"), headers) if headers else ()
    click.echo(
        json.dumps(report(body, url, status, given, image), ensure_ascii=False, indent=2).encode(
            "utf-8", "replace"
        )
    )


def report(
    body: bytes, url: str, status: int, headers: tuple[tuple[str, str], ...], image: str = ""
) -> dict[str, Any]:
    """What ``deedwatch read`` prints, as a dictionary. ``image`` is the address of the picture asked for.

    Raises:
        BadInput: the URL is none that any reader could be chosen for.
    """
    from datetime import UTC, datetime

    from crawler.errors import BadInput
    from crawler.model import Capture, Target
    from crawler.reading.embedded.look import is_readable
    from crawler.sources.resolve import spider_of

    if status == 200 and is_readable(body):
        return _picture(body, url)
    if not url.strip():
        raise BadInput("--url is needed: FILE is no picture, and the address chooses the reader.")
    kind = spider_of(url)
    if kind is None:
        raise BadInput(f"--url {url!r}: no reader knows addresses of this kind.")
    ref = kind.claims(url)
    if ref is not None and image.strip():
        ref = kind.of_image(ref, image)
    target = Target(kind.name, url, ref.group if ref else "", (ref.native_id,) if ref else ())
    capture = Capture(
        target, url, status, headers, body, datetime.now(UTC), fault=None if status else "reset"
    )
    answer = kind().read(capture)
    return _shown(answer, kind.reader(), url)


def _picture(body: bytes, url: str) -> dict[str, Any]:
    from crawler.reading.embedded.look import READER, look

    found = _look(look(body, url))
    source = READER.partition("/")[0]
    return (
        {"source": source, "reader": READER, "url": url or None}
        | found
        | {
            "native_id": None,
            "retry": None,
            "halt": None,
        }
    )


def _shown(answer: Answer, reader: str, url: str) -> dict[str, Any]:
    source = reader.partition("/")[0]
    looks = list(answer.looks)
    shown: dict[str, Any] = {"source": source, "reader": reader, "url": url}
    if len(looks) == 1:
        shown |= _look(looks[0])
    else:
        shown |= {
            "native_id": None,
            "status": "unsupported" if looks else None,
            "reason": "not_a_photo" if looks else None,
            "license": None,
            "license_state": "not_observed",
            "claims": [],
            "findings": None,
            "unread": [],
            "photos": [_look(look) for look in looks],
        }
    if shown["native_id"] == url:
        shown["native_id"] = None if source != "any_page" else url
    shown["retry"] = str(answer.retry) if answer.retry else None
    shown["halt"] = str(answer.halt) if answer.halt else None
    return shown


def _look(look: Look) -> dict[str, Any]:
    from dataclasses import asdict

    from crawler.reading.findings import findings_of
    from crawler.reading.ranking import ranking

    findings = findings_of(look)
    return {
        "native_id": look.native_id,
        "status": str(look.status) if look.status is not None else None,
        "reason": str(look.reason) if look.reason is not None else None,
        "license": findings.license,
        "license_state": findings.license_state,
        "claims": [asdict(claim) for claim in look.claims],
        "findings": asdict(findings) if look.status is not None else None,
        "unread": list(look.unread),
        "ranking": [
            {
                "license": r.claim.value,
                "raw": r.claim.raw,
                "scope": r.claim.scope,
                "locator": r.claim.locator,
                "counts": r.counts,
                "why": r.why,
            }
            for r in ranking(look)
        ],
    }


def _check_address(text: str, flag: str) -> None:
    """Raise BadInput for what is given and is no web address; as in lists, the scheme may be left away."""
    from crawler.errors import BadInput
    from crawler.sources.urls import split

    if not text.strip():
        return
    parts = split(text)
    host = (parts.hostname if parts is not None else None) or ""
    if any(c.isspace() for c in host) or not ("." in host or ":" in host or host == "localhost"):
        raise BadInput(f"{flag} {text!r} is not a web address: http or https and a host are wanted.")


def _headers(content: bytes, name: str) -> tuple[tuple[str, str], ...]:
    """A JSON object (values texts or lists of texts), or lines as HTTP has them; a status line is passed
    over.
    """
    import json

    from crawler.errors import BadInput

    text = content.decode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        try:
            given = json.loads(text)
        except ValueError as error:
            raise BadInput(f"--headers: {name} is no JSON object: {error}.") from error
        return tuple((k, str(v)) for k, vs in given.items() for v in (vs if isinstance(vs, list) else [vs]))
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, colon, value = line.partition(":")
        if not line.strip() or line.upper().startswith("HTTP/"):
            continue
        if not colon or not key.strip():
            raise BadInput(f'--headers: {name}, line {number}: "Name: value" was expected.')
        found.append((key.strip(), value.strip()))
    return tuple(found)
