"""Where requests arrive: tokens, points, keys and trouble; then the document is executed against the schema."""

import copy
import json
import random
import time
from dataclasses import dataclass, field

import graphql

from tests.sandbox.shopify import bulk, changes, cost, making, queries, schema
from tests.sandbox.shopify import shop as shops

# Runs without a key are refused (documented for 2026-04 and later).
KEYED = ("inventorySetQuantities", "inventoryActivate", "refundCreate")


@dataclass
class Trouble:
    """What goes wrong with the next calls of a document, or of "token". `kind`: "500", "cut" (applied, and the answer
    is lost), "lost" (neither), "throttled", "denied", "hang". `chance`: of each call that may be hit."""

    kind: str
    name: str
    times: int = 1
    chance: float = 1.0

    def __post_init__(self):
        self._dice = random.Random(f"{self.kind}{self.name}")

    def hits(self, name):
        if name != self.name or not self.times or self._dice.random() >= self.chance:
            return False
        self.times -= 1
        return True


@dataclass
class Desk:
    """`asked`: (name, variables) of every call that was executed; `complaints`: what the real shop would refuse;
    `witness(name, variables)` is told of each call that is executed; `most`: points that one call may cost."""

    shop: shops.Shop
    version: str
    rate: float = 2000.0
    size: float = 4000.0
    held: float = 4000.0
    at: float = field(default_factory=time.monotonic)
    asked: list = field(default_factory=list)
    texts: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)
    trouble: list = field(default_factory=list)
    tokens: dict = field(default_factory=dict)
    refresh: list = field(default_factory=list)
    kept: dict = field(default_factory=dict)
    token_seconds: int = 86400
    witness: object = None
    most: float = cost.MOST

    def __post_init__(self):
        codes = schema.load(self.version).type_map["InventorySetQuantitiesUserErrorCode"].values
        self.shop.keeps_anywhere = "ITEM_NOT_STOCKED_AT_LOCATION" not in codes

    def answer(self, path, headers, body):
        """(status, what to say), or None where the answer is lost."""
        if path.endswith("/admin/oauth/access_token"):
            granted = self._grant(json.loads(body))
            return None if self._trouble_with("token") else granted
        if path.endswith("/upload"):
            return making.take_file(self.shop, body), {}
        if "/bulk/" in path:
            return bulk.piece(self.shop, path, headers.get("Range"))
        if self.tokens.get(headers.get("X-Shopify-Access-Token"), 0) < time.time():
            return 401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
        if not path.endswith(f"/admin/api/{self.version}/graphql.json"):
            self.complaints.append(f"{path} is not the pinned version")
            return 404, {"errors": "Not Found"}
        return self._execute(json.loads(body))

    def _grant(self, asked):
        known = asked.get("client_id") == shops.CLIENT_ID and asked.get("client_secret") == shops.CLIENT_SECRET
        if asked.get("grant_type") == "refresh_token":
            known = known and self.refresh[-1:] == [asked.get("refresh_token")]
        if not known:
            return 400, {"error": "invalid_request"}
        token = f"shpat_{self.shop.next_id()}"
        self.tokens[token] = time.time() + self.token_seconds
        told = {"access_token": token, "scope": ",".join(self.shop.scopes), "expires_in": self.token_seconds}
        if asked.get("grant_type") == "refresh_token":
            self.refresh.append(f"shprt_{self.shop.next_id()}")
            told["refresh_token"] = self.refresh[-1]
        return 200, told

    # ------------------------------------------------------------------ execute
    def _execute(self, asked):
        document, errors = schema.parsed(self.version, asked["query"])
        errors = [*errors, *schema.coerced(self.version, document, asked["variables"])] if not errors else errors
        if errors:
            self.complaints += [f"{asked['operationName']}: {error}" for error in errors]
            return 200, {"errors": [{"message": str(error)} for error in errors]}
        price = cost.cost(document, asked["variables"])
        if price > self.most:
            self.complaints.append(f"{asked['operationName']} costs {price}")
        trouble = self._trouble_with(asked["operationName"])
        if trouble in ("500", "lost", "hang"):
            return {"500": (500, {"errors": "Internal Server Error"}), "lost": None, "hang": "hang"}[trouble]
        if trouble == "denied":
            denied = {"code": "ACCESS_DENIED", "requiredAccess": "`write_orders` access scope."}
            return 200, {"errors": [{"message": "Access denied.", "extensions": denied}], "data": None}
        if trouble == "throttled" or not self._pay(price):
            return 200, {
                "errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
                **self._extensions(price),
            }
        with self.shop.lock:
            told = self._run(document, asked)
        return None if trouble == "cut" else (200, {**told, **self._extensions(price)})

    def _run(self, document, asked):
        self.asked.append((asked["operationName"], asked["variables"]))
        self.texts[asked["operationName"]] = asked["query"]
        if self.witness:
            self.witness(asked["operationName"], asked["variables"])
        key = self._key(document, asked)
        if key and key in self.kept:
            before, told = self.kept[key]
            if before != asked["variables"]:
                self.complaints.append(f"{asked['operationName']}: one key, two contents")
            return copy.deepcopy(told)
        if asked["operationName"] == "BeginBulk":
            return {"data": {"bulkOperationRunQuery": bulk.begin(self, asked["variables"]["query"])}}
        root = self.root(document.definitions[0].operation)
        result = graphql.execute(schema.load(self.version), document, root, variable_values=asked["variables"])
        for error in result.errors or ():
            self.complaints.append(f"{asked['operationName']}: {error}")
        told = {
            "data": result.data,
            **({"errors": [{"message": str(e)} for e in result.errors]} if result.errors else {}),
        }
        if key:
            self.kept[key] = (asked["variables"], copy.deepcopy(told))
        return told

    def root(self, operation):
        return (changes if operation == graphql.OperationType.MUTATION else queries).root(self.shop)

    def _key(self, document, asked):
        """The key of an @idempotent directive. What must have one and has none is refused."""
        for node in document.definitions[0].selection_set.selections:
            found = [entry for entry in node.directives if entry.name.value == "idempotent"]
            if found:
                return asked["variables"][found[0].arguments[0].value.name.value]
            if node.name.value in KEYED:
                self.complaints.append(f"{node.name.value} needs @idempotent")
        return None

    def _trouble_with(self, name):
        return next((one.kind for one in list(self.trouble) if one.hits(name)), None)

    # ------------------------------------------------------------------- points
    def _pay(self, price):
        now = time.monotonic()
        self.held = min(self.size, self.held + (now - self.at) * self.rate)
        self.at = now
        if price > self.held:
            return False
        self.held -= price
        return True

    def _extensions(self, price):
        status = {"maximumAvailable": self.size, "currentlyAvailable": int(self.held), "restoreRate": self.rate}
        return {"extensions": {"cost": {"requestedQueryCost": price, "throttleStatus": status}}}
