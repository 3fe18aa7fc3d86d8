{
    "name": "E-commerce Connector",
    "summary": "Orders, stock, shipments and exceptions of every sales channel in one place",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": ["sale_stock", "stock_delivery", "account"],
    "external_dependencies": {"python": ["requests", "cryptography"]},
    "data": [
        "security/ecom_connector_groups.xml",
        "security/ir.model.access.csv",
        "security/ecom_connector_security.xml",
        "data/ir_cron_data.xml",
    ],
    "assets": {},
}
