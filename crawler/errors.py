"""Every error deedwatch raises on purpose, one class per decision a caller can take.

    DeedwatchError                 a person can act on this; the front door prints it as one sentence
    ├── BadInput           exit 2  the file, line or field the user gave cannot be used
    │   ├── UnreadableManifest     the manifest as a whole cannot be read
    │   ├── UnknownFormat          no manifest format recognises the file
    │   └── BadRuleset             a ruleset or profile breaks its schema
    ├── Refused            exit 3  we could, but must not
    │   ├── NoContact              a real host would be asked without a contact address
    │   ├── FileInUse              another process writes this evidence file
    │   ├── TermsNotAccepted       the source's terms must be accepted first
    │   ├── MixedEvidence          a rehearsal and the real web would share one evidence file
    │   └── GuardRefused           the address may not be visited (scheme, host, port, private network)
    ├── EvidenceDamaged    exit 4  stored evidence does not agree with its own hashes
    └── ReaderFault                a reader met something it must not guess at
        └── UnknownFlickrLicense   Flickr answered a licence id this version does not know

Messages are whole sentences and name the file, line, field or URL they are about.
"""

from __future__ import annotations


class DeedwatchError(Exception):
    """Base of the tree. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class BadInput(DeedwatchError):
    """Something the user gave cannot be used; the message says where and what to do."""

    exit_code = 2


class UnreadableManifest(BadInput):
    """The manifest cannot be read at all (as opposed to one broken row)."""


class UnknownFormat(BadInput):
    """No manifest format recognises this file's content."""


class BadRuleset(BadInput):
    """A ruleset, profile or other settings file breaks its schema."""


class Refused(DeedwatchError):
    """The request is understood and must not be carried out."""

    exit_code = 3


class NoContact(Refused):
    """A real host would be asked without a contact address to complain to."""


class FileInUse(Refused):
    """A second process wants to write an evidence file."""


class TermsNotAccepted(Refused):
    """A source stays off until its terms are accepted on the record."""


class MixedEvidence(Refused):
    """Looks at a rehearsal and looks at the real web would stand in one evidence file."""


class GuardRefused(Refused):
    """The guard forbids this address. ``reason`` is a word of ``Reason``."""

    def __init__(self, url: str, reason: str, why: str) -> None:
        super().__init__(f"{url} will not be visited: {why}.")
        self.url = url
        self.reason = reason


class EvidenceDamaged(DeedwatchError):
    """Rows, bodies or chain disagree with their hashes."""

    exit_code = 4


class ReaderFault(DeedwatchError):
    """A reader met something that must be looked at by a person, never guessed."""


class UnknownFlickrLicense(ReaderFault):
    """Flickr's list of licences has grown; see the procedure in ``crawler/licenses/flickr.py``."""

    def __init__(self, license_id: str) -> None:
        super().__init__(
            f"Flickr answered licence id {license_id!r}, which this version of deedwatch does not know."
        )
        self.license_id = license_id
