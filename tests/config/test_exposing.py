"""What is missing before a site goes public: each cause gives its own finding, and goes when it is mended."""

import datetime
from dataclasses import replace

import pytest

from endocsea.config.exposing import Answer, Cookie, Exposure, Missing, missing
from endocsea.config.starts import Start

SITE = "https://endocsea.example.org"
POLICY = "default-src 'none'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "content-security-policy": POLICY,
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
COOKIE = Cookie("__Host-csrf", secure=True, httponly=True, samesite="Lax")
PAGE = Answer("/workspace/account/login/", 200, HEADERS, (COOKIE,))
START = Start(
    site=SITE, public=True, training=False, mail=True, sender="endocsea@example.org", database="in data"
)
READY = Exposure(
    start=START,
    django=(),
    pages=(Answer("/en/", 200, HEADERS), PAGE),
    in_the_clear=Answer("/en/", 301, {"location": f"{SITE}/en/"}),
    by_another_name=400,
    own_secret=True,
    secret_since=datetime.date(2021, 7, 1),
    open_to_others=(),
    training_people=0,
    administrators=1,
    secretariat=1,
    second_factor_missing=(),
    journal_faults=0,
    journal_head=True,
    rights=(),
)


def codes(**changed):
    return [each.code for each in missing(replace(READY, **changed))]


def started(**changed):
    return codes(start=replace(START, **changed))


