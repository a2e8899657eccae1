"""The fold over one image's looks."""

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Findings, Reason, Sighting, Status
from dataset_cards.changes.detect import CONFIRM_AFTER, advance, breaker_trips
from dataset_cards.changes.kinds import ChangeKind


def fold(*sightings):
    """The last state and the kinds of all changes on the way."""
    state, told = None, []
    for one in sightings:
        state, changes = advance(state, one)
        told.extend(change.kind for change in changes)
    return state, told


def test_the_first_look_is_a_beginning(sighting):
    state, told = fold(sighting(1))
    assert told == []
    assert state.last == state.conclusive == state.standing == sighting(1)
    assert state.loss == ""


def test_a_loss_is_suspected_then_confirmed_a_day_later(sighting):
    state, told = fold(sighting(1), sighting(2, Status.NOT_PUBLIC), sighting(3, Status.GONE))
    assert told == [ChangeKind.SOURCE_SUSPECTED, ChangeKind.SOURCE_LOST]
    assert (state.loss, state.loss_refresh) == ("confirmed", 2)
    assert state.standing == sighting(1)


def test_a_second_look_within_a_day_confirms_nothing(sighting):
    first = sighting(2, Status.GONE, at=10 * 86_400.0)
    soon = sighting(3, Status.GONE, at=first.at + CONFIRM_AFTER - 1)
    late = sighting(4, Status.GONE, at=first.at + CONFIRM_AFTER)
    state, told = fold(sighting(1), first, soon)
    assert (state.loss, told) == ("suspected", [ChangeKind.SOURCE_SUSPECTED])
    state, told = fold(sighting(1), first, soon, late)
    assert (state.loss, told[-1]) == ("confirmed", ChangeKind.SOURCE_LOST)


def test_an_account_that_is_gone_confirms_at_once(sighting):
    account = partial(sighting, status=Status.GONE, reason=Reason.ACCOUNT_GONE)
    assert fold(sighting(1), account(2))[1] == [ChangeKind.SOURCE_LOST]
    state, told = fold(
        sighting(1), sighting(2, Status.GONE, at=200.0 + 172_800), account(3, at=300.0 + 172_800)
    )
    assert told == [ChangeKind.SOURCE_SUSPECTED, ChangeKind.SOURCE_LOST]
    assert state.loss == "confirmed"


def test_a_photo_gone_before_we_came_is_never_a_change(sighting):
    state, told = fold(*(sighting(n, Status.GONE) for n in range(1, 5)))
    assert (state.loss, state.standing, told) == ("confirmed", None, [])


def test_reappearing_is_told_when_the_loss_was(sighting):
    suspected = fold(sighting(1), sighting(2, Status.GONE), sighting(3))
    assert suspected[1] == [ChangeKind.SOURCE_SUSPECTED, ChangeKind.REAPPEARED]
    assert suspected[0].loss == ""
    never_told = fold(sighting(1, Status.GONE), sighting(2))
    assert never_told[1] == []
    confirmed_unseen = fold(sighting(1, Status.GONE), sighting(2, Status.GONE), sighting(3))
    assert confirmed_unseen[1] == [ChangeKind.REAPPEARED]


def test_a_license_is_compared_across_a_loss(sighting):
    _, told = fold(
        sighting(1), sighting(2, Status.GONE), sighting(3, Status.GONE), sighting(4, license_id="CC0-1.0")
    )
    assert told[2:] == [ChangeKind.REAPPEARED, ChangeKind.LICENSE_CHANGED]


def test_inconclusive_and_uncounted_looks_change_nothing(sighting):
    state, told = fold(
        sighting(1), sighting(2, Status.UNREACHABLE), sighting(3, Status.GONE, counts=False), sighting(4)
    )
    assert told == []
    assert state.standing == sighting(4)
    state, _ = fold(sighting(1), sighting(2, Status.GONE, counts=False), sighting(3, Status.GONE))
    assert (state.loss, state.loss_refresh) == ("suspected", 3)


def test_a_better_reader_is_not_a_change(sighting):
    state, told = fold(sighting(1), sighting(2, license_id="CC0-1.0", reader="flickr/2"))
    assert told == []
    assert state.standing.reader == "flickr/2"


def test_a_new_readers_first_soft_404_is_held_back(sighting):
    def placeholder(refresh, **more):
        return sighting(refresh, Status.PLACEHOLDER, reader="any_page/2", **more)

    state, told = fold(sighting(1, reader="any_page/1"), placeholder(2))
    assert (state.loss, told) == ("", [])
    state, told = fold(sighting(1, reader="any_page/1"), placeholder(2), placeholder(3))
    assert (state.loss, told) == ("suspected", [ChangeKind.SOURCE_SUSPECTED])


