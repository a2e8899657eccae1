"""Text that somebody else wrote, made harmless for the place it is shown in.

One question, four places: Markdown (and HTML inside it), XML, a terminal, a CSV cell. What a person could see
stays as it was; what works unseen (control characters, terminal escapes, bidi overrides, invisible fillers,
lone surrogates, noncharacters) is replaced by a visible stand-in. The sets below are written out instead of
asked from ``unicodedata``, so that the bytes of a card do not depend on Python's Unicode version.
"""

from __future__ import annotations

import re

#: Unseen or harmful code points beyond C0 and DEL, which get their Control Pictures (U+2400…):
#: C1 controls, soft hyphen, Arabic letter mark, Hangul fillers, Khmer and Mongolian invisibles, zero-width
#: space, bidi marks, embeddings, overrides and isolates (UAX #9), line and paragraph separator, word
#: joiner to nominal digit shapes, Braille blank, BOM, interlinear annotation, tag characters (used to
#: smuggle text), noncharacters. ZWNJ, ZWJ and variation selectors stay: scripts and emoji need them.
_UNSEEN = (
    r"\x80-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    r"\U000e0000-\U000e00ff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + r"\ufffe\uffff"
)
_HIDDEN = re.compile(rf"[\x00-\x1f\x7f{_UNSEEN}]")


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # ESC becomes "␛", LF "␊"
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def visible(text: str, limit: int | None = None) -> str:
    """The text with every unseen character shown instead of obeyed; one line, valid UTF-8 and XML 1.0.

    ``limit``: longer texts are cut to so many characters, the last one being "…".
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    return _HIDDEN.sub(_stand_in, text)


def terminal(text: str) -> str:
    """The text for a terminal: runs of white space become one space, the rest as ``visible``."""
    return visible(" ".join(re.split(r"[ \t\r\n\f\v]+", text)).strip())


class Markdown(str):
    """Text that is Markdown already and may stand in a card as it is."""

    __slots__ = ()


# Characters that begin or end something in CommonMark, GFM, HTML, the Hub's maths ($$ and \\( ) or a template
# language. Character references work in Markdown and in HTML blocks (<summary>) alike; backslashes would not. Quotes
# end something only in attributes and link titles, where no text of others stands here.
_SPECIAL = re.compile(r"""[&<>`*{}\[\]#|~$!\\^@=]|(?<![^\W_])_|_(?![^\W_])""")
# Only at the start of a line: list markers, rules, setext underlines ("-", "+", "1. ", "1) ").
_LINE_START = re.compile(r"^()([-+])|^(\d{1,9})([.)])(?=\s|$)")
# GFM autolinks are found in the text *after* references are resolved (mdast-util-gfm-autolink-literal), so an
# empty comment must part the address from its scheme, "www" or mailbox (never first: it would begin a block).
_LINKABLE = re.compile(r"(?<=[A-Za-z])(?=://)|(?<=[wW])(?=\.)|(?<!^)(?=@)")


def md(text: str, limit: int | None = 200) -> Markdown:
    """The text as inert inline Markdown: shown as it is in a paragraph, heading, table cell or <summary>."""
    shown = visible(text, limit).strip()
    pieces = []
    for number, piece in enumerate(_LINKABLE.split(shown)):
        escaped = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", piece)
        if number == 0:
            escaped = _LINE_START.sub(_line_start, escaped)
        pieces.append(escaped)
    return Markdown("<!-- -->".join(pieces))


def _line_start(match: re.Match[str]) -> str:
    return f"{match[1] or match[3] or ''}&#{ord(match[2] or match[4])};"


_PLAIN_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._:;,+=/%<>()-]*[A-Za-z0-9)])?")


def code(text: str, limit: int | None = 200) -> Markdown:
    """The text as inline code; a code span where its characters allow, else ``<code>`` around ``md``."""
    shown = visible(text, limit).strip()
    if _PLAIN_CODE.fullmatch(shown):
        return Markdown(f"`{shown}`")
    return Markdown(f"<code>{md(text, limit)}</code>")


def xml(text: str) -> str:
    """The text for XML or HTML content and attribute values (XML 1.0, section 2.4)."""
    return visible(text).translate(
        {38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;", 39: "&#39;"},
    )


# A spreadsheet takes a cell for a formula by its first character (OWASP "CSV injection": = + - @ TAB CR),
# also in full width, and some look past leading white space.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠']")
_CSV_UNSAFE = re.compile(rf"[\x00-\x1f\x7f\\{_UNSEEN}]")
_CSV_ESCAPE = re.compile(r"\\(?:(\\)|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def csv_cell(text: str) -> str:
    r"""The text as a CSV cell that no spreadsheet takes for a formula; ``csv_value`` gives it back.

    A text that could start a formula, starts with an apostrophe or holds unseen characters is *guarded*: an
    apostrophe in front, ``\`` doubled, unseen characters as ``\uXXXX``. All other texts, backslashes
    included, stand as they are.
    """
    if not _FORMULA.match(text) and not _HIDDEN.search(text):
        return text

    def escape(match: re.Match[str]) -> str:
        char = ord(match[0])
        if char == 0x5C:
            return r"\\"
        return f"\\u{char:04x}" if char < 0x10000 else f"\\U{char:08x}"

    return "'" + _CSV_UNSAFE.sub(escape, text)


def csv_value(cell: str) -> str:
    """What ``csv_cell`` was given."""
    if not cell.startswith("'"):
        return cell
    return _CSV_ESCAPE.sub(lambda match: "\\" if match[1] else chr(int(match[2] or match[3], 16)), cell[1:])
