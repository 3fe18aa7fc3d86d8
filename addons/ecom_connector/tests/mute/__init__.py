"""A platform that can be connected and nothing more: no file is a capability."""
