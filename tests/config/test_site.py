"""Where people find the site: what its address may be, and what follows from it."""

import json
import os
import subprocess
import sys

import pytest

from endocsea.config import site
from endocsea.config.site import Site, SiteUnclear

ASKED = """
import json
from endocsea.config import settings
names = (
    "ALLOWED_HOSTS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS SECURE_SSL_REDIRECT SECURE_SSL_HOST "
    "SECURE_PROXY_SSL_HEADER ALLAUTH_TRUSTED_PROXY_COUNT MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN SITE"
).split()
print(json.dumps({name: getattr(settings, name, None) for name in names}))
"""


def settings_for(address, folder):
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        capture_output=True, text=True, timeout=60, check=True,
        env=os.environ | {"ENDOCSEA_SITE": address, "ENDOCSEA_DATA": str(folder)},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://endocsea.example.org", ("endocsea.example.org", "endocsea.example.org", True)),
        ("https://ENDOCSEA.example.org/", ("endocsea.example.org", "endocsea.example.org", True)),
        ("https://endocsea.example.org:8443", ("endocsea.example.org", "endocsea.example.org:8443", True)),
        ("http://localhost:8010", ("localhost", "localhost:8010", False)),
        ("http://[::1]:8000", ("[::1]", "[::1]:8000", False)),
        ("https://xn--bcher-kva.example.org", ("xn--bcher-kva.example.org", "xn--bcher-kva.example.org", True)),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(address, expected):
    host, place, secure = expected

    assert site.read(address) == Site(f"{'https' if secure else 'http'}://{place}", host, place, secure)


@pytest.mark.parametrize("said", [None, "", "  "])
def test_without_an_address_it_is_this_machine(monkeypatch, said):
    monkeypatch.delenv("ENDOCSEA_SITE", raising=False)
    if said is not None:
        monkeypatch.setenv("ENDOCSEA_SITE", said)

    assert site.chosen().address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "address",
    [
        "endocsea.example.org",
        "endocsea.example.org:443",
        "ftp://endocsea.example.org",
        "https://",
        "https://:443",
        "https://*",
        "https://*.example.org",
        "https://endocsea.example.org, https://other.example.org",
        "https://endo csea.example.org",
        "https://bücher.example.org",
        "https://endocsea.example.org:port",
        "https://endocsea.example.org:99999",
        "https://endocsea.example.org/under/a/path",
        "https://endocsea.example.org?x=1",
        "https://endocsea.example.org#x",
        "https://[::1",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_with_the_right_form(address):
    with pytest.raises(SiteUnclear) as refused:
        site.read(address)

    assert "ENDOCSEA_SITE is not the address of a site: " in str(refused.value)
    assert "Write it as https://" in str(refused.value)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(SiteUnclear) as refused:
        site.read("https://sera:hidden@endocsea.example.org")

    assert "hidden" not in str(refused.value)


def test_https_brings_secure_cookies_hsts_and_the_way_to_it(tmp_path):
    found = settings_for("https://endocsea.example.org:8443/", tmp_path)

    assert found == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "endocsea.example.org"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_SSL_HOST": "endocsea.example.org:8443",
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "SITE": "https://endocsea.example.org:8443",
    }


def test_on_a_laptop_nothing_asks_for_https_and_no_header_is_trusted(tmp_path):
    found = settings_for("http://localhost:8010", tmp_path)

    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "localhost"]
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is True
    assert {name for name, value in found.items() if value is None} == {
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
        "SECURE_SSL_HOST", "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT",
    }  # fmt: skip
