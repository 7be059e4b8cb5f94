"""Where letters go."""

import pytest

from endocsea.config.mail import OUTBOX, SMTP, MailServerUnclear, backend_for


def test_without_a_server_letters_go_to_the_outbox():
    assert backend_for("") == (OUTBOX, {})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.org", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False}),
        ("smtps://mail.example.org", {"EMAIL_PORT": 465, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}),
        ("smtp://mail.example.org:2525", {"EMAIL_PORT": 2525, "EMAIL_HOST": "mail.example.org"}),
        (
            "smtps://endocsea%40example.org:a%3Ab%2Fc@mail.example.org",
            {"EMAIL_HOST_USER": "endocsea@example.org", "EMAIL_HOST_PASSWORD": "a:b/c"},
        ),
    ],
)
def test_an_address_names_server_port_and_account(address, expected):
    backend, found = backend_for(address)

    assert backend == SMTP
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("secure", ["smtp", "smtps"])
def test_letters_are_never_sent_in_the_clear(secure):
    _, found = backend_for(f"{secure}://mail.example.org")

    assert found["EMAIL_USE_TLS"] is not found["EMAIL_USE_SSL"]


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://:587",
        "smtp://host:port",
        "smtp://host:99999",
    ],
)
def test_what_is_no_address_of_a_mail_server_is_refused_without_repeating_it(address):
    with pytest.raises(MailServerUnclear) as refused:
        backend_for(address.replace("smtp://", "smtp://user:hidden@", 1))

    assert "hidden" not in str(refused.value)
