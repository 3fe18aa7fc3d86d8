{
    "name": "E-commerce Inventory Buffer",
    "summary": "What each sales channel may sell, by rules that are ordered and readable",
    "version": "19.0.1.0.0",
    "category": "Inventory/Inventory",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_connector"],
    "data": [
        "security/ir.model.access.csv",
        "security/ecom_inventory_buffer_security.xml",
        "data/ir_cron_data.xml",
        "views/ecom_channel_views.xml",
        "views/ecom_demand_views.xml",
        "views/ecom_stock_level_views.xml",
        "views/ecom_buffer_rule_views.xml",
        "views/ecom_listing_views.xml",
        "views/product_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["ecom_inventory_buffer/static/src/**/*"],
        "web.assets_tests": ["ecom_inventory_buffer/static/tests/tours/**/*"],
    },
}
