"""The columns of PayPal's downloads in their three generations and several languages, as sellers' exports show them."""

# Name here -> names there, as `table.plain` compares them.
COLUMNS = {
    "date": ("date", "datum", "fecha", "data"),
    "time": ("time", "uhrzeit", "heure", "hora", "ora", "tijd"),
    "timezone": ("timezone", "time zone", "zeitzone", "fuseau horaire", "zona horaria", "fuso orario", "tijdzone"),
    "type": ("type", "description", "typ", "beschreibung", "tipo", "descripción", "descrizione", "omschrijving"),
    "status": ("status", "état", "estado", "stato"),
    "currency": ("currency", "währung", "devise", "divisa", "valuta", "moneda"),
    "gross": ("gross", "brutto", "avant commission", "bruto", "lordo"),
    "fee": ("fee", "entgelt", "gebühr", "commission", "tarifa", "comisión", "tariffa", "kosten"),
    "net": ("net", "netto", "net (hors commission)", "neto"),
    "transaction id": (
        *("transaction id", "transaktionscode", "numéro de transaction", "id. de transacción", "id de transacción"),
        *("codice transazione", "transactiereferentie"),
    ),
    "reference": (
        *("reference txn id", "zugehöriger transaktionscode", "numéro de la transaction de référence"),
        *("id. de referencia de trans.", "codice della transazione di riferimento"),
    ),
    "invoice": ("invoice number", "invoice id", "rechnungsnummer", "numéro de facture", "número de factura"),
    "custom": ("custom number", "individuelle nummer"),
    "balance": ("balance", "guthaben", "solde", "saldo"),
    "impact": ("balance impact", "auswirkung auf guthaben", "impact sur le solde", "efecto sobre el saldo"),
}
NEEDED = ("date", "currency", "gross", "fee", "net", "transaction id", "balance")
# What the description says -> family, English and German; the event codes of the settlement reports say it better.
WORDS = (
    (("currency conversion", "währungsumrechnung", "conversion de devise"), "conversion"),
    (
        ("withdrawal", "abbuchung auf", "bankgutschrift auf", "virement vers", "transfer to bank", "auszahlung"),
        "payout",
    ),
    (("chargeback fee", "rückbuchungsgebühr", "dispute fee"), "payment_fee"),
    (("chargeback", "dispute", "rückbuchung", "konflikt"), "dispute"),
    (("refund", "reversal", "rückzahlung", "erstattung", "remboursement", "reembolso"), "refund"),
    (("reserve", "hold", "release", "einbehalt", "freigabe"), "reserve"),
    (("bank deposit", "general card deposit", "bankeinzug", "einzahlung"), "charged"),
    (("fee", "gebühr"), "payment_fee"),
    (("loan", "working capital", "repayment"), "loan"),
    (("payment", "zahlung", "checkout", "paiement", "pago", "pagamento", "sale", "subscription"), "sale"),
)
NEGATIVE_SALE = "transfer"  # what the seller paid to others from this balance
MEMO_WORDS = ("memo", "vermerk", "mémo")
UNMOVED = ("denied", "placed", "canceled", "expired", "abgelehnt", "storniert")
POINT = ("date", "time")


def family(text: str, gross) -> str:
    text = text.casefold()
    found = next((name for words, name in WORDS if any(word in text for word in words)), "unknown")
    return NEGATIVE_SALE if found == "sale" and gross < 0 else found
