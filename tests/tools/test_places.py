"""Paths that would not work are replaced by ones that do."""

from pathlib import Path

from tools import places


def test_a_socket_folder_that_fits_is_kept():
    assert places.short(Path("/srv/shop/.local/pg/run/socket")) == Path("/srv/shop/.local/pg/run/socket")


def test_a_long_socket_folder_gets_a_short_stand_in(monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    long = Path("/srv") / ("x" * 100) / "socket"
    other = Path("/srv") / ("y" * 100) / "socket"
    stand_in = places.short(long)
    assert len(str(stand_in / ".s.PGSQL.5432")) < 107
    assert stand_in == places.short(long) != places.short(other)


def test_length_is_counted_in_bytes(monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    # 60 letters, 120 bytes
    folder = Path("/srv") / ("é" * 60)
    assert places.short(folder) != folder


def test_without_a_home_the_cache_lies_in_the_project(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    assert places.cache() == tmp_path / "cache"
