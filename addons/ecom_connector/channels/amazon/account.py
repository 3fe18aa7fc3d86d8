"""What Amazon says of a seller account, and what our application may do there."""

from ..errors import ChannelError, Refused, Unreadable
from ..records import Shop, Site
from . import answers, listings, values

_SETTLEMENTS = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
_DRY_RUN = "Trying whether listings may be changed"


def read_account(client) -> Shop:
    """Refused, in plain words, when the account cannot be reached; what the application lacks is in
    `missing_scopes`."""
    sites = read_sites(client)
    wanted = client.marketplaces
    unknown = [marketplace for marketplace in wanted if marketplace not in {site.external_id for site in sites}]
    if unknown:
        raise Refused(f"The account does not sell on {', '.join(unknown)}.")
    first = next(site for site in sites if site.external_id == wanted[0])
    return Shop(
        external_id=client.seller,
        name=f"Amazon {client.seller}",
        currency=first.currency,
        timezone="UTC",
        sites=tuple(site for site in sites if site.external_id in wanted),
        missing_scopes=tuple(_missing(client, wanted)),
    )


def read_sites(client) -> list[Site]:
    """The marketplaces on which the account may sell."""
    found = answers.load(client.get("/sellers/v1/marketplaceParticipations", what="Reading the account").body)
    sites = []
    for row in values.rows(found.get("payload")):
        marketplace, participation = values.record(row.get("marketplace")), values.record(row.get("participation"))
        if participation.get("isParticipating") is True:
            sites.append(
                Site(
                    external_id=values.text(marketplace.get("id")),
                    name=values.text(marketplace.get("name")),
                    currency=values.text(marketplace.get("defaultCurrencyCode")),
                    language=values.text(marketplace.get("defaultLanguageCode")).replace("_", "-"),
                )
            )
    if not sites:
        raise Unreadable("Amazon names no marketplace of this account.")
    return sites


def _missing(client, marketplaces: tuple[str, ...]):
    """An order that nobody has is found by no search of ours: it costs nothing of the dear budget of searches."""
    for scope, path, params in (
        ("Read orders (role Inventory and Order Tracking)", "/orders/2026-01-01/orders/000-0000000-0000000", {}),
        (
            "Read settlement reports (role Finance and Accounting)",
            "/reports/2021-06-30/reports",
            {"reportTypes": (_SETTLEMENTS,), "pageSize": 1},
        ),
    ):
        try:
            client.get(path, params, what="Checking the application")
        except Refused:
            yield scope
        except ChannelError:
            continue  # it may ask, and that is what was to be found out
    yield from _missing_for_listings(client)
    if client.queue:
        try:
            client.queue.ask("GetQueueAttributes", {}, what="Checking the queue")
        except ChannelError as error:
            yield f"Read order notifications ({error})"


def _missing_for_listings(client):
    """Reading them; and a dry run of writing one, with what it says already: Amazon says what it would do."""
    try:
        held, _following = listings.page(client, "")
        own = next((row for row in held if listings.availability(row).get(listings.OWN) is not None), None)
        if own is None:
            return
        said = listings.own_stock(listings.availability(own)[listings.OWN])
        problem = listings.change(client, values.identifier(own.get("sku")), said, what=_DRY_RUN, preview=True)
    except Refused:
        yield "Read and change listings (role Product Listing)"
    except ChannelError:
        return
    else:
        if problem:
            yield f"Change listings (a trial with {values.identifier(own.get('sku'))}: {problem})"
