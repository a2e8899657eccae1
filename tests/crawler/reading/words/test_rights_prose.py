"""A link inside rights text is a license only if the text calls it one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.words.rights_prose import licenses

BY = '<a href="https://creativecommons.org/licenses/by/3.0/">'


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"Use it in accordance with a {BY}Creative Commons license</a>.", ["CC-BY-3.0"]),
        (f"It is licensed under {BY}these terms</a>.", ["CC-BY-3.0"]),
        (f"Not for sale. It is licensed under {BY}CC BY</a>.", ["CC-BY-3.0"]),
        (f"It is not licensed under {BY}CC BY</a>.", [None]),
        (f"All except photographs: {BY}license</a>", [None]),
        (f"Read about {BY}this</a>.", [None]),
        ('See the <a href="https://www.copyright-watch.org/">license watch</a>.', []),
        ('A <a href="https://creativecommons.example/licenses/by/3.0/">license</a>.', []),
        ('A <a>license</a> and a <a href="">license</a>.', []),
        ("A Creative Commons license.", []),
        ("", []),
    ],
)
def test_links(text: str, values: list[str | None]) -> None:
    claims = licenses(text, "/description")
    assert [claim.value for claim in claims] == values
    assert all(claim.locator == "/description" and claim.raw.startswith("https://") for claim in claims)


@given(st.text(max_size=60))
def test_it_never_raises(text: str) -> None:
    assert licenses(text, "/x") == []
    licenses(f"{text}<a href='{text}'>{text}", "/x")
