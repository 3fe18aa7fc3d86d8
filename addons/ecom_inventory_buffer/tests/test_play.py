from odoo.addons.ecom_connector.tests.common import ChannelCase
from odoo.addons.ecom_connector.tests.inbound_case import InboundCase
from odoo.addons.ecom_connector.tests.playing import play
from odoo.tests import tagged

from .play import Play


@tagged("post_install", "-at_install")
class TestPlay(ChannelCase, InboundCase):
    def test_whatever_happens_nothing_is_published_that_is_not_there(self):
        play(Play, self, examples=5, steps=25)
