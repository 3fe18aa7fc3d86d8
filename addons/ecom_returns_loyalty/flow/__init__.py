from . import fill
