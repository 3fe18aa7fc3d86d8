"""Demand played again, event by event, under rules that are only tried: the simulator and the flash sale's bench.

engine      shoppers, channels with their delays, and the ERP that decides
policy      how the ERP decides: the real rules
scenario    what happens: past orders, more or fewer of them, later or sooner
compare     what comes of several policies, as figures
"""
