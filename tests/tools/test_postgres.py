"""The private PostgreSQL servers, really started."""

import os
import signal

import pytest

from tools import database, postgres


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "LOCAL", tmp_path)
    found = postgres.Server("test")
    if found.named:
        pytest.skip("a server was named: none is started here")
    yield found
    found.stop()


def test_a_server_that_went_in_peace_keeps_its_databases_and_a_killed_one_starts_empty(server):
    server.start()
    database.create(server, "kept")
    server.stop()
    server.start()
    assert "kept" in database.names(server)
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    while server.is_running():
        pass
    server.start()
    assert "kept" not in database.names(server)