def test_a_reread_of_the_last_look_replaces_it_silently(sighting):
    reread = sighting(2, license_id="CC-BY-SA-2.0", snapshot=25, reader="flickr/2")
    state, told = fold(sighting(1), sighting(2, license_id=None), reread)
    assert told == [ChangeKind.LICENSE_CHANGED]
    assert state.last == state.standing == state.conclusive == reread
    assert fold(sighting(1), sighting(2, license_id=None), reread, sighting(3, reader="flickr/2"))[1][1:] == [
        ChangeKind.LICENSE_CHANGED
    ]


def test_a_reread_can_take_back_a_loss_or_find_one(sighting):
    back = sighting(2, snapshot=25, reader="any_page/2")
    state, told = fold(sighting(1), sighting(2, Status.PLACEHOLDER), back)
    assert (state.loss, told) == ("", [ChangeKind.SOURCE_SUSPECTED])
    assert state.standing == back
    found = sighting(2, Status.PLACEHOLDER, snapshot=25, reader="any_page/2")
    state, told = fold(sighting(1), sighting(2), found)
    assert (state.loss, state.loss_refresh, told) == ("suspected", 2, [])


def test_a_reread_of_an_earlier_look_leaves_the_last_alone(sighting):
    gone = sighting(2, Status.GONE)
    reread = sighting(1, license_id="CC0-1.0", snapshot=30, reader="flickr/2")
    state, told = fold(sighting(1), gone, reread)
    assert told == [ChangeKind.SOURCE_SUSPECTED]
    assert (state.last, state.standing, state.loss) == (gone, reread, "suspected")


def test_moved_and_replaced(sighting):
    _, told = fold(
        sighting(1),
        sighting(2, Status.MOVED),
        sighting(3, Status.MOVED),
        sighting(4, Status.REPLACED),
        sighting(5, Status.REPLACED),
        sighting(6),
    )
    assert told == [ChangeKind.MOVED, ChangeKind.REPLACED, ChangeKind.REAPPEARED]


def test_the_breaker_needs_both_shares():
    assert breaker_trips(51, 200)
    assert not breaker_trips(50, 60)
    assert not breaker_trips(100, 500)
    assert breaker_trips(101, 500)


looks = st.lists(
    st.tuples(
        st.sampled_from(list(Status)),
        st.sampled_from(["CC-BY-2.0", "CC-BY-NC-2.0", None]),
        st.sampled_from([Reason.SEEN, Reason.NOT_FOUND, Reason.ACCOUNT_GONE]),
        st.integers(min_value=1, max_value=100_000),
        st.booleans(),
        st.sampled_from(["r/1", "r/1", "r/2"]),
    ),
    max_size=12,
)


def sightings_of(rows):
    at = 0.0
    for number, (status, license_id, reason, gap, counts, reader) in enumerate(rows, start=1):
        at += gap
        there = status in (Status.AVAILABLE, Status.MOVED)
        state = ("known" if license_id else "not_stated") if there else "not_observed"
        findings = Findings(
            status=status, reason=reason, license=license_id if there else None, license_state=state
        )
        yield Sighting(number, number, at, findings, None, reader, counts)


@settings(max_examples=150, deadline=None)
@given(looks)
def test_laws_of_the_fold(rows):
    state, lost_at = None, None
    for now in sightings_of(rows):
        before = state
        state, changes = advance(before, now)
        assert advance(before, now) == (state, changes)
        assert state.last == now
        speaks = now.findings.status.conclusive and now.counts
        if not speaks:
            assert changes == ()
            assert (state.conclusive, state.standing, state.loss) == (
                (before.conclusive, before.standing, before.loss) if before else (None, None, "")
            )
            continue
        if before and before.conclusive and before.conclusive.findings == now.findings:
            kinds = {change.kind for change in changes}
            assert kinds <= {ChangeKind.SOURCE_LOST, ChangeKind.SOURCE_SUSPECTED}
        if not now.findings.status.lost:
            assert state.loss == ""
            lost_at = None
        elif lost_at is None:
            lost_at = now.at
        if state.loss == "confirmed" and (before is None or before.loss != "confirmed"):
            waited = lost_at is not None and now.at - lost_at >= CONFIRM_AFTER
            assert waited or now.findings.reason is Reason.ACCOUNT_GONE
