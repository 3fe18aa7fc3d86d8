"""Scenes for test_races.py, run inside `odoo shell`: `env` is at hand, cursors of their own are real transactions."""

import threading
from contextlib import contextmanager
from pathlib import Path

import odoo
from odoo.addons.ecom_connector.channels.demo.shop import QUIET, Shop


class Stage:
    """One live demo channel with one listing of a product, 10 in stock, decided and committed."""

    def __init__(self, env):
        self.registry = env.registry
        with self.transaction() as env:
            self.stock_id = env["stock.warehouse"].search([], limit=1).lot_stock_id.id
            channel = env["ecom.channel"].create({"name": "Shop", "code": "demo", "mode": "live"})
            channel._set_credentials({"api_key": "demo-key"})
            self.shop = Shop(Path(channel._with_own_file({})["file"]), seed="races", profile=QUIET)
            self.item = self.shop.items()[0].id
            self.product_id = self.product(env, "Sofa").id
            listing = {"channel_id": channel.id, "external_id": self.item, "name": "Sofa", "state": "matched"}
            level = env["ecom.listing"].create({**listing, "product_id": self.product_id}).level_ids
            self.channel_id, self.level_id = channel.id, level.id
        self.move(10)
        self.decide()

    @contextmanager
    def transaction(self):
        with self.registry.cursor() as cr:
            yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})

    def product(self, env, name):
        return env["product.product"].create({"name": name, "is_storable": True})

    def move(self, quantity):
        with self.transaction() as env:
            self.move_in(env, quantity)

    def move_in(self, env, quantity):
        product, stock = env["product.product"].browse(self.product_id), env["stock.location"].browse(self.stock_id)
        env["stock.quant"]._update_available_quantity(product, stock, quantity)

    def decide(self):
        with self.transaction() as env:
            env["ecom.flow.run"]._decide_changes()

    def tell(self, **told):
        with self.transaction() as env:
            env.cr.execute("SELECT count(*) FROM ecom_stock_change")
            return {**told, "changes_left": env.cr.fetchone()[0]}

    def decided(self):
        with self.transaction() as env:
            return env["ecom.stock.level"].browse(self.level_id).decided

    @contextmanager
    def deciding(self, before):
        """Call `before` each time a decision is about to be made."""
        model = self.registry["ecom.flow.decide"]
        original = model._decide_values

        def decide_values(self, levels, measured):
            before()
            return original(self, levels, measured)

        model._decide_values = decide_values
        try:
            yield
        finally:
            model._decide_values = original


def slow_decider(stage):
    stage.move(-1)
    measured, may_write, attempts = threading.Event(), threading.Event(), []

    def wait():
        if threading.current_thread() is slow:
            attempts.append(1)
            measured.set()
            may_write.wait(30)

    slow = threading.Thread(target=stage.decide)
    with stage.deciding(wait):
        slow.start()
        measured.wait(30)
        stage.move(1)
        stage.decide()
        may_write.set()
        slow.join(30)
    return stage.tell(attempts=len(attempts), decided=stage.decided())


def dying_consumer(stage):
    stage.move(-3)

    def die():
        raise KeyboardInterrupt

    with stage.deciding(die):
        try:
            stage.decide()
        except KeyboardInterrupt:
            pass
    left = stage.tell()["changes_left"]
    stage.decide()
    return stage.tell(after_death=left, decided=stage.decided())


def move_beside_workers(stage):
    stage.move(-1)
    with stage.transaction() as worker:
        worker["ecom.flow.decide"]._decide_changes(100)
        with stage.transaction() as warehouse:
            warehouse.cr.execute("SET LOCAL lock_timeout = '2s'")
            stage.move_in(warehouse, -2)
    stage.decide()
    return stage.tell(moved=True, decided=stage.decided())


def late_commit(stage):
    with stage.transaction() as late:
        stage.move_in(late, -6)
        late.cr.flush()
        with stage.transaction() as env:
            other = stage.product(env, "Other")
            env["ecom.listing"].create(
                {
                    "channel_id": stage.channel_id,
                    "external_id": "other",
                    "name": "Other",
                    "product_id": other.id,
                    "state": "matched",
                }
            )
        stage.decide()
        early = stage.decided()
    stage.decide()
    return stage.tell(early=early, late=stage.decided())


def two_consumers(stage):
    with stage.transaction() as env:
        for _turn in range(2):
            stage.move_in(env, -1)
            env.cr.flush()
    with stage.transaction() as one:
        first = one["ecom.flow.decide"]._decide_changes(1)
        with stage.transaction() as other:
            # What the first one took is skipped; the level itself is the first one's until it commits.
            other.cr.execute(
                """DELETE FROM ecom_stock_change WHERE id IN (
                       SELECT id FROM ecom_stock_change ORDER BY id LIMIT 5 FOR UPDATE SKIP LOCKED) RETURNING id"""
            )
            second = len(other.cr.fetchall())
    return stage.tell(first=first, second=second)


def failing_transaction(stage):
    try:
        with stage.transaction() as env:
            stage.move_in(env, -5)
            env.cr.flush()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    return stage.tell()


def late_answer(stage):
    """Intents are committed, as the engine does it."""
    publish = "ecom.flow.publish"
    _read_orders(stage)
    _work(stage)
    stage.move(-3)
    stage.decide()
    with stage.transaction() as env:
        first = env[publish]._intend(env["ecom.channel"].browse(stage.channel_id))
    stage.move(-2)
    stage.decide()
    _work(stage)
    with stage.transaction() as env:
        answer = env[publish]._call(first)
        env[publish]._settle(env["ecom.channel"].browse(stage.channel_id), first, answer)
    _work(stage)
    with stage.transaction() as env:
        level = env["ecom.stock.level"].browse(stage.level_id)
        return {
            "shop": stage.shop.stock(stage.item),
            "published": level.published,
            "settled": level.sequence == level.published_sequence,
        }


def _read_orders(stage):
    with stage.transaction() as env:
        channel = env["ecom.channel"].browse(stage.channel_id)
        cursor = channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")
        cursor.write({"fresh_at": odoo.fields.Datetime.now(), "next_try": "2099-01-01"})


def _work(stage):
    """What a slice of the stock topic does."""
    publish = "ecom.flow.publish"
    for _turn in range(10):
        with stage.transaction() as env:
            batch = env[publish]._intend(env["ecom.channel"].browse(stage.channel_id))
        if batch is None:
            return
        with stage.transaction() as env:
            answer = env[publish]._call(batch)
        with stage.transaction() as env:
            env[publish]._settle(env["ecom.channel"].browse(stage.channel_id), batch, answer)
