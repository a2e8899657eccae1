"""Every licence in every form that we know how to write comes back as itself; its unpublished neighbours do not."""

from collections.abc import Iterator

import pytest

from crawler.licenses import registry
from crawler.licenses.license import License
from crawler.licenses.recognise import recognise

ALL = registry.all_licenses()
PORTS = sorted(registry.table("creative_commons")["places"])
VERSIONS = ("0.9", "1.0", "1.5", "2.0", "2.1", "2.5", "3.0", "3.5", "4.0", "5.0")
CC = "https://creativecommons.org"
BADGES = ("https://licensebuttons.net", "http://i.creativecommons.org", "//i.creativecommons.org")
DOCUMENTS = (
    *("", "deed", "deed.de", "deed.pt_BR", "deed.zh-hans", "deed.sr-latn", "legalcode", "legalcode.txt"),
    *("legalcode.zh-hant", "legalcode#s3a", "rdf", "?ref=chooser-v1", "#top"),
)


def _addresses(folder: str, path: str) -> Iterator[str]:
    for document in DOCUMENTS:
        yield f"{CC}/{folder}/{path}/{document}"
    for start in ("http://", "//", "", "https://www.", "HTTPS://"):
        yield f"{start}creativecommons.org/{folder}/{path}"
    yield f"{CC}//{folder}/{path}/"
    yield f"{CC}/{folder}/{path}/".upper()
    yield f"  {CC}/{folder}/{path}/ \n"
    yield f"{CC}/{folder}/{path}/)."
    yield f"許可：{CC}/{folder}/{path}/。"


def _badges(folder: str, path: str) -> Iterator[str]:
    for host in BADGES:
        for picture in ("88x31.png", "80x15.png", "88x31.svg", ""):
            yield f"{host}/{folder[0]}/{path}/{picture}"


def _codes(unit: str, version: str, port: str) -> Iterator[str]:
    end = f" {port}" if port else ""
    yield f"CC {unit.upper()} {version}{end.upper()}"
    yield f"cc-{unit}-{version}{end.replace(' ', '-')}"
    yield f"{{{{Cc-{unit}-{version}{end.replace(' ', '-')}}}}}"
    yield f"{{{{self|cc-{unit}-{version}{end.replace(' ', '-')}|author=Jane Doe}}}}"


def _place(entry: License) -> tuple[str, str]:
    """The folder and the path of the entry's own address."""
    folder, _, path = (entry.url or "").removeprefix(f"{CC}/").rstrip("/").partition("/")
    return folder, path


def _named(entry: License) -> bool:
    """Its name says which it is: the limited tools' do not, and names do not tell by-nd-nc from by-nc-nd."""
    return entry.kind != "limited" and entry.unit != "by-nd-nc"


def _forms(entry: License) -> Iterator[str]:
    yield from (entry.id, entry.id.lower(), f"({entry.id})")
    if entry.unit and entry.url:
        folder, path = _place(entry)
        yield from _addresses(folder, path)
        yield from _badges("licenses" if path == "publicdomain" else folder, path or "publicdomain")
    if not entry.id.startswith("LicenseRef-"):
        yield f"https://spdx.org/licenses/{entry.id}.html"
    if entry.unit != "by-nd-nc":
        yield f"SPDX-License-Identifier: {entry.id}"
    if _named(entry):
        yield from (entry.name, entry.name.upper(), f'"{entry.name}"', f"{{{{{entry.name}}}}}")
    if entry.kind == "cc" and entry.version and _named(entry):
        yield from _codes(entry.unit or "", entry.version, entry.jurisdiction or "")
        yield f"This photo is licensed under the {entry.name} License."
        yield f"<p>Licensed under\n<b>{entry.name.replace(' ', chr(10) + '# ')}</b></p>"


def _same(found: License | None, entry: License) -> bool:
    twins = {entry.id} | ({"CC-BY-NC-ND-1.0"} if entry.id == "CC-BY-ND-NC-1.0" else set())
    return found is not None and found.id in twins


@pytest.mark.parametrize("kind", sorted({entry.kind for entry in ALL}))
def test_every_form_comes_back(kind: str) -> None:
    lost = [
        (entry.id, form, found.license.id if found.license else found.how)
        for entry in ALL
        if entry.kind == kind
        for form in _forms(entry)
        if not _same((found := recognise(form)).license, entry)
    ]
    assert lost == []


def _unpublished() -> Iterator[tuple[str, str, str]]:
    """(unit, version, port) next to what was published, and nothing that was."""
    for unit in ("by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa", "nc", "nc-sa", "nd", "sa"):
        for version in VERSIONS:
            for port in ("", *PORTS):
                if registry.cc(unit, version, port or None) is None:
                    yield unit, version, port
    for unit in ("by-nd-sa", "by-nc-nd-sa", "nc-nd-sa", "nd-sa", "by-xx"):
        for version in ("1.0", "2.0", "3.0", "4.0"):
            yield unit, version, ""


def test_what_was_never_published_is_none() -> None:
    wrong = []
    for unit, version, port in _unpublished():
        path = f"{unit}/{version}/{port}" if port else f"{unit}/{version}"
        forms = [f"{CC}/licenses/{path}/"]
        if port in ("", "de", "fi", "igo", "jp", "scotland", "us"):
            forms += [
                f"{CC}/licenses/{path}/legalcode",
                f"{CC}/publicdomain/{path}/",
                f"See {forms[0]} for the license.",
            ]
            forms += [
                f"{BADGES[0]}/l/{path}/88x31.png",
                f"https://spdx.org/licenses/CC-{path.replace('/', '-')}",
            ]
            forms += _codes(unit, version, port)
        wrong += [(form, found.id) for form in forms if (found := recognise(form).license) is not None]
    assert wrong == []


@pytest.mark.parametrize("tool", ["zero", "mark", "certification"])
def test_other_versions_of_the_public_domain_tools_are_none(tool: str) -> None:
    for version in VERSIONS:
        for port in ("", "de/", "us/", "uk/"):
            if registry.cc(tool, version, port.rstrip("/") or None) is None:
                assert recognise(f"{CC}/publicdomain/{tool}/{version}/{port}").license is None
                assert recognise(f"{BADGES[0]}/p/{tool}/{version}/{port}88x31.png").license is None
