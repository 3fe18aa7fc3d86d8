"""Amazon's own API models (Swagger 2.0): whether a request and an answer keep to them."""

import json
import re
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema

from tests.contract import recorded

MODELS = {
    "/notifications/v1": "notifications-api-model/notifications.json",
    "/orders/2026-01-01": "orders-api-model/orders_2026-01-01.json",
    "/orders/v0": "orders-api-model/ordersV0.json",
    "/listings/2021-08-01": "listings-items-api-model/listingsItems_2021-08-01.json",
    "/reports/2021-06-30": "reports-api-model/reports_2021-06-30.json",
    "/fba/inventory/v1": "fba-inventory-api-model/fbaInventory.json",
    "/finances/v0": "finances-api-model/financesV0.json",
    "/sellers/v1": "sellers-api-model/sellers.json",
}


@cache
def model(path):
    name = next(name for prefix, name in MODELS.items() if path.startswith(prefix))
    return json.loads((recorded.SHARED / "specs" / "amazon" / "models" / name).read_bytes())


class Operation:
    """The operation that a request asks for; AssertionError with the reason where the model knows none like it."""

    def __init__(self, method, target, body):
        parts = urlsplit(target)
        self.method, self.path = method, parts.path
        self.model = model(parts.path)
        self.template, self.values = self._template()
        self.said = self.model["paths"][self.template][method.lower()]
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.body = json.loads(body) if body else None
        self._check()

    def _template(self):
        for template in self.model["paths"]:
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template))
            found = re.fullmatch(pattern, self.path)
            if found and self.method.lower() in self.model["paths"][template]:
                return template, {name: unquote(value) for name, value in found.groupdict().items()}
        raise AssertionError(f"no operation {self.method} {self.path}")

    def _check(self):
        known = {p["name"]: p for p in self.said.get("parameters", []) if p["in"] == "query"}
        assert not self.query.keys() - known.keys(), f"unknown parameters {self.query.keys() - known.keys()}"
        for name, parameter in known.items():
            assert name in self.query or not parameter.get("required"), f"{name} is required"
            if name in self.query:
                self._fits(name, self.query[name], parameter)
        bodies = [p["schema"] for p in self.said.get("parameters", []) if p["in"] == "body"]
        assert bool(bodies) == (self.body is not None), "a body, or none"
        if bodies:
            self._validate(self.body, bodies[0])

    def _fits(self, name, value, parameter):
        values = value.split(",") if parameter["type"] == "array" else [value]
        assert len(values) <= parameter.get("maxItems", len(values)), f"too many {name}"
        kind = parameter["items"] if parameter["type"] == "array" else parameter
        for one in values:
            assert one in kind.get("enum", [one]), f"{name} cannot be {one}"
            if kind["type"] == "integer":
                assert kind.get("minimum", 0) <= int(one) <= kind.get("maximum", int(one))
            if kind.get("format") == "date-time":
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one), f"{name} is no moment"

    def _validate(self, value, schema):
        jsonschema.validate(value, {**schema, "definitions": self.model["definitions"]}, jsonschema.Draft4Validator)

    def answers(self, value, status=200):
        """The answer keeps to the model, too."""
        schema = self.said["responses"][str(status)].get("schema")
        if schema:
            self._validate(value, schema)
        return value
