"""Everything the outside world speaks, in plain Python. `CHANNELS` maps code -> Channel."""

from importlib import import_module
from pkgutil import iter_modules

from .contract import Channel

CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known; a third party's add-on calls this with a channel of its own."""
    known = CHANNELS.get(channel.code)
    if known is not None and known != channel:
        raise ValueError(f"Channel {channel.code!r} is registered already, from {known.package}")
    CHANNELS[channel.code] = channel


for _entry in iter_modules(__path__):
    if _entry.ispkg and _entry.name != "tests":
        _channel = getattr(import_module(f"{__name__}.{_entry.name}"), "CHANNEL", None)
        if _channel is not None:
            register(_channel)
