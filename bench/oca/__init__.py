"""OCA's shopify_connector beside ours, on the same orders of the same sandbox. Nothing of the project depends on it."""
