"""One observation of iNaturalist's API (v1 and v2 alike) → claims about its photos.

An observation holds three kinds of licenses: its own (of the data), those of its photos, and that of the
taxon's default photo, which is another picture altogether. Only ``photos[]`` counts here (field notes §6).
``license_code`` is in lower case and names no version; ``null`` is iNaturalist's way of saying all rights
reserved, while a photo *without* the field states nothing. The host a picture lies on
(``inaturalist-open-data`` or ``static``) is said to follow its license; nobody verified that, so no claim rests
on it.
"""

from __future__ import annotations

import re

from crawler.licenses.codes import from_inaturalist
from crawler.model import Claim, Field, Scope
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.moments import iso
from crawler.reading.platforms import several_pictures
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown

#: "(c) Ken-ichi Ueda, some rights reserved (CC BY), uploaded by …": whoever holds the rights.
_HOLDER = re.compile(r"(?:\(c\)|©)\s*(.+?),\s*(?:some|all|no) rights reserved\b.*", re.IGNORECASE | re.DOTALL)
_NOTHING_OF_RIGHTS = (
    "annotations", "cached_votes_total", "captive", "comments", "comments_count", "community_taxon_id",
    "application", "created_at_details", "created_time_zone", "faves", "faves_count", "geojson", "geoprivacy",
    "ident_taxon_ids", "identifications", "identifications_count", "identifications_most_agree",
    "identifications_most_disagree", "identifications_some_agree", "id", "location", "map_scale", "mappable",
    "non_owner_ids", "num_identification_agreements", "num_identification_disagreements",
    "oauth_application_id", "obscured", "observation_photos", "observed_on_details", "observed_on_string",
    "observed_time_zone", "ofvs", "outlinks", "owners_identification_from_vision", "photos", "place_guess",
    "place_ids", "positional_accuracy", "preferences", "project_ids", "project_ids_with_curator_id",
    "project_ids_without_curator_id", "project_observations", "public_positional_accuracy", "quality_grade",
    "quality_metrics", "reviewed_by", "site_id", "sounds", "spam", "taxon", "taxon_geoprivacy",
    "time_observed_at", "time_zone_offset", "uri", "user", "uuid", "votes",
    "license_code",  # the observation's own: of the data, not of its photos
)  # fmt: skip


def license_claims(photo: ApiRecord) -> list[Claim]:
    """The license a photo's record states: an address where there is one, else iNaturalist's code."""
    address = photo.text("license_url")
    if address:
        found = recognised(address)
        known = found.license.id if found.state == "known" and found.license is not None else None
        return photo.claim(Field.LICENSE, "license_url", known)
    name = "license_code" if "license_code" in photo.data else "license"
    if name not in photo.data:
        return []
    code = photo.get(name)
    quote = photo.text("attribution")[:240]
    if code is None:
        reserved = from_inaturalist(None)
        value = reserved.id if reserved is not None else None
        return [Claim(Field.LICENSE, value, "null", Scope.IMAGE, f"{photo.pointer}/{name}", quote or "null")]
    entry = from_inaturalist(code) if isinstance(code, (str, int)) and not isinstance(code, bool) else None
    return photo.claim(Field.LICENSE, name, entry.id if entry is not None else None, quote=quote) or [
        Claim(Field.LICENSE, None, str(code)[:200] or '""', Scope.IMAGE, f"{photo.pointer}/{name}", quote)
    ]


def photos(observation: ApiRecord) -> list[ApiRecord]:
    """The observation's photos, in its order; answers that leave out ``photos`` have them one level down."""
    listed = list(observation.records("photos"))
    if "photos" not in observation.data:
        joins = observation.records("observation_photos")
        listed = [ApiRecord(join.get("photo"), f"{join.pointer}/photo") for join in joins]
    return [photo for photo in listed if photo.text("id")]


def claims(observation: ApiRecord, wanted: list[ApiRecord]) -> tuple[list[Claim], tuple[str, ...]]:
    """Claims about these photos of the observation, and the fields nobody read."""

    def of_photo(photo: ApiRecord) -> list[Claim]:
        photo.skip("id", "uuid", "url", "original_dimensions", "original_filename", "attribution_name")
        photo.skip(*(f"{size}_url" for size in ("square", "small", "medium", "large", "original", "thumb")))
        # "flags" (copyright infringement, say) and "hidden" were never seen filled: they show as unread
        return [*license_claims(photo), *_credit(photo, observation)]

    found, unread = several_pictures.read(wanted, of_photo, "license_code")
    found += _author(observation)
    found += _subject(observation)
    for field, name in (
        (Field.TAKEN, "observed_on"), (Field.UPLOADED, "created_at"), (Field.UPDATED, "updated_at"),
    ):  # fmt: skip
        found += observation.claim(field, name, iso(observation.text(name)))
    observation.skip(*_NOTHING_OF_RIGHTS)
    return list(dict.fromkeys(found)), (*unread, *observation.unread())


def _credit(photo: ApiRecord, observation: ApiRecord) -> list[Claim]:
    raw = photo.text("attribution")
    found = photo.claim(Field.CREDIT, "attribution", shown(raw))
    holder = _HOLDER.fullmatch(raw)
    if holder is not None:
        return [*photo.claim(Field.AUTHOR, "attribution", shown(holder[1]), quote=raw[:240]), *found]
    name = "user/name" if observation.text("user/name") else "user/login"
    return [*observation.claim(Field.AUTHOR, name, shown(observation.text(name))), *found]


def _author(observation: ApiRecord) -> list[Claim]:
    """Whose observation it is; iNaturalist shows an observation's photos as its observer's."""
    login = observation.text("user/login")
    page = f"https://www.inaturalist.org/people/{login}"
    return [
        *observation.claim(Field.AUTHOR_ID, "user/id"),
        *observation.claim(Field.AUTHOR_URL, "user/login", page),
    ]


def _subject(observation: ApiRecord) -> list[Claim]:
    name = "species_guess" if observation.text("species_guess") else "taxon/name"
    given = observation.get("tags")
    words = [word for word in given if isinstance(word, str)] if isinstance(given, list) else []
    place = f"{observation.pointer}/tags"
    found = observation.claim(Field.TITLE, name, shown(observation.text(name)))
    found += observation.claim(Field.DESCRIPTION, "description", shown(observation.text("description")))
    if observation.text("taxon/name") == "Homo sapiens":
        found += observation.claim(Field.PEOPLE, "taxon/name", "identified")
    return [*found, *keywords.claims(words, place), *people.from_tags(words, place)]
