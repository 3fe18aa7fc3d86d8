"""API contracts that are published as TypeScript types (openapi-typescript): read back as what they were made of.

Only what these files consist of is understood: interfaces of named members, references, lists, texts and numbers.
"""

import re
from functools import cache
from pathlib import Path

_TOKEN = re.compile(r"""\s*(?:("(?:[^"\\]|\\.)*")|([A-Za-z_$][\w$]*|\d+)|(\[\]|[{}\[\]():;,?|<>&-]))""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PLAIN = {"string": "string", "number": "number", "boolean": "boolean"}


@cache
def load(path: Path) -> dict:
    """The contract as OpenAPI has it: paths with parameters and bodies, schemas."""
    text = _COMMENT.sub("", path.read_text("utf-8"))
    found = {}
    for match in re.finditer(r"export interface (\w+) ", text):
        found[match[1]] = _Reader(text, match.end()).members()
    operations = found["operations"]
    paths = {
        template: {
            method: _operation(operations[kind["operation"]])
            for method, kind in members.items()
            if isinstance(kind, dict) and "operation" in kind
        }
        for template, members in found["paths"].items()
    }
    schemas = {name: _schema(kind) for name, kind in found["components"]["schemas"].items()}
    return {"paths": paths, "components": {"schemas": schemas}}


def _operation(said: dict) -> dict:
    parameters = []
    for place, members in said["parameters"].items():
        place = place.removesuffix("?")
        for name, kind in (members or {}).items() if isinstance(members, dict) else ():
            name, optional = name.removesuffix("?"), name.endswith("?")
            if name not in ("Content-Type",):
                parameters.append({"name": name, "in": place, "required": not optional, "schema": _schema(kind)})
    answers = {}
    for status, answer in said["responses"].items():
        answers[status] = {"content": _content((answer or {}).get("content"))}
    found = {"parameters": parameters, "responses": answers}
    body = said.get("requestBody") or said.get("requestBody?")
    if isinstance(body, dict):
        found["requestBody"] = {"content": _content(body.get("content"))}
    return found


def _content(kinds) -> dict:
    return {kind: {"schema": _schema(value)} for kind, value in kinds.items()} if isinstance(kinds, dict) else {}


def _schema(kind) -> dict:
    if isinstance(kind, list):
        return {"type": "array", "items": _schema(kind[0])}
    if isinstance(kind, dict) and "ref" in kind:
        return {"$ref": f"#/components/schemas/{kind['ref']}"}
    if isinstance(kind, dict):
        members = {name.removesuffix("?"): _schema(value) for name, value in kind.items()}
        return {"type": "object", "properties": members}
    return {"type": _PLAIN[kind]} if kind in _PLAIN else {}


class _Reader:
    """Members are a dict, with `?` behind the name of an optional one; lists are [kind]; the rest is a word."""

    def __init__(self, text: str, position: int):
        self.text, self.position = text, position

    def next(self) -> str:
        match = _TOKEN.match(self.text, self.position)
        self.position = match.end()
        return match[1] or match[2] or match[3]

    def peek(self) -> str:
        position = self.position
        token = self.next()
        self.position = position
        return token

    def members(self) -> dict:
        assert self.next() == "{"
        found = {}
        while self.peek() != "}":
            name = self.next()
            if name == "[":  # [name: string]: unknown
                while self.next() != "]":
                    pass
                name = "*"
            name = name.strip('"')
            if self.peek() == "?":
                name += self.next()
            assert self.next() == ":", name
            found[name] = self.kind()
            assert self.next() == ";", name
        self.next()
        found.pop("*", None)
        return {name: value for name, value in found.items() if value != "never"}

    def kind(self):
        value = self._one()
        while self.peek() == "|":
            self.next()
            value = self._one()
        return value

    def _one(self):
        if self.peek() == "{":
            value = self.members()
        elif (word := self.next()) in ("components", "operations"):
            self.next()
            value = self.next().strip('"')
            self.next()
            if word == "components":
                self.next()
                value = self.next().strip('"')
                self.next()
            value = {"ref" if word == "components" else "operation": value}
        else:
            value = word
            if self.peek() == "<":
                while self.next() != ">":
                    pass
        while self.peek() == "[]":
            self.next()
            value = [value]
        return value
