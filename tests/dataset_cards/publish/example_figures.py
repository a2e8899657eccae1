"""Made-up figures of an FFHQ-like dataset, for tests and for looking at a card: 2 % visited."""

from collections import Counter

from crawler.model import Reason, Status, Use
from dataset_cards.publish.figures import (
    EvidenceAge,
    Figures,
    Hashed,
    Head,
    ListFile,
    NotKnown,
    RefreshRun,
    SourceState,
)

RULESETS = (
    "cc-always-2026-11-01",
    "cc-where-required-2026-11-01",
    "strict-2026-11-01",
    "tdm-eu-2026-11-01",
)
LAYERS = ("license", "dataset-terms", "site-terms", "opt-outs", "people", "minors", "freshness", "overall")
KEEP = {
    Use.COMMERCIAL_TRAINING: 0,
    Use.INTERNAL_RESEARCH: 212,
    Use.ACADEMIC_RESEARCH: 874,
    Use.EVALUATION: 874,
    Use.REDISTRIBUTION: 0,
    Use.PUBLISH_EXAMPLES: 3,
}


def example(**changes: object) -> Figures:
    """The example, with any field replaced."""
    actions = {
        (ruleset, str(use)): Counter(
            keep=kept // place, review=70_000 - kept // place - 217 * place, drop=217 * place
        )
        for place, ruleset in enumerate(RULESETS, start=1)
        for use, kept in KEEP.items()
    }
    verdicts = {
        (ruleset, use, layer): Counter(
            eligible=n["keep"] // 2,
            conditional=n["keep"] - n["keep"] // 2,
            unknown=68_600,
            review=n["review"] - 68_600,
            ineligible=n["drop"],
        )
        for (ruleset, use), n in actions.items()
        for layer in LAYERS
    }
    values: dict[str, object] = {
        "dataset": "FFHQ",
        "as_of": "2026-11-23T10:41:07Z",
        "head": Head("5f0c1a7e", 1412, "ab" * 32),
        "version": "0.1.0",
        "manifest_name": "ffhq-dataset-v2.json",
        "manifest_sha256": "0d" * 32,
        "manifest_format": "ffhq",
        "images": 70_000,
        "photos": 69_412,
        "ruleset": "cc-where-required-2026-11-01",
        "rulesets": tuple(Hashed(ruleset, f"{n}e" * 32) for n, ruleset in enumerate(RULESETS)),
        "registry": Hashed("licenses-2026-11-01", "cc" * 32),
        "profile": Hashed("ffhq", "dd" * 32),
        "row_problems": 3,
        "visited": 1_400,
        "statuses": Counter(
            {
                ("flickr", Status.AVAILABLE, Reason.SEEN): 1_201,
                ("flickr", Status.NOT_PUBLIC, Reason.NOT_FOUND): 109,
                ("flickr", Status.UNREACHABLE, Reason.TIMEOUT): 90,
            }
        ),
        "source_states": (SourceState("flickr", "resting", "rate_limited", 90),),
        "licenses_now": Counter(
            {
                "CC-BY-2.0": 301,
                "CC-BY-NC-2.0": 499,
                "CC-BY-NC-SA-2.0": 201,
                "LicenseRef-all-rights-reserved": 90,
            }
        ),
        "licenses_declared": Counter(
            {"CC-BY-2.0": 20_012, "CC-BY-NC-2.0": 32_301, "CC-BY-NC-SA-2.0": 17_000, "CC-PDM-1.0": 687}
        ),
        "license_states": Counter(known=1_091, not_understood=110, not_observed=68_799),
        "differs": Counter(same=990, changed_after=71, already_different=11, undated=19),
        "lost_suspected": 9,
        "lost_confirmed": 100,
        "changes": Counter({"license-changed": 12, "source-suspected": 9, "source-lost": 31}),
        "changes_since": "2026-10-20T08:00:00Z",
        "age": EvidenceAge("2026-10-20T08:00:00Z", "2026-11-20T09:30:00Z", "2026-11-23T10:40:59Z"),
        "opt_outs": Counter({"site:robots-ai=disallow": 1_400, "image:tag=no_cv": 2}),
        "carriers_read": Counter({"robots.txt": 1_400, "X-Robots-Tag": 1_310}),
        "carriers_unread": Counter({"IPTC/PLUS DataMining": 1_400}),
        "people": Counter({"every image a face:profile": 70_000}),
        "minors": Counter({"minor:keyword": 44, "minors among them:profile": 70_000}),
        "model_releases": Counter({"not held": 70_000}),
        "withdrawals": Counter({"tag:no_cv": 2}),
        "verdicts": verdicts,
        "actions": actions,
        "refreshes": (
            RefreshRun(1, "2026-10-20T08:00:00Z", "2026-10-20T08:30:11Z", 1_510),
            RefreshRun(2, "2026-11-23T10:01:00Z", None, 733),
        ),
        "not_known": (
            NotKnown("whether the people shown signed a model release for this use", 70_000),
            NotKnown("which licence the source states, because its words were not understood", 110),
            NotKnown("opt-outs inside the image files, because files are not fetched", 70_000),
        ),
        "flickr_used": True,
        "lists": tuple(
            ListFile(f"{action}--{use}--{RULESETS[1]}.{kind}", use, RULESETS[1], action, kind, n, "ee" * 32)
            for (ruleset, use), counts in actions.items()
            if ruleset == RULESETS[1]
            for action, n in counts.items()
            for kind in ("csv", "parquet")
        ),
        "lists_license": "CC0-1.0",
        "source_dataset": "NVlabs/ffhq-dataset",
        "contact": "audits@example.org",
    }
    return Figures(**(values | changes))  # type: ignore[arg-type]
