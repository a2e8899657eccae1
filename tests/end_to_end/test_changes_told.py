"""What the command line calls a change, against the rehearsal world's own answer sheet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from crawler.sources.discovery import spiders
from rehearsal.manifests import row_key
from rehearsal.truth import truth_of
from tests.end_to_end.stage import DB, Stage, rehearsing

AnyPageSpider, FlickrSpider, WikimediaCommonsSpider = (
    spiders()[name] for name in ("any_page", "flickr", "wikimedia_commons")
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with rehearsing(tmp_path, 120) as made:
        yield made


def told(stage: Stage, *words: str) -> Counter[tuple[str, str]]:
    listed = json.loads(stage.fine("changes", "--db", DB, "--json", *words).out)["changes"]
    return Counter((one["key"], one["kind"]) for one in listed if one["kind"] != "document-changed")


def truth(stage: Stage, *steps: int) -> Counter[tuple[str, str]]:
    return Counter(
        (row_key(row), word)
        for row in stage.world.rows()
        for sheet in [truth_of(stage.world, row)["changes"]]
        for step in steps
        for word in sheet[step]
    )


def test_new_nonces_turned_tags_and_better_readers_are_no_change(stage: Stage) -> None:
    stage.refreshed()
    assert "Changes in this refresh: none." in stage.refreshed().out
    with mock.patch.object(AnyPageSpider, "version", 991):
        assert "Changes in this refresh: none." in stage.refreshed().out
    with (
        mock.patch.object(AnyPageSpider, "version", 992),
        mock.patch.object(FlickrSpider, "version", 992),
        mock.patch.object(WikimediaCommonsSpider, "version", 992),
    ):
        assert "Changes in this refresh: none." in stage.refreshed().out
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out
    assert told(stage) == Counter()
    superseding = stage.rows("SELECT count(*) FROM snapshot WHERE supersedes IS NOT NULL")[0][0]
    assert superseding > 60
    twice = stage.rows(
        "SELECT image, refresh FROM snapshot s WHERE NOT EXISTS (SELECT 1 FROM snapshot t WHERE t.supersedes = s.id)"
        " GROUP BY image, refresh HAVING count(*) != 1"
    )
    assert twice == []


def test_a_reader_upgrade_between_two_looks_hides_no_change_and_makes_none(stage: Stage) -> None:
    stage.refreshed()
    stage.go_to(1)
    with (
        mock.patch.object(AnyPageSpider, "version", 991),
        mock.patch.object(FlickrSpider, "version", 991),
        mock.patch.object(WikimediaCommonsSpider, "version", 991),
    ):
        stage.refreshed()
        assert told(stage) == truth(stage, 1)
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_the_whole_timeline_is_told_and_nothing_else(stage: Stage) -> None:
    for step in range(4):
        stage.go_to(step)
        stage.refreshed()
        assert told(stage, "--last") == truth(stage, step), step
    assert told(stage) == truth(stage, 0, 1, 2, 3)
    sheets = [truth_of(stage.world, row) for row in stage.world.rows()]
    words = {word for sheet in sheets for step in sheet["changes"] for word in step}
    assert {"source-suspected", "source-lost", "reappeared", "license-changed", "moved"} <= words
    now = dict(stage.rows("SELECT i.key, st.status FROM image_state st JOIN image i ON i.id = st.image"))
    assert now == {
        row_key(row): truth_of(stage.world, row)["steps"][3]["status"] for row in stage.world.rows()
    }
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_loss_is_confirmed_after_a_day_and_not_before(stage: Stage) -> None:
    stage.refreshed()
    stage.go_to(1)
    stage.refreshed()
    suspected = Counter({key: n for key, n in told(stage).items() if key[1] == "source-suspected"})
    assert suspected
    soon = stage.world.now.replace(hour=(stage.world.now.hour + 9) % 24).isoformat()
    assert (
        "source"
        not in stage.refreshed(DEEDWATCH_REHEARSAL_NOW=soon).out.partition("Changes")[2].split("\n")[0]
    )
    assert not [key for key in told(stage, "--last") if key[1] == "source-lost"]
    stage.go_to(2)
    stage.refreshed()
    lost = {key for key, word in told(stage, "--last") if word == "source-lost"}
    assert lost == {key for key, _ in suspected}


def test_fail_on_makes_changes_an_exit_code(stage: Stage) -> None:
    stage.refreshed()
    assert stage.run("changes", "--db", DB, "--fail-on", "license-changed").code == 0
    stage.go_to(1)
    stage.refreshed()
    assert stage.run("changes", "--db", DB, "--fail-on", "license-changed,reappeared").code == 1
    assert stage.run("changes", "--db", DB, "--fail-on", "reappeared").code == 0
    assert stage.run("changes", "--db", DB, "--fail-on", "no-such-kind").code == 2
    assert stage.run("changes", "--db", DB, "--since", "2030-01-01", "--fail-on", "license-changed").code == 0


@pytest.mark.parametrize("kind", ["flickr", "rel_license"])
def test_a_source_that_loses_everything_is_suspected_and_nothing_is_lost(tmp_path: Path, kind: str) -> None:
    with rehearsing(tmp_path, 140, hosts=1, mix={kind: 5, "commons": 1}) as stage:
        stage.refreshed()
        source = {"flickr": "flickr", "rel_license": "any_page"}[kind]
        standing = stage.rows(
            "SELECT count(*) FROM image_state WHERE source = ? AND status = 'available'", source
        )
        with emptied(stage, kind):
            said = stage.refreshed(DEEDWATCH_REHEARSAL_RATE="200")  # slow enough to stop half way
            assert f"suspect_outage: {source}" in said.out
            assert told(stage) == Counter()
            rested = stage.rows("SELECT count(*) FROM image_state WHERE reason = 'suspect_outage'")[0][0]
            assert rested > 0
            still = stage.rows(
                "SELECT count(*) FROM image_state st JOIN findings f ON f.id = st.judged WHERE st.source = ?"
                ' AND f.data LIKE \'%"status":"available"%\'',
                source,
            )
            assert still == standing
            assert stage.rows(
                "SELECT count(*) FROM image_state WHERE loss != '' AND standing IS NOT NULL"
            ) == [(0,)]
            assert "Everything agrees." in stage.fine("verify", "--db", DB).out

            refused = stage.refresh("--accept-loss", source)
            assert refused.code == 2
            assert "--why" in refused.err
            day = stage.world.now.replace(day=stage.world.now.day + 1).isoformat()
            stage.refreshed(
                "--accept-loss", source, "--why", "the owner closed it", DEEDWATCH_REHEARSAL_NOW=day
            )
            # whether 24 hours lie between a photo's two looks depends on its place in the two runs
            lost = {key[0] for key in told(stage) if key[1] in ("source-suspected", "source-lost")}
            assert len(lost) == standing[0][0]
            assert "Everything agrees." in stage.fine("verify", "--db", DB).out
        day = stage.world.now.replace(day=stage.world.now.day + 3).isoformat()
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=day)
        back = [key for key in told(stage, "--last") if key[1] == "reappeared"]
        assert len(back) == standing[0][0]
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def emptied(stage: Stage, kind: str) -> mock._patch:
    """The source answers "not found" for every photo, Flickr by code 1, pages by 404."""
    world = stage.world
    if kind == "flickr":
        return mock.patch.object(world, "flickr_photo", return_value=None)
    return mock.patch.object(world, "plain_photo", return_value=None)


def test_an_outage_that_mends_itself_leaves_no_trace_among_the_changes(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 100, mix={"rel_license": 5, "commons": 1}) as stage:
        stage.refreshed()
        with emptied(stage, "rel_license"):
            assert "suspect_outage" in stage.refreshed().out
        assert "Changes in this refresh: none." in stage.refreshed().out
        assert told(stage) == Counter()
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_accepting_the_loss_of_an_unknown_source(stage: Stage) -> None:
    done = stage.refresh("--accept-loss", "myspace", "--why", "gone")
    assert done.code == 2
    assert "there is no such source" in done.err
