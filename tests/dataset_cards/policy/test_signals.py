"""Words of readers → words of rules; what is not recognised goes to a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataset_cards.policy.signals import (
    carriers_unread,
    minors_word,
    opt_out_class,
    people_word,
    release_word,
)


@pytest.mark.parametrize(
    ("signals", "found"),
    [
        ((), "clear"),
        (("site:robots-ai=disallow",), "ai-agents-barred"),
        (("site:robots-general=disallow",), "general-robots"),
        (("site:robots-general=disallow", "site:robots-ai=disallow"), "ai-agents-barred"),
        (("page:noimageai=disallow",), "reserved-image"),
        (("image:DMI=DMI-PROHIBITED-AIMLTRAINING",), "reserved-image"),
        (("site:tdm-reservation=1",), "reserved-site"),
        (("site:tdm-reservation=0",), "clear"),
        (("site:content-signal.ai-train=disallow", "site:content-signal.search=allow"), "reserved-site"),
        (("site:content-usage.search=disallow",), "clear"),
        (("page:content-usage-header=search:n",), "clear"),
        (("page:content-usage-header=train-ai:n",), "reserved-image"),
        (("page:content-usage-header=train-ai:y",), "clear"),
        (("site:content-signal.ai-input=disallow",), "unclear"),
        (("site:content-usage=by_path",), "unclear"),
        (("site:rsl=declared",), "unclear"),
        (("site:content-usage=malformed",), "unclear"),
        (("site:content-signal.ai-train=malformed", "site:content-signal.search=allow"), "unclear"),
        (("site:content-signal.search=malformed",), "unclear"),
        (("site:content-signal.use=reference",), "unclear"),
        (("page:tdm-header=malformed", "page:tdm-header-lenient=0"), "unclear"),
        (("page:tdm-header-lenient=1",), "unclear"),
        (("page:content-usage-header-lenient=train-ai:n",), "unclear"),
        (("page:content-usage-header-lenient=train-ai:y",), "clear"),
        (("page:content-usage-header=train-ai:unknown",), "clear"),
        (("page:meta-robots-agents=disallow",), "ai-agents-barred"),
        (("page:x-robots-tag-agents=disallow",), "ai-agents-barred"),
        (("site:rsl.ai-train=constrained",), "unclear"),
        (("site:rsl.ai-all=disallow",), "reserved-site"),
        (("site:rsl=unknown",), "clear"),
        (("site:ai-txt.train=disallow",), "reserved-site"),
        (("site:trust-txt.train=disallow",), "reserved-site"),
        (("page:x-robots-tag=noai",), "reserved-image"),
        (("page:meta-robots=noimageai",), "reserved-image"),
        (("page:tdm-meta=1",), "reserved-image"),
        (("page:tdm-header=0",), "clear"),
        (("image:train-ai=constrained",), "unclear"),
        (("image:train-ai=perhaps",), "unclear"),
        (("image:train-ai=unknown",), "clear"),
        (("image:plus-datamining=dmi-unspecified",), "clear"),
        (("image:plus-datamining=dmi-allowed",), "clear"),
        (("image:plus-datamining=dmi-prohibited",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-aimltraining",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-genaimltraining",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-exceptsearchengineindexing",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-seeconstraint",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-seeembeddedrightsexpr",), "reserved-image"),
        (("image:plus-datamining=dmi-prohibited-seelinkedrightsexpr",), "reserved-image"),
        (("image:plus-datamining=not-understood",), "unclear"),
        (("image:plus-datamining=dmi-allowed", "image:plus-datamining=dmi-prohibited"), "reserved-image"),
        (("image:plus-datamining=dmi-allowed", "image:xmp-usage-terms=noai"), "reserved-image"),
        (("image:plus-datamining=dmi-allowed", "site:robots-ai=disallow"), "ai-agents-barred"),
    ],
)
def test_opt_outs(signals, found):
    assert opt_out_class(signals) == found


def test_required_carriers():
    assert carriers_unread(("robots-ai", "x-robots-tag"), ("robots", "x-robots-tag")) == ()
    assert carriers_unread(("headers",), ("robots", "headers")) == ("robots",)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ((), "unknown"),
        (("person:keyword",), "shown"),
        (("tagged:stated",), "shown"),
        (("identifiable:stated",), "shown"),
        (("none:stated",), "none"),
        (("none:keyword",), "unknown"),
        (("unknown",), "unknown"),
        (("none:stated", "person:stated"), "shown"),
    ],
)
def test_people(words, people):
    assert people_word(words)[0] == people


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("minor:keyword",), "keyword"),
        (("minor:keyword", "AG-U14:stated"), "shown"),
        (("AG-A25:stated",), "adults"),
        (("AG-A17",), "shown"),
        (("adult:keyword",), "unknown"),
        (("AG-UNK:stated",), "unknown"),
    ],
)
def test_minors(words, found):
    assert minors_word(words)[0] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ""),
        (("MR-NAP",), ""),
        (("MR-UMR",), "stated"),
        (("yes:stated",), "stated"),
        (("no:stated", "yes:stated"), "none"),
        (("not_applicable:stated",), ""),
        (("MR-UMR:stated", "MR-NON:stated"), "none"),
        (("released:keyword",), "unclear"),
        (("claimed_by_terms",), "claimed"),
        (("signed in blood",), "unclear"),
        (("withdrawn", "MR-UMR"), "withdrawn"),
    ],
)
def test_releases(words, found):
    assert release_word(words)[0] == found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_no_word_breaks_the_classes(words):
    assert opt_out_class(words)
    assert people_word(words)[0] in ("shown", "none", "unknown")
    assert minors_word(words)[0] in ("shown", "keyword", "adults", "unknown")
    assert release_word(words)[0] in ("", "withdrawn", "none", "limited", "unclear", "claimed", "stated")
