"""A vendor's own API contract, OpenAPI 3 or Swagger 2: whether a request, and an answer, keep to it.

Stricter than the contracts: a parameter or a property that the contract does not name is a mistake of ours.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import yaml
from channels.transport import Request, Response

METHODS = ("get", "put", "post", "delete", "patch")


@cache
def load(path: Path) -> dict:
    """With `nullable` written as JSON schema has it, and without "exactly one of": vendors mean "one of"."""
    text = path.read_text("utf-8")
    return nullable(json.loads(text) if path.suffix == ".json" else yaml.load(text, _Loader))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Dates stay text: examples of dates are none of our business."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for sign, found in _Loader.yaml_implicit_resolvers.items()
}


def nullable(node):
    if isinstance(node, list):
        return [nullable(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    node = {name: nullable(value) for name, value in node.items() if name not in ("example", "examples")}
    if "oneOf" in node:
        node["anyOf"] = [*node.get("anyOf", ()), *node.pop("oneOf")]
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
    return node


class Contract:
    """`spec` as `load` gives it, spoken under the path `prefix`."""

    def __init__(self, spec: dict, prefix: str = ""):
        self.spec = spec
        self.prefix = prefix.rstrip("/")
        self.root = {name: spec[name] for name in ("components", "definitions") if name in spec}

    @cached_property
    def answered(self) -> dict:
        """The schemas of answers: a list may be empty, whatever its example suggests."""
        return _without(self.root, "minItems")

    def understand(self, request: Request) -> "Operation":
        """The operation that is asked for. AssertionError with the reason where the contract has none like it."""
        fitting = list(self.fitting(request))
        assert fitting, f"the contract has no {request.method} {urlsplit(request.url).path}"
        _wild, template, values = min(fitting)
        operation = Operation(self, request.method, template, tuple(map(unquote, values)))
        operation.check(request)
        return operation

    def fitting(self, request: Request) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """(how many places are filled in, template, what with) of each path like that of the request."""
        path = urlsplit(request.url).path
        if not path.startswith(f"{self.prefix}/"):
            return
        for template, methods in self.spec["paths"].items():
            pattern = re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(template))
            match = re.fullmatch(pattern, path.removeprefix(self.prefix))
            if match and request.method.lower() in methods:
                yield len(match.groups()), template, match.groups()

    def resolved(self, node: dict) -> dict:
        while "$ref" in node:
            found = self.spec
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def validate(self, value, schema: dict, root: dict | None = None) -> None:
        """AssertionError where it does not fit."""
        try:
            jsonschema.Draft4Validator({**schema, **(root or self.root)}).validate(value)
        except jsonschema.ValidationError as error:
            place = "/".join(map(str, error.absolute_path))
            raise AssertionError(f"{place}: {error.message[:300]}") from error

    def unknown(self, value, schema: dict, place: str = "") -> Iterator[str]:
        """Properties of a value that its schema does not name."""
        if isinstance(value, list):
            items = self.resolved(schema).get("items", {})
            for entry in value:
                yield from self.unknown(entry, items, place)
        elif isinstance(value, dict):
            known, free = self.properties(schema)
            for name, inner in value.items():
                if name in known:
                    yield from self.unknown(inner, known[name], f"{place}/{name}")
                elif not free:
                    yield f"{place}/{name}"

    def properties(self, schema: dict) -> tuple[dict, bool]:
        """(name -> schema, whether it takes any other)"""
        schema = self.resolved(schema)
        known, free = dict(schema.get("properties", {})), bool(schema.get("additionalProperties"))
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            others, other_free = self.properties(part)
            known, free = {**others, **known}, free or other_free
        return known, free or not known


def _without(node, name: str):
    if isinstance(node, list):
        return [_without(entry, name) for entry in node]
    if isinstance(node, dict):
        return {key: _without(value, name) for key, value in node.items() if key != name or isinstance(value, dict)}
    return node


def _first(name: str) -> str:
    """A contract names only the first of many: `filters[0]`."""
    return re.sub(r"\[\d+\]", "[0]", name)


class Operation:
    def __init__(self, contract: Contract, method: str, template: str, values: tuple[str, ...]):
        self.contract, self.method, self.template, self.values = contract, method, template, values
        path = contract.spec["paths"][template]
        self.said = path[method.lower()]
        stated = [*path.get("parameters", ()), *self.said.get("parameters", ())]
        self.parameters = [contract.resolved(parameter) for parameter in stated]

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"

    def check(self, request: Request) -> None:
        known = {parameter["name"]: parameter for parameter in self.parameters if parameter["in"] == "query"}
        asked = [(_first(name), value) for name, value in request.params.items()]
        unknown = {name for name, _value in asked} - {name.removesuffix("[]") for name in known} - set(known)
        assert not unknown, f"{self.name}: unknown parameters {sorted(unknown)}"
        for name, parameter in known.items():
            assert name in dict(asked) or not parameter.get("required"), f"{self.name}: {name} is required"
        for name, value in asked:
            self._fits(name, value, known.get(name) or known[f"{name}[]"])
        headers = {name.lower() for name in request.headers}
        for parameter in self.parameters:
            if parameter["in"] == "header" and parameter.get("required"):
                assert parameter["name"].lower() in headers, f"{self.name}: header {parameter['name']} is required"
        self._check_body(json.loads(request.body) if request.body else None)

    def _fits(self, name, value, parameter):
        schema = self.contract.resolved(parameter.get("schema", parameter))
        several = isinstance(value, str) and (schema.get("type") == "array" or name.endswith(":in"))
        for one in value.split(",") if several else [value]:
            kind = self.contract.resolved(schema.get("items", schema))
            if kind.get("type") in ("integer", "number"):
                number = float(one)
                assert kind.get("minimum", number) <= number <= kind.get("maximum", number), f"{name} cannot be {one}"
            stated = [str(entry) for entry in kind.get("enum", ())]
            assert not stated or str(one) in stated, f"{self.name}: {name} cannot be {one}"

    def _check_body(self, body):
        schema, required = self._body()
        assert schema is not None or not body, f"{self.name} takes no body"
        assert body is not None or not required, f"{self.name} wants a body"
        if schema and body is not None:
            self.contract.validate(body, schema)
            unknown = list(self.contract.unknown(body, schema))
            assert not unknown, f"{self.name}: the contract does not know {unknown}"

    def _body(self) -> tuple[dict | None, bool]:
        """(schema, whether there must be one)"""
        for parameter in self.parameters:
            if parameter["in"] == "body":
                return parameter["schema"], bool(parameter.get("required"))
        stated = self.contract.resolved(self.said.get("requestBody") or {})
        for kind, content in stated.get("content", {}).items():
            if "json" in kind or kind == "*/*":
                return content.get("schema", {}), bool(stated.get("required"))
        return ({}, False) if "requestBody" in self.said else (None, False)

    def answered(self, response: Response) -> None:
        """What a test answers must be an answer of this vendor, too."""
        known = {str(status): answer for status, answer in self.said["responses"].items()}
        if response.status == 200 and not any(status.startswith("2") for status in known):
            return  # success is taken for granted
        stated = known.get(str(response.status)) or known.get("default")
        assert stated, f"{self.name} never answers {response.status}"
        stated = self.contract.resolved(stated)
        schema = stated.get("schema")
        for kind, content in stated.get("content", {}).items():
            schema = content.get("schema") if "json" in kind or kind == "*/*" else schema
        if schema and response.body:
            value = json.loads(response.body)
            self.contract.validate(value, _without(schema, "minItems"), self.contract.answered)
            unknown = list(self.contract.unknown(value, schema))
            assert not unknown, f"{self.name}: no answer of this vendor has {unknown}"


class Held:
    """A transport that holds each request to the contracts, and gives the answers of a test, held to them as well.

    contracts   those that may be asked
    answers     {"GET /order/{orderId}": Response, or what makes one of (request, operation)}
    free        (method, end of the path) of requests that no contract describes, such as sign-ins: Response
    """

    def __init__(self, contracts, answers, free=()):
        self.contracts, self.answers, self.free = list(contracts), answers, dict(free)
        self.asked: list[str] = []
        self.requests: list[Request] = []

    def send(self, request: Request) -> Response:
        path = urlsplit(request.url).path
        for (method, tail), answer in self.free.items():
            if request.method == method and path.endswith(tail):
                self.requests.append(request)
                return answer(request) if callable(answer) else answer
        contract = next((contract for contract in self.contracts if any(contract.fitting(request))), None)
        assert contract, f"no contract has {request.method} {path}"
        operation = contract.understand(request)
        self.asked.append(operation.name)
        self.requests.append(request)
        answer = self.answers[operation.name]
        answer = answer(request, operation) if callable(answer) else answer
        operation.answered(answer)
        return answer


def said(value=None, status=200, **headers) -> Response:
    body = b"" if value is None else json.dumps(value, default=str).encode()
    return Response(status=status, headers=headers, body=body)