def page_with(**headers):
    """The codes where the sign-in page is sent with other headers; None takes one away."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {name: value for name, value in (HEADERS | named).items() if value is not None}
    return codes(pages=(replace(PAGE, headers=given),))


def test_where_everything_is_there_nothing_is_missing():
    assert missing(READY) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"public": False}, "preview"),
        ({"training": True}, "training-states"),
        ({"mail": False}, "mail"),
        ({"sender": "endocsea@localhost"}, "sender"),
        ({"sender": "endocsea <endocsea@localhost>"}, "sender"),
        ({"sender": ""}, "sender"),
    ],
)
def test_what_it_was_started_with_is_judged(changed, code):
    assert started(**changed) == [code]


@pytest.mark.parametrize("sender", ["endocsea@example.org", "The programme <endocsea@example.org>"])
def test_a_sender_who_can_be_answered_is_right(sender):
    assert started(sender=sender) == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://127.0.0.1:8000", ["address", "https"]),
        ("http://localhost:8010", ["address", "https"]),
        ("http://[::1]:8000", ["address", "https"]),
        ("http://endocsea.example.org", ["https"]),
    ],
)
def test_an_address_of_this_machine_or_in_the_clear_is_not_enough(address, found):
    without = {name: value for name, value in HEADERS.items() if name != "strict-transport-security"}
    bare = replace(PAGE, headers=without, cookies=(replace(COOKIE, secure=False),))
    page = Answer("/en/", 200, without)

    # what follows from an address without https is said once, by the address
    of_django = tuple(
        Missing(f"security.{number}", "Django says so.", "Mend it.")
        for number in ("W004", "W008", "W012", "W016")
    )
    assert found == codes(
        start=replace(START, site=address), pages=(bare,), in_the_clear=page, django=of_django
    )


def test_https_on_this_machine_alone_is_no_address_of_its_own():
    leads = Answer("/en/", 301, {"location": "https://localhost/en/"})

    assert codes(start=replace(START, site="https://localhost"), in_the_clear=leads) == ["address"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"training_people": 11}, "training-people"),
        ({"administrators": 0}, "administrator"),
        ({"secretariat": 0}, "secretariat"),
        ({"second_factor_missing": ("National coordinator of GEO", "Rapporteur (2)")}, "second-factor"),
        ({"journal_faults": 2}, "journal"),
        ({"journal_head": False}, "journal-head"),
        ({"own_secret": False}, "secret"),
        ({"open_to_others": ("data/endocsea.sqlite3", "data/secret")}, "folder-open"),
        ({"rights": ("superuser",)}, "database-user"),
        ({"by_another_name": 200}, "hosts"),
        ({"by_another_name": 301}, "hosts"),
        ({"in_the_clear": Answer("/en/", 200, HEADERS)}, "redirect"),
        ({"in_the_clear": Answer("/en/", 302, {"location": f"{SITE}/en/"})}, "redirect"),
        ({"in_the_clear": Answer("/en/", 301, {"location": "https://evil.example.org/en/"})}, "redirect"),
        ({"in_the_clear": Answer("/en/", 301, {"location": f"{SITE}.evil.example.org/en/"})}, "redirect"),
        ({"pages": (Answer("/en/", 500, HEADERS),)}, "answer"),
        ({"pages": (Answer("/en/", 400, {}),)}, "answer"),
        ({"django": (Missing("security.W018", "DEBUG is on.", "Off with it."),)}, "security.W018"),
        ({"django": (Missing("security.W004", "No HSTS.", "Set it."),)}, "security.W004"),
    ],
)
def test_each_cause_gives_its_own_finding(changed, code):
    assert codes(**changed) == [code]


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_is_not_there_is_named(name):
    given = {other: value for other, value in HEADERS.items() if other != name}

    (found,) = missing(replace(READY, pages=(replace(PAGE, headers=given),)))

    assert found.code == f"header-{name}"
    assert f"/workspace/account/login/ is sent without the header {name}." in found.sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content-security-policy", POLICY.replace("'self'", "'self' 'unsafe-inline'", 1)),
        ("content-security-policy", POLICY.replace("'self'", "'unsafe-eval'", 1)),
        ("content-security-policy", POLICY.replace("'self'", "*", 1)),
        ("content-security-policy", POLICY.replace("'self'", "https:", 1)),
        ("content-security-policy", POLICY.replace("default-src 'none'; ", "")),
        ("content-security-policy", POLICY.replace("; frame-ancestors 'none'", "")),
        ("content-security-policy", POLICY.replace("; base-uri 'none'", "")),
        ("content-security-policy", ";;"),
        ("strict-transport-security", "max-age=0"),
        ("strict-transport-security", "max-age=3600; includeSubDomains"),
        ("strict-transport-security", "includeSubDomains"),
        ("x-content-type-options", "sniff"),
        ("referrer-policy", "unsafe-url"),
        ("x-frame-options", "ALLOWALL"),
    ],
)
def test_a_header_that_protects_too_little_is_quoted(name, value):
    (found,) = missing(replace(READY, pages=(replace(PAGE, headers={**HEADERS, name: value}),)))

    assert found.code == f"header-{name}"
    assert value in found.sentence


def test_a_policy_in_another_order_is_the_same():
    parts = POLICY.split("; ")

    assert page_with(content_security_policy="; ".join(reversed(parts)) + ";") == []


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({"secure": False}, "without Secure"),
        ({"httponly": False}, "without HttpOnly"),
        ({"samesite": ""}, "without SameSite"),
        ({"samesite": "None"}, "without SameSite"),
        ({"secure": False, "samesite": ""}, "without Secure, SameSite"),
    ],
)
def test_a_cookie_that_can_be_had_by_others_is_named(changed, lacks):
    (found,) = missing(replace(READY, pages=(replace(PAGE, cookies=(replace(COOKIE, **changed),)),)))

    assert found.code == "cookie"
    assert f"__Host-csrf {lacks}" in found.sentence


def test_many_findings_come_together_each_with_what_to_do():
    found = missing(
        replace(
            READY,
            start=replace(START, public=False, mail=False),
            administrators=0,
            open_to_others=("data", "data/secret", "data/log"),
        )
    )

    assert [each.code for each in found] == ["preview", "mail", "administrator", "folder-open"]
    assert "to data and 2 more." in found[-1].sentence
    for each in found:
        assert each.sentence.endswith(".")
        assert each.remedy
