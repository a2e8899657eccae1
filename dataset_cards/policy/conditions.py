"""What a "conditional" may depend on: duties the user takes on, and assumptions somebody must attest.

A closed list, so that a ruleset can write ``conditional: credit, non-commercial`` and everybody knows
which word is a promise about the future (duty) and which a claim about the present (assumption).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """``kind`` is "duty" or "assumption"; ``sentence`` is what the user promises or claims."""

    word: str
    kind: str
    sentence: str


#: Duties are promises about what the user will do, assumptions claims about what is the case today.
CONDITIONS: dict[str, Condition] = {
    condition.word: condition
    for condition in (
        Condition("credit", "duty", "credit the author of every image, with title, address and license"),
        Condition("same-license", "duty", "share adaptations, if any, under the same license"),
        Condition(
            "unmodified", "duty", "show and pass on the image only unmodified: no crop, overlay or montage"
        ),
        Condition(
            "keep-private", "duty", "keep the copies private and delete them when the purpose is served"
        ),
        Condition(
            "delete-on-notice",
            "duty",
            "delete an image when its author, a depicted person or the source asks",
        ),
        Condition("keep-evidence", "duty", "keep the evidence of the statement, which nobody warrants"),
        Condition("acknowledge", "duty", "name the source"),
        Condition("credit-dataset", "duty", "credit the dataset as its license asks"),
        Condition("full-license-text", "duty", "pass on the full license text with every copy"),
        Condition(
            "non-commercial", "assumption", "the purpose is not primarily intended for commercial advantage"
        ),
        Condition(
            "non-profit-actor", "assumption", "whoever uses the images is not a for-profit organisation"
        ),
        Condition(
            "lawful-access",
            "assumption",
            "the copies were lawfully accessed: no paywall or contract was broken",
        ),
        Condition(
            "territory-eu", "assumption", "the copying happens in a member state of the European Union"
        ),
        Condition("territory-us", "assumption", "the use happens in the United States"),
        Condition(
            "research-body",
            "assumption",
            "whoever copies is a research organisation or cultural heritage institution",
        ),
        Condition(
            "no-reservation-when-copied", "assumption", "no reservation was expressed when the copy was made"
        ),
        Condition(
            "copied-while-licensed",
            "assumption",
            "the copy was obtained while the earlier license was offered",
        ),
        Condition(
            "release-covers-use",
            "assumption",
            "model releases are held whose scope covers this use for every person shown",
        ),
        Condition(
            "guardian-release-covers-use",
            "assumption",
            "a guardian's release covering this use is held for every minor shown",
        ),
        Condition("internal-only", "assumption", "nothing of the images leaves the organisation"),
        Condition("no-face-recognition", "assumption", "the result is not a facial recognition technology"),
    )
}
