"""``deedwatch read`` reads a picture file without being told an address."""

import json

from click.testing import CliRunner

from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.packed import pack
from deedwatch.verbs.read import command, report
from tests.crawler.reading.embedded import made_pictures as made

DATA = made.jpeg(xmp=made.xmp('<cc:license rdf:resource="https://creativecommons.org/licenses/by/2.0/"/>'))


def test_a_picture_file(tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(DATA)
    for arguments in ([], ["--url", "https://live.example/photo.jpg"]):
        done = CliRunner().invoke(command, [str(file), *arguments])
        shown = json.loads(done.stdout_bytes)
        assert done.exit_code == 0
        assert (shown["source"], shown["status"], shown["license"]) == ("picture_file", None, "CC-BY-2.0")
        assert shown["url"] == (arguments[1] if arguments else None)
        assert shown["claims"][0]["locator"] == "XMP:cc:license"


def test_what_is_kept_of_a_picture_reads_the_same():
    assert report(pack(segments(DATA)), "", 200, ()) == report(DATA, "", 200, ())


def test_a_page_still_needs_its_address(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<html><title>Photo</title></html>")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code != 0
    assert "--url is needed" in str(done.exception)
