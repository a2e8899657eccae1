"""Two looks side by side."""

import pytest

from crawler.model import Reason, Status
from dataset_cards.changes.detect import Changed, NotComparable, Same, compare
from dataset_cards.changes.kinds import MEANINGS, ChangeKind


def kinds(result):
    assert isinstance(result, Changed)
    return [change.kind for change in result.changes]


def test_every_kind_has_a_meaning():
    assert set(MEANINGS) == set(ChangeKind)
    assert all(kind.meaning.endswith(".") for kind in ChangeKind)


def test_equal_findings_are_the_same(sighting):
    assert compare(sighting(1), sighting(2)) == Same()


def test_a_license_change_names_both_licenses_and_both_snapshots(sighting):
    result = compare(sighting(1), sighting(2, license_id="CC-BY-NC-2.0"))
    assert kinds(result) == [ChangeKind.LICENSE_CHANGED]
    change = result.changes[0]
    assert (change.before, change.after) == ("CC-BY-2.0", "CC-BY-NC-2.0")
    assert (change.before_snapshot, change.snapshot) == (10, 20)


def test_a_license_that_is_no_longer_stated_is_a_change(sighting):
    result = compare(sighting(1), sighting(2, license_id=None))
    assert result.changes[0].after == "not_stated"


def test_an_author_missing_on_one_side_is_no_change(sighting):
    assert compare(sighting(1), sighting(2, author=None)) == Same()
    assert kinds(compare(sighting(1), sighting(2, author="b2"))) == [ChangeKind.AUTHOR_CHANGED]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("model_release", ChangeKind.MODEL_RELEASE_CHANGED),
        ("withdrawal", ChangeKind.WITHDRAWAL_SIGNAL),
    ],
)
def test_words_that_appear_are_changes(sighting, field, kind):
    result = compare(sighting(1), sighting(2, **{field: ("no_cv",)}))
    assert kinds(result) == [kind]
    assert (result.changes[0].before, result.changes[0].after) == ("", "no_cv")


def test_an_opt_out_counts_only_when_its_carriers_were_read_both_times(sighting):
    signal = ("site:robots-ai=disallow",)
    with_signal = sighting(1, opt_outs=signal, opt_out_carriers=("robots", "headers"))
    robots_unread = sighting(2, opt_out_carriers=("headers",))
    lifted = sighting(3, opt_out_carriers=("robots", "headers"))
    assert compare(with_signal, robots_unread) == Same()
    assert compare(robots_unread, with_signal) == Same()
    assert kinds(compare(with_signal, lifted)) == [ChangeKind.OPT_OUT_CHANGED]
    assert kinds(compare(lifted, with_signal)) == [ChangeKind.OPT_OUT_CHANGED]


def test_different_readers_and_inconclusive_looks_are_not_comparable(sighting):
    other_reader = compare(sighting(1), sighting(2, license_id="CC0-1.0", reader="flickr/2"))
    assert isinstance(other_reader, NotComparable)
    assert "flickr/2" in other_reader.why
    unreachable = compare(sighting(1), sighting(2, Status.UNREACHABLE))
    assert isinstance(unreachable, NotComparable)
    assert "timeout" in unreachable.why
    assert isinstance(compare(sighting(1), sighting(2, Status.GONE, counts=False)), NotComparable)


def test_losses_are_suspected_unless_the_account_is_gone(sighting):
    assert kinds(compare(sighting(1), sighting(2, Status.GONE))) == [ChangeKind.SOURCE_SUSPECTED]
    account = sighting(2, Status.GONE, reason=Reason.ACCOUNT_GONE)
    assert kinds(compare(sighting(1), account)) == [ChangeKind.SOURCE_LOST]
    assert compare(sighting(1, Status.GONE), sighting(2, Status.NOT_PUBLIC)) == Same()


def test_another_picture_says_nothing_of_our_license(sighting):
    result = compare(sighting(1), sighting(2, Status.REPLACED, license_id=None))
    assert kinds(result) == [ChangeKind.REPLACED]


def test_a_move_is_told_once(sighting):
    assert kinds(compare(sighting(1), sighting(2, Status.MOVED))) == [ChangeKind.MOVED]
    assert compare(sighting(1, Status.MOVED), sighting(2, Status.MOVED)) == Same()
