{
    "name": "E-commerce Returns: Store Credit",
    "summary": "Returns are paid by store credit, on cards of Odoo's eWallet",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_returns", "loyalty"],
    "data": ["security/ir.model.access.csv", "views/ecom_return_policy_views.xml"],
    "auto_install": True,
}
