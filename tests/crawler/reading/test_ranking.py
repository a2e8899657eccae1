"""Which license claim counts, and why: in step with the findings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Basis, Claim, Field, Look, Reason, Scope, Status
from crawler.reading.findings import SEVERAL_IMAGES, findings_of
from crawler.reading.ranking import ranking

BY, NC = "CC-BY-4.0", "CC-BY-NC-4.0"
SEVERAL = Claim(Field.MEDIA, SEVERAL_IMAGES, "a.jpg b.jpg", Scope.PAGE, "/")


def said(value: str | None, scope: Scope = Scope.IMAGE, basis: Basis = Basis.STATED) -> Claim:
    return Claim(Field.LICENSE, value, value or "?", scope, "/", "", basis)


def look(*claims: Claim) -> Look:
    return Look("x", Status.AVAILABLE, Reason.SEEN, claims)


@pytest.mark.parametrize(
    ("claims", "counts", "words"),
    [
        ([said(BY)], [True], ["stated for the image"]),
        ([said(NC, Scope.PAGE), said(BY)], [False, True], ["about the image ranks higher", "stated for"]),
        ([said(BY, Scope.SITE)], [False], ["whole site"]),
        ([said(BY), said(NC)], [False, False], ["contradicted", "contradicted"]),
        ([said(BY), said(None)], [False, False], ["contradicted", "not understood"]),
        ([said(BY, Scope.PAGE), SEVERAL], [False], ["several images"]),
        ([said(BY), SEVERAL], [False], ["several images"]),
        ([said("LicenseRef-CC-BY-unversioned"), said(BY)], [False, True], ["said more exactly", "stated"]),
        ([said(BY, basis=Basis.TERMS), said(NC)], [False, True], ["ranks higher than terms", "stated"]),
        ([said(BY, basis=Basis.KEYWORD)], [False], ["keyword"]),
    ],
)
def test_why(claims: list[Claim], counts: list[bool], words: list[str]) -> None:
    ranked = ranking(look(*claims))
    assert [r.counts for r in ranked] == counts
    for r, word in zip(ranked, words, strict=True):
        assert word in r.why


def test_what_is_known_otherwise_stands_on_a_page_of_many_pictures() -> None:
    seen = look(said(NC, Scope.PAGE), said(BY, basis=Basis.TERMS), SEVERAL)
    assert findings_of(seen).license == BY
    assert [r.counts for r in ranking(seen)] == [False, True]


_CLAIMS = st.builds(
    said,
    st.sampled_from([BY, NC, "CC0-1.0", None]),
    st.sampled_from(list(Scope)),
    st.sampled_from(list(Basis)),
)


@settings(max_examples=80)
@given(st.lists(_CLAIMS, max_size=5), st.booleans())
def test_the_ranking_never_contradicts_the_findings(claims: list[Claim], several: bool) -> None:
    seen = look(*claims, *([SEVERAL] if several else []))
    license_id = findings_of(seen).license
    counting = {r.claim.value for r in ranking(seen) if r.counts}
    assert counting == ({license_id} if license_id else set())
