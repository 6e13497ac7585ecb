"""``data.sqlite``: all tables in one file for SQLite, with what lists refer to as rows of links.

The bytes depend on the data alone: rows go in in their order, the file is packed, and the field
of its header that names the library which wrote it is blank.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from generator.dataset import Dataset
from generator.exports.facts import rows
from generator.exports.relations import tables_of
from generator.exports.tables import Table
from generator.exports.versions import about_data
from generator.routes import Routes
from generator.words import Words

# https://www.sqlite.org/fileformat.html, "The Database Header": the version of the library, which
# readers do not rely on.
_WRITER = slice(96, 100)
_PAGE_SIZE = 4096
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}
_OF_FACTS = ("subjects", "sources", "goods")


def database(dataset: Dataset, words: Words, routes: Routes) -> bytes:
    """The database as the bytes of its file.

    ``facts`` has a number for each row, by which ``fact_links`` refers to it.
    """
    # No transaction of its own around each statement.
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        connection.execute("BEGIN")
        for table in tables_of(dataset, words, routes).values():
            _write(connection, table)
        _write_links_of_facts(connection, dataset, routes)
        _write_meta(connection, dataset)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        data = bytearray(connection.serialize())
    finally:
        connection.close()
    data[_WRITER] = bytes(4)
    return bytes(data)


def _write(connection: sqlite3.Connection, table: Table) -> None:
    name = _quoted(table.name)
    is_facts = table.name == "facts"
    parts = ["number INTEGER PRIMARY KEY"] if is_facts else []
    for column in table.columns:
        part = f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}"
        if column.is_required:
            part += " NOT NULL"
        if column.target is not None:
            part += f" REFERENCES {_quoted(column.target)} (id)"
        parts.append(part)
    if table.key:
        parts.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    connection.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
    marks = ", ".join("?" * (len(table.columns) + is_facts))
    found = ((number, *row) for number, row in enumerate(table.rows, 1)) if is_facts else table.rows
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
    if table.name == "links":
        connection.execute("CREATE INDEX links_by_target ON links (target)")


def _write_links_of_facts(connection: sqlite3.Connection, dataset: Dataset, routes: Routes) -> None:
    connection.execute(
        "CREATE TABLE fact_links (fact INTEGER NOT NULL REFERENCES facts (number),"
        " field TEXT NOT NULL, position INTEGER NOT NULL, target TEXT NOT NULL,"
        " PRIMARY KEY (fact, field, position))"
    )
    connection.executemany(
        "INSERT INTO fact_links VALUES (?, ?, ?, ?)", _links_of_facts(dataset, routes)
    )
    connection.execute("CREATE INDEX fact_links_by_target ON fact_links (target)")


def _links_of_facts(dataset: Dataset, routes: Routes) -> Iterator[tuple[int, str, int, str]]:
    for number, row in enumerate(rows(dataset, routes), 1):
        for field in _OF_FACTS:
            for position, target in enumerate(row[field] or ()):
                yield number, field, position, target


def _write_meta(connection: sqlite3.Connection, dataset: Dataset) -> None:
    connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", about_data(dataset).items())


def _quoted(name: str) -> str:
    """A name as SQL has it, without the hyphen of some kinds."""
    return '"' + name.replace("-", "_").replace('"', '""') + '"'
