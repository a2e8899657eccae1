"""The licences of the rehearsal world, written down independently of the crawler's own registry.

Flickr ids, names and addresses: field notes §1 (``flickr.photos.licenses.getInfo`` of 2025-06-19, and the
older names of 2015-01-11 that manifests of 2018 carry). Commons short names: field notes §5.
"""

from __future__ import annotations

from dataclasses import dataclass

CC = "https://creativecommons.org/"
ARR_PAGE = (
    "https://www.flickrhelp.com/hc/en-us/articles/10710266545556-Using-Flickr-images-shared-by-other-members"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One licence as sites write it.

    ``id`` is the canonical id a reader should arrive at; ``flickr`` Flickr's number or ``None``; ``name``
    what Flickr calls it in 2025, ``old_name`` in 2018; ``url`` is empty where the source gives no address.
    """

    id: str
    flickr: int | None
    name: str
    old_name: str
    url: str
    manifest_url: str = ""

    @property
    def declared_url(self) -> str:
        return self.manifest_url or self.url


def _cc(flickr: int | None, terms: str, version: str, old_name: str = "") -> Deed:
    label = f"CC {terms} {version}"
    return Deed(
        f"CC-{terms}-{version}", flickr, label, old_name or label, f"{CC}licenses/{terms.lower()}/{version}/"
    )


ARR = Deed("LicenseRef-all-rights-reserved", 0, "All Rights Reserved", "All Rights Reserved", ARR_PAGE)
BY_NC_SA = _cc(1, "BY-NC-SA", "2.0", "Attribution-NonCommercial-ShareAlike License")
BY_NC = _cc(2, "BY-NC", "2.0", "Attribution-NonCommercial License")
BY_NC_ND = _cc(3, "BY-NC-ND", "2.0", "Attribution-NonCommercial-NoDerivs License")
BY = _cc(4, "BY", "2.0", "Attribution License")
BY_SA = _cc(5, "BY-SA", "2.0", "Attribution-ShareAlike License")
BY_ND = _cc(6, "BY-ND", "2.0", "Attribution-NoDerivs License")
NKCR = Deed(
    "LicenseRef-no-known-copyright-restrictions",
    7,
    "No known copyright restrictions",
    "No known copyright restrictions",
    "https://www.flickr.com/commons/usage/",
)
USGOV = Deed(
    "LicenseRef-us-government-work",
    8,
    "United States Government Work",
    "United States Government Work",
    "https://www.usa.gov/government-copyright",
    "http://www.usa.gov/copyright.shtml",
)
CC0 = Deed(
    "CC0-1.0",
    9,
    "Public Domain Dedication (CC0)",
    "Public Domain Dedication (CC0)",
    f"{CC}publicdomain/zero/1.0/",
)
PDM = Deed("CC-PDM-1.0", 10, "Public Domain Mark", "Public Domain Mark", f"{CC}publicdomain/mark/1.0/")
BY_4 = _cc(11, "BY", "4.0")
BY_SA_4 = _cc(12, "BY-SA", "4.0")
BY_ND_4 = _cc(13, "BY-ND", "4.0")
BY_NC_4 = _cc(14, "BY-NC", "4.0")
BY_NC_SA_4 = _cc(15, "BY-NC-SA", "4.0")
BY_NC_ND_4 = _cc(16, "BY-NC-ND", "4.0")
PUBLIC_DOMAIN = Deed("LicenseRef-public-domain", None, "Public domain", "Public domain", "")
BY_SA_3 = _cc(None, "BY-SA", "3.0")

#: Every licence Flickr knows, by its number.
FLICKR = {
    deed.flickr: deed
    for deed in (
        ARR, BY_NC_SA, BY_NC, BY_NC_ND, BY, BY_SA, BY_ND, NKCR, USGOV, CC0, PDM,
        BY_4, BY_SA_4, BY_ND_4, BY_NC_4, BY_NC_SA_4, BY_NC_ND_4,
    )
}  # fmt: skip

#: What photos start with, by how often (FFHQ's five licences lead, with a few that its rules exclude).
FLICKR_START = (BY,) * 8 + (BY_NC,) * 6 + (PDM,) * 3 + (CC0,) * 2 + (USGOV, NKCR, BY_SA, BY_NC_SA, BY_ND)
COMMONS_START = (BY_SA_4,) * 5 + (BY_4,) * 3 + (CC0,) * 2 + (BY_SA_3, BY, PUBLIC_DOMAIN)
PAGE_START = (BY_4,) * 3 + (BY_NC_4,) * 2 + (BY_SA_4, CC0, BY_NC_ND_4)

#: Where an owner goes who wants to allow less, and who wants to allow more.
NARROWER = {
    BY: BY_NC, BY_NC: BY_NC_ND, PDM: BY, CC0: BY_NC, USGOV: ARR, NKCR: ARR, BY_SA: BY_NC_SA,
    BY_NC_SA: BY_NC_ND, BY_ND: BY_NC_ND, BY_4: BY_NC_4, BY_NC_4: BY_NC_ND_4, BY_SA_4: BY_NC_SA_4,
    BY_NC_ND_4: ARR, BY_SA_3: BY_SA_4,
}  # fmt: skip
WIDER = {
    BY: CC0, BY_NC: BY, PDM: CC0, CC0: PDM, USGOV: PDM, NKCR: PDM, BY_SA: BY, BY_NC_SA: BY_SA, BY_ND: BY,
    BY_4: CC0, BY_NC_4: BY_4, BY_SA_4: BY_4, BY_NC_ND_4: BY_4, BY_SA_3: BY_4,
}  # fmt: skip
#: Commons hosts no NC, ND or unlicensed files: a licence changes there when somebody corrects it.
CORRECTED = {BY_SA_4: BY_4, BY_4: BY_SA_4, CC0: BY_4, BY_SA_3: BY_SA_4, BY: BY_SA_4, PUBLIC_DOMAIN: CC0}
