"""The two sides of the figure `return_ratio`; see bench/bench_returns.py."""
