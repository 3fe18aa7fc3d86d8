from . import withdraw
