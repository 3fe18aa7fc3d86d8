from odoo.http import HttpDispatcher


class RawDispatcher(HttpDispatcher):
    """Requests whose body must stay unread until the controller has judged it.

    Odoo's own dispatcher reads forms before the controller is called: a form could not be verified any more, for its
    raw bytes would be gone, and whoever finds the address could make the server parse what he likes.
    """

    routing_type = "ecom_raw"

    def dispatch(self, endpoint, args):
        self.request.params = dict(args)
        return self.request.registry["ir.http"]._dispatch(endpoint)
