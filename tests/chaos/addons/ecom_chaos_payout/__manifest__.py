{
    "name": "Chaos for tests of payouts",
    "summary": "Lets a test kill the server while a payout is read or booked",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_chaos", "ecom_settlement"],
}
