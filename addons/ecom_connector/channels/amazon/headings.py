"""The columns of Amazon's date-range report in the languages of its marketplaces, and the words it uses in them.

As sellers' exports show them; what is not listed keeps its own name and is an amount like the others, which the row's
own total proves or disproves.
"""

# Name here -> names there, as `table.plain` compares them.
COLUMNS = {
    "date/time": (
        *("date/time", "datum/uhrzeit", "date/heure", "fecha y hora", "data/ora", "datum/tijd", "datum/tid"),
        *("data/godzina", "日付/時間"),
    ),
    "settlement id": (
        *("settlement id", "abrechnungsnummer", "numéro de versement", "identificador de pago", "numero pagamento"),
        *("schikkings-id", "reglerings-id", "identyfikator rozliczenia", "決済番号"),
    ),
    "type": ("type", "typ", "tipo", "トランザクションの種類"),
    "order id": (
        *("order id", "bestellnummer", "numéro de la commande", "número de pedido", "numero ordine"),
        *("bestelnummer", "beställnings-id", "identyfikator zamówienia", "注文番号"),
    ),
    "sku": ("sku",),
    "description": (
        "description",
        "beschreibung",
        "descripción",
        "descrizione",
        "beschrijving",
        "beskrivning",
        "opis",
        "説明",
    ),
    "quantity": ("quantity", "menge", "quantité", "cantidad", "quantità", "aantal", "antal", "ilość", "数量"),
    "total": ("total", "gesamt", "totale", "totaal", "totalt", "suma", "合計"),
    "status": (
        *("transaction status", "statut de la transaction", "transaktionsstatus", "estado de la transacción"),
        *("stato della transazione",),
    ),
}
# The last column of words before the amounts begin.
LAST_WORDS = (
    *("tax collection model", "steuererhebungsmodell", "modèle de perception des taxes"),
    *("formulario de recaudación de impuestos", "modello di riscossione delle imposte", "order postal", "postleitzahl"),
    *("code postal de la commande", "código postal", "cap dell'ordine", "fulfillment", "versand", "traitement"),
    *("gestión logística", "gestione", "marketplace"),
)
# Column -> family of what stands in it; the others are fees and rests of kinds that the row's type tells.
FAMILIES = {
    **dict.fromkeys(("product sales", "umsätze", "ventes de produits", "ventas de productos", "vendite"), "sale"),
    **dict.fromkeys(("gift wrap credits", "gutschrift für geschenkverpackung"), "sale"),
    **dict.fromkeys(("shipping credits", "gutschrift für versandkosten", "crédits d'expédition"), "shipping"),
    **dict.fromkeys(("product sales tax", "produktumsatzsteuer", "taxes sur la vente des produits"), "tax"),
    **dict.fromkeys(("shipping credits tax", "steuer auf versandgutschrift"), "tax"),
    **dict.fromkeys(("giftwrap credits tax", "steuer auf geschenkverpackungsgutschriften"), "tax"),
    **dict.fromkeys(("regulatory fee", "tax on regulatory fee"), "tax"),
    **dict.fromkeys(("promotional rebates", "rabatte aus werbeaktionen", "rabais promotionnels"), "promotion"),
    **dict.fromkeys(("promotional rebates tax", "steuer auf aktionsrabatte"), "promotion"),
    **dict.fromkeys(("marketplace withheld tax", "einbehaltene steuer auf marketplace"), "remitted_tax"),
    **dict.fromkeys(("taxes retenues sur le site de vente",), "remitted_tax"),
    **dict.fromkeys(("selling fees", "verkaufsgebühren", "frais de vente", "tarifas de venta"), "commission"),
    **dict.fromkeys(("fba fees", "gebühren zu versand durch amazon", "frais expédié par amazon"), "fulfilment"),
    **dict.fromkeys(("other transaction fees", "andere transaktionsgebühren"), "other_fee"),
    **dict.fromkeys(("autres frais de transaction",), "other_fee"),
}
PAYOUTS = ("transfer", "übertrag", "transfert", "transferir", "trasferimento", "overboeking", "överföring", "振込み")
DEFERRED = ("deferred", "zurückgestellt", "différé", "diferido", "differito", "reporté")
# Decimal commas, and day before month, where the heading is not English or Japanese.
POINT = ("date/time", "日付/時間")
