{
    "name": "E-commerce Inventory Buffer: Kits",
    "summary": "Channels sell kits as far as their components last",
    "version": "19.0.1.0.0",
    "category": "Inventory/Inventory",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_inventory_buffer", "mrp"],
    "auto_install": True,
}
