{
    "name": "E-commerce Returns: Repair",
    "summary": "Returned goods are repaired by Odoo's repair orders, and sent back to the customer",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_returns", "repair"],
    "data": ["views/repair_order_views.xml"],
    "auto_install": True,
}
