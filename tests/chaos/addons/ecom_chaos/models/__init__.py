from . import flow, tokens
