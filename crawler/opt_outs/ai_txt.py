"""Spawning's ``/ai.txt`` (2023-05): which media of the site may be used for AI training, by file type and path.

Robots-like groups, ``Disallow: *.jpg``, meant to be read when the media are downloaded. Other grammars use the
same file name (aitxt.ing, draft-car-ai-txt-wellknown): a file without a ``User-Agent:`` line is not this one and
says nothing here. Rules as robots.txt: longest pattern, Allow on a tie.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crawler.opt_outs.agents import PRODUCT, token
from crawler.opt_outs.signal import MAX_RAW, Answer, Signal
from crawler.opt_outs.text_lines import Line, read_lines, text_of
from crawler.opt_outs.url_patterns import covers, normalized, path_of

CARRIER: Final = "ai-txt"
PATH: Final = "/ai.txt"

#: File types that stand for a medium where a file is asked for the medium as a whole.
MEDIA: Final[dict[str, tuple[str, ...]]] = {
    "images": ("bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"),
    "audio": ("aac", "flac", "m4a", "mp3", "ogg", "wav"),
    "video": ("avi", "mov", "mp4", "mpeg", "webm", "wmv"),
    "text": ("doc", "docx", "html", "md", "pdf", "rtf", "txt"),
    "code": ("c", "cpp", "cs", "css", "java", "js", "py"),
}

_SNIFF = re.compile(r"^[ \t]*user-?agent[ \t]*:", re.IGNORECASE | re.MULTILINE)
_RULES = ("allow", "disallow")
_MOST_RULES = 2_000  # generated files have about a hundred
_ENDING = re.compile(r"\*?(\.[A-Za-z0-9]{1,10})\$?")


@dataclass(frozen=True, slots=True)
class AiTxt:
    """The Allow and Disallow lines that speak to us, in order."""

    rules: tuple[Line, ...]

    def of(self, path: str) -> tuple[Answer, Line | None]:
        """What the file says of one path, with the deciding line; unknown where no line matches."""
        best: tuple[int, bool, Line] | None = None
        for line in self.rules:
            if _covers(line.value, path):
                rank = (len(normalized(line.value)), line.key == "allow", line)
                if best is None or rank[:2] > best[:2]:
                    best = rank
        if best is None:
            return Answer.UNKNOWN, None
        return (Answer.ALLOW if best[1] else Answer.DISALLOW), best[2]

    def media(self) -> dict[str, Answer]:
        """Medium → what the file says of all its types: one answer for all, else constrained, else unknown."""
        found = {}
        for medium, endings in MEDIA.items():
            answers = {self.of(f"/a.{ending}")[0] for ending in endings}
            found[medium] = answers.pop() if len(answers) == 1 else Answer.CONSTRAINED
        return found


def _covers(pattern: str, path: str) -> bool:
    """``*.c`` means files that end so, in any case, and not ``.css``; everything else is a path pattern."""
    ending = _ENDING.fullmatch(pattern)
    if ending:
        return path.partition("?")[0].lower().endswith(ending[1].lower())
    return pattern.startswith(("/", "*")) and covers(pattern, path)


def read(body: bytes, agent: str = PRODUCT) -> AiTxt | None:
    """The rules for ``agent``, or for everybody; ``None`` when the body is not this grammar. Never raises."""
    text = text_of(body)
    if text is None or not _SNIFF.search(text):
        return None
    groups: list[tuple[list[str], list[Line]]] = []
    for line in read_lines(text, ":"):
        if line.key in ("user-agent", "useragent"):
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(token(line.value))
        elif line.key in _RULES and groups:
            groups[-1][1].append(line)
    to = token(agent) if any(token(agent) in agents for agents, _ in groups) else "*"
    return AiTxt(tuple(line for agents, rules in groups if to in agents for line in rules)[:_MOST_RULES])


def signals(body: bytes, image_url: str | None = None, agent: str = PRODUCT) -> tuple[Signal, ...]:
    """What the file says of training on the image at ``image_url``, or on images of the site as a whole."""
    rules = read(body, agent)
    if rules is None:
        return ()
    if image_url is not None:
        answer, line = rules.of(path_of(image_url))
        lines: Iterable[Line] = (line,) if line is not None else ()
    else:
        answer = rules.media()["images"]
        lines = dict.fromkeys(line for e in MEDIA["images"] if (line := rules.of(f"/a.{e}")[1]) is not None)
    if answer is Answer.UNKNOWN:
        return ()
    raw = "\n".join(line.raw for line in lines)[:MAX_RAW]
    number = min((line.number for line in lines), default=None)
    value = f"{CARRIER}.train={answer}"
    return (Signal(CARRIER, "train", answer, value, raw, f"{PATH} line {number}", number),)


def disallowed_media(body: bytes, agent: str = PRODUCT) -> frozenset[str]:
    """Media of which every file type is disallowed."""
    rules = read(body, agent)
    found = rules.media() if rules is not None else {}
    return frozenset(medium for medium, answer in found.items() if answer is Answer.DISALLOW)
