"""``deedwatch rulesets`` as people and programs call it."""

import json

import pytest
from click.testing import CliRunner

from crawler.errors import BadRuleset
from deedwatch.verbs.rulesets import command


def run(*words):
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_names_all_four():
    output = run()
    for name in ("strict", "cc-always", "cc-where-required", "tdm-eu"):
        assert f"{name}-2026-11-23" in output
    assert "not legal advice" in output


def test_json_lists_ids_and_hashes():
    listed = json.loads(run("--json"))
    assert [one["id"] for one in listed] == sorted(one["id"] for one in listed)
    assert all(len(one["hash"]) == 64 for one in listed)


def test_a_page_shows_when_what_and_why():
    output = run("show", "tdm-eu")
    assert "Starts from cc-where-required-2026-11-23." in output
    assert "== people ==" in output
    assert "when kind is reserved" in output
    assert "by the exception eu-art4" in output
    assert "[Directive (EU) 2019/790 art. 3 and 7]" in output


def test_one_layer_as_json():
    shown = json.loads(run("show", "strict", "--layer", "minors", "--json"))
    assert {rule["layer"] for rule in shown["rules"]} == {"minors"}
    assert shown["rules"][0]["verdict"]["evaluation"]


def test_mistakes_are_told():
    assert isinstance(CliRunner().invoke(command, ["show", "strickt"]).exception, BadRuleset)
    with pytest.raises(Exception, match="dataset-terms"):
        command.main(["show", "strict", "--layer", "licence"], standalone_mode=False)
