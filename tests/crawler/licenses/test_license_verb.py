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
