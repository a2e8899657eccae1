"""``explain``: the facts a verdict rests on with their claims, and the texts its licence hangs on."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from rehearsal.answer import HTML, NOT_FOUND, TEXT, Reply
from rehearsal.texts import CREATIVE_COMMONS
from tests.end_to_end.stage import DB, LIST, Stage, scripted
from tests.end_to_end.test_license_texts import BY, deed, visiting
from tests.end_to_end.test_manners import PHOTO, A

SECOND = {"DEEDWATCH_REHEARSAL_NOW": "2026-09-05T09:00:00Z"}
STOCKSNAP = Path(__file__).resolve().parents[1] / "pages" / "stocksnap" / "stated-page"


def explained(stage: Stage, key: str = "k", *more: str) -> dict[str, Any]:
    """The one explanation of a key, as JSON."""
    (one,) = json.loads(stage.fine("explain", key, "--db", DB, "--use", "evaluation", "--json", *more).out)
    return dict(one)


def ground(one: dict[str, Any], layer: str, fact: str) -> dict[str, Any]:
    """A fact a layer rests on, its claims as (field, value) pairs."""
    claims = {claim["number"]: claim for look in one["looks"] for claim in look["claims"]}
    (layers,) = [verdict["layers"] for verdict in one["verdicts"]]
    (found,) = [
        rest for each in layers if each["layer"] == layer for rest in each["rests"] if rest["fact"] == fact
    ]
    found["claims"] = [(claims[n]["field"], claims[n]["value"]) for n in found["claims"]]
    return dict(found)


def text_of(one: dict[str, Any], url: str) -> dict[str, Any]:
    (found,) = [text for text in one["texts"] if text["url"] == url]
    return dict(found)


def thing(license_: str, head: str = "") -> Reply:
    """A photo's page that describes it in JSON-LD."""
    said = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "contentUrl": f"https://{A}/1.jpg",
        "license": license_,
    }
    told = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    body = f'<!DOCTYPE html>{head}<h1>A photo</h1><img src="/1.jpg">{told}<p>{"words " * 40}</p>'
    return Reply(body.encode(), HTML)


