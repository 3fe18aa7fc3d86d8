from . import channels, controllers, flow, models, wizards
