from . import channels, controllers, demo, flow, models, wizards
