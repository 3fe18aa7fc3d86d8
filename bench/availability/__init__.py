"""One process that measures and decides a catalogue, beside bench_availability.py."""
