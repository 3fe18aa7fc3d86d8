"""Databases on a private server: make, copy, drop. Needs the virtual environment."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

from tools.places import DATA


def connect(server, database="postgres"):
    named = server.environment()
    connection = psycopg2.connect(
        host=named.get("PGHOST"),
        port=named.get("PGPORT"),
        user=named.get("PGUSER"),
        password=named.get("PGPASSWORD"),
        dbname=database,
    )
    connection.autocommit = True
    return closing(connection)


def _do(server, statement, *names):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def names(server):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return {name for (name,) in cursor.fetchall()}


def query(server, database, statement, *values):
    with connect(server, database) as connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def filestore(database):
    return Path(DATA) / "filestore" / database


def drop(server, database):
    if database in names(server):
        _disconnect(server, database)
        _do(server, "DROP DATABASE {}", database)
    shutil.rmtree(filestore(database), ignore_errors=True)
    # Where platforms that live beside us keep their files.
    shutil.rmtree(Path(DATA) / "ecom" / database, ignore_errors=True)


def create(server, database):
    """An empty database as Odoo would make it, without its complaint where the
    server has no extensions (the embedded one has none; Odoo does without)."""
    drop(server, database)
    _do(server, "CREATE DATABASE {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0", database)
    for name in ("pg_trgm", "unaccent"):
        if query(server, database, "SELECT 1 FROM pg_available_extensions WHERE name = %s", name):
            query(server, database, f"CREATE EXTENSION {name}")


def rename(server, old, new):
    _disconnect(server, old)
    _do(server, "ALTER DATABASE {} RENAME TO {}", old, new)
    if filestore(old).exists():
        shutil.rmtree(filestore(new), ignore_errors=True)
        filestore(old).rename(filestore(new))


def copy(server, source, target):
    """A copy of a database and its files; what `target` was is dropped."""
    drop(server, target)
    _disconnect(server, source)
    _do(server, "CREATE DATABASE {} TEMPLATE {}", target, source)
    if filestore(source).exists():
        # Odoo never changes a file of its store in place: links will do.
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def _disconnect(server, database):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()",
            [database],
        )
