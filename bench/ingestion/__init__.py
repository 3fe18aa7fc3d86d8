"""The two sides of the figure `ingestion_ratio`; see bench/bench_ingestion.py."""
