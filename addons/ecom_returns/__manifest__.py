{
    "name": "E-commerce Returns",
    "summary": "Returns of every sales channel: was it agreed, where are the goods, where is the money",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_connector"],
    "data": [
        "security/ir.model.access.csv",
        "security/ecom_return_security.xml",
        "data/ir_sequence_data.xml",
        "views/ecom_return_views.xml",
    ],
}
