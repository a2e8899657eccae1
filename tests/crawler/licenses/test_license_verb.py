"""``deedwatch license``."""

import json

from click.testing import CliRunner

from deedwatch.verbs.license import command


def test_prints_one_entry_per_text() -> None:
    result = CliRunner().invoke(command, ["CC BY-NC 2.0", "no idea", "CC0 4.0"])
    assert result.exit_code == 0
    known, nothing, unclear = json.loads(result.output)
    assert (known["id"], known["state"], known["hub_id"]) == ("CC-BY-NC-2.0", "known", "cc-by-nc-2.0")
    assert known["conditions"] == {"by": True, "nc": True, "nd": False, "sa": False}
    assert known["url"] == "https://creativecommons.org/licenses/by-nc/2.0/"
    assert (nothing["state"], nothing["id"]) == ("not_a_license", None)
    assert (unclear["state"], unclear["id"]) == ("not_understood", None)


def test_needs_a_text() -> None:
    assert CliRunner().invoke(command, []).exit_code == 2


def test_an_expression_lists_the_ways() -> None:
    result = CliRunner().invoke(command, ["CC-BY-4.0 OR MIT"])
    (shown,) = json.loads(result.output)
    assert (shown["id"], shown["expression"]) == (None, [["CC-BY-4.0"], ["MIT"]])


def test_odd_texts_are_answered() -> None:
    result = CliRunner().invoke(command, ["", "CC BY 4.0 \u202e", "x " * 500_000, "\ufffd\n\t"])
    assert result.exit_code == 0
    assert [each["state"] for each in json.loads(result.output)] == [
        "not_a_license",
        "known",
        "not_a_license",
        "not_a_license",
    ]
