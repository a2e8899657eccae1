import pytest

from crawler.errors import NoContact
from crawler.politeness.identity import identity_headers, require_contact, user_agent


@pytest.mark.parametrize(
    "contact", ["a@example.org", " https://example.org/bot?x=1 ", "first.last+x@sub.example.org"]
)
def test_contacts_that_can_be_answered(contact):
    assert require_contact(contact, rehearsal=False) == contact.strip()


@pytest.mark.parametrize("contact", ["", None, "  "])
def test_none_is_refused_outside_rehearsal_only(contact):
    assert require_contact(contact, rehearsal=True) == ""
    with pytest.raises(NoContact, match="DEEDWATCH_CONTACT"):
        require_contact(contact, rehearsal=False)


@pytest.mark.parametrize(
    "contact",
    ["me", "a@b", "ftp://example.org", "a@example.org\r\nX: y", "http://x", "é@example.org", "a b@c.org"],
)
def test_words_that_are_no_contact(contact):
    for rehearsal in (True, False):
        with pytest.raises(NoContact, match="neither a mail address nor a web address"):
            require_contact(contact, rehearsal=rehearsal)


def test_the_agent_names_product_version_and_contact():
    agent = user_agent("a@example.org")
    assert agent.startswith("deedwatch/")
    assert agent.endswith(" (+mailto:a@example.org)")
    assert user_agent("https://example.org/bot").endswith(" (+https://example.org/bot)")
    for words in (agent, user_agent("")):
        assert "scrapy" not in words.lower()
        assert "mozilla" not in words.lower()


def test_from_only_for_a_mail_address():
    assert dict(identity_headers("a@example.org"))["From"] == "a@example.org"
    assert "From" not in dict(identity_headers("https://example.org/"))
    assert "From" not in dict(identity_headers(""))
