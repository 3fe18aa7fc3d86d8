"""The machine's mirror is read from either format of apt's source lists."""

import textwrap

import pytest

from tools import debian

RELEASE = {"ID": "debian", "VERSION_CODENAME": "bookworm"}


@pytest.fixture
def apt(tmp_path, monkeypatch):
    (tmp_path / "sources.list.d").mkdir()
    monkeypatch.setattr(debian, "os_release", lambda: RELEASE)

    def write(name, text):
        (tmp_path / name).write_text(textwrap.dedent(text))
        return tmp_path

    return write


def test_deb822_stanzas_are_read_and_security_is_no_mirror(apt):
    folder = apt(
        "sources.list.d/debian.sources",
        """\
        Types: deb
        # a comment between the fields
        URIs: http://mirror.test/debian
        Suites: bookworm bookworm-updates
        Components: main
        Signed-By: /usr/share/keyrings/key.gpg

        Types: deb
        URIs: http://mirror.test/debian-security
        Suites: bookworm-security
        Components: main
        """,
    )
    assert debian.mirrors(folder) == [("http://mirror.test/debian", "/usr/share/keyrings/key.gpg")]


def test_one_line_format_with_and_without_options(apt):
    apt("sources.list.d/other.list", "deb [arch=amd64 signed-by=/k.gpg] http://b.test/debian/ bookworm main\n")
    folder = apt(
        "sources.list",
        """\
        # deb http://commented.test/debian bookworm main
        deb-src http://source.test/debian bookworm main
        deb http://a.test/debian bookworm main contrib
        """,
    )
    assert debian.mirrors(folder) == [("http://a.test/debian", ""), ("http://b.test/debian/", "/k.gpg")]


def test_a_stanza_that_is_switched_off_or_carries_sources_is_passed_over(apt):
    folder = apt(
        "sources.list.d/debian.sources",
        """\
        Types: deb-src
        URIs: http://source.test/debian
        Suites: bookworm

        Enabled: no
        Types: deb
        URIs: http://off.test/debian
        Suites: bookworm
        """,
    )
    assert debian.mirrors(folder) == []


def test_a_key_written_into_the_stanza_is_left_to_the_machines_keyring(apt):
    folder = apt(
        "sources.list.d/debian.sources",
        """\
        Types: deb
        URIs: http://a.test/debian
        Suites: stable
        Signed-By:
         -----BEGIN PGP PUBLIC KEY BLOCK-----
         .
         abc
        """,
    )
    assert debian.mirrors(folder) == [("http://a.test/debian", "")]


def test_ubuntu_has_no_debian_packages(monkeypatch):
    monkeypatch.setattr(debian, "os_release", lambda: {"ID": "ubuntu", "VERSION_CODENAME": "noble"})
    assert not debian.available()