def test_the_version_in_force_at_the_look_and_what_became_of_it(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        script.pages[A, "/other"] = PHOTO
        stage.write_list(("k", f"https://{A}/photo"), ("l", f"https://{A}/other"))
        stage.refreshed()
        first = text_of(explained(stage), BY)
        assert (first["version"], first["versions"], first["held"]) == (1, 1, "same-refresh")
        assert first["changed"] == []
        script.pages[A, "/photo"] = NOT_FOUND
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed("Two.")
        stage.refreshed(**SECOND)

        gone = text_of(explained(stage), BY)  # seen there by us, and judged by what it said then
        assert (gone["version"], gone["sha256"], gone["first_seen"]) == (
            1,
            first["sha256"],
            first["first_seen"],
        )
        assert [number for number, _ in gone["changed"]] == [2]
        said = stage.fine("explain", "k", "--db", DB).out
        assert (
            f"license {BY}\n    version 1 of 2, first seen {first['first_seen']}: read in the refresh" in said
        )
        assert f"SHA-256 of its text {first['sha256']}" in said
        assert "CHANGED SINCE: version 2, first seen 2026-09-05T" in said
        (typed,) = [line.strip() for line in said.splitlines() if f"$ deedwatch documents {BY} " in line]
        told = stage.fine(*shlex.split(typed)[2:]).out
        assert "- One." in told
        assert "+ Two." in told

        there = text_of(explained(stage, "l"), BY)
        assert (there["version"], there["versions"], there["changed"]) == (2, 2, [])
        assert "--diff 1 2" in there["command"]
        then = text_of(explained(stage, "l", "--as-of", "2026-09-02"), BY)
        assert (then["version"], then["versions"], then["changed"]) == (1, 1, [])


def test_a_look_without_a_reading_of_its_own_hangs_on_the_last_one_before(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = Reply(b"no", TEXT, 403)
        stage.refreshed(**SECOND)
        found = text_of(explained(stage), BY)
        assert (found["held"], found["state"]) == ("before", "refused (forbidden)")
        said = " ".join(stage.fine("explain", "k", "--db", DB).out.split())
        assert "the last one read before that look" in said
        assert "unchanged since, last seen 2026-09-01T09:00:0" in said
        assert "asked for last: refused (forbidden)" in said


def test_a_text_first_read_after_the_look_proves_nothing_about_that_day(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        script.pages[A, "/other"] = PHOTO
        stage.write_list(("k", f"https://{A}/photo"), ("l", f"https://{A}/other"))
        stage.refreshed("--no-documents")
        script.pages[A, "/photo"] = NOT_FOUND
        stage.refreshed(**SECOND)
        assert text_of(explained(stage), BY)["held"] == "after"
        assert "what stood there then is not known" in " ".join(
            stage.fine("explain", "k", "--db", DB).out.split()
        )


@pytest.mark.parametrize(
    ("robots", "words", "state"),
    [
        ("User-agent: *\nDisallow: /licenses/\n", (), "disallowed (robots), 2026-"),
        ("", ("--no-documents",), "never asked for"),
    ],
)
def test_a_text_never_read_says_so(tmp_path: Path, robots: str, words: tuple[str, ...], state: str) -> None:
    pages = {"/robots.txt": Reply(robots.encode(), TEXT)}
    with visiting(tmp_path, deed(), **pages) as (stage, _):
        stage.refreshed(*words)
        found = text_of(explained(stage), BY)
        assert (found["version"], found["sha256"], found["command"]) == (0, "", "")
        assert found["state"].startswith(state)
        assert f"not read: {state}" in stage.fine("explain", "k", "--db", DB).out


def test_a_license_by_the_sites_terms_hangs_on_the_sites_page(tmp_path: Path) -> None:
    host, page = "stocksnap.io", "/photo/gate-fog-GATE0FOG01"
    body = next(STOCKSNAP.glob("page.*")).read_bytes()
    pages = {(host, page): Reply(body, HTML), (host, "/license"): deed("All photos are free.")}
    with scripted(tmp_path, pages) as (stage, script):
        script.pages[host, "/photo/GATE0FOG01"] = Reply(body, HTML)
        stage.write_list(("k", f"https://{host}{page}"))
        stage.refreshed()
        one = explained(stage)
        assert ground(one, "license", "license")["basis"] == "terms"
        found = text_of(one, f"https://{host}/license")
        assert (found["kind"], found["version"], found["held"]) == ("terms", 1, "same-refresh")
        assert text_of(one, "https://creativecommons.org/publicdomain/zero/1.0/")["version"] == 0


def test_an_image_nobody_saw_hangs_on_no_text(tmp_path: Path) -> None:
    with scripted(tmp_path, {}) as (stage, _):
        stage.write_list(("k", f"https://{A}/photo"))
        stage.refreshed()
        assert explained(stage)["texts"] == []
        assert "none: no look has found a licence" in stage.fine("explain", "k", "--db", DB).out


def test_people_known_by_a_word_about_minors_rest_on_that_word(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, script):
        script.pages[A, "/photo"] = thing(BY, '<meta name="keywords" content="toddler, harbor">')
        stage.refreshed()
        one = explained(stage)
        people = ground(one, "people", "people")
        assert (people["value"], people["basis"]) == ("shown", "keyword")
        assert people["claims"] == [("minors", "minor")]
        assert ground(one, "minors", "minors")["claims"] == [("minors", "minor")]
        assert ground(one, "people", "release")["claims"] == []
        said = stage.fine("explain", "k", "--db", DB, "--use", "evaluation").out
        assert "rests on people = shown, from minors [" in said
        assert "release = not-held (no claim found)" in said
        assert "people (no claim found)" not in said


def test_what_the_profile_says_rests_on_the_profile(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, _):
        profile = stage.folder / "mine.toml"
        profile.write_text(
            '[shows]\npeople = "none"\n[withdrawal]\nrelicensed_to = ["CC-BY-4.0"]\n[copies]\nfrom = "source"\n'
        )
        stage.refreshed()
        one = explained(stage, "k", "--profile", str(profile))
        assert ground(one, "minors", "minors") | {"why": ""} == {
            "fact": "minors", "value": "none", "basis": "profile", "why": "", "fields": [], "claims": [],
        }  # fmt: skip
        assert ground(one, "people", "withdrawal")["claims"] == [("license", "CC-BY-4.0")]
        said = " ".join(stage.fine("explain", "k", "--db", DB, "--profile", str(profile)).out.split())
        assert "minors = none, by the profile" in said
        assert "withdrawal = yes, by a rule of the profile, from license [" in said
        assert "dataset = not-bound, by the profile" in said
        assert "evidence = fresh, by the looks themselves" in said


def test_only_the_looks_that_are_judged_are_pointed_at(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, script):
        stage.refreshed()
        script.pages[A, "/photo"] = thing("CC-BY-NC-4.0")
        stage.refreshed(**SECOND)
        one = explained(stage)
        assert ground(one, "license", "license")["claims"] == [("license", "CC-BY-NC-4.0")]
        assert {claim["value"] for look in one["looks"] for claim in look["claims"]} >= {
            "CC-BY-4.0",
            "CC-BY-NC-4.0",
        }


def test_a_choice_of_licenses_is_explained_by_its_claims(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, script):
        script.pages[A, "/photo"] = thing("CC-BY-4.0 OR CC0-1.0")
        stage.refreshed()
        license_ = ground(explained(stage), "license", "license")
        assert license_["value"] == "CC0-1.0"
        assert ("license_choice", "CC-BY-4.0 OR CC0-1.0") in license_["claims"]
        assert (stage.folder / LIST).exists()
