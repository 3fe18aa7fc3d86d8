"""The two sides of the figure `hot_path_ratio`; see bench/bench_hot_path.py."""
