{
    "name": "Chaos for tests",
    "summary": "Lets a test kill the server at a named point",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "E-commerce Operations Suite",
    "license": "LGPL-3",
    "depends": ["ecom_connector"],
}
