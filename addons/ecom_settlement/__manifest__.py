{
    "name": "E-commerce Settlement",
    "summary": "Payouts of channels and payment providers, line by line, checked against their deposit",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_connector"],
    "data": [
        "security/ir.model.access.csv",
        "security/ecom_settlement_security.xml",
        "wizards/ecom_settlement_upload_wizard_views.xml",
        "wizards/ecom_settlement_post_wizard_views.xml",
        "views/ecom_settlement_views.xml",
        "views/ecom_settlement_map_views.xml",
        "views/ecom_channel_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["ecom_settlement/static/tests/tours/**/*"],
    },
}
