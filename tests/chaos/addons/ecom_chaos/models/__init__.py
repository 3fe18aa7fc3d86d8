from . import flow, haste, tokens
