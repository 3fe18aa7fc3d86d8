from . import flow
from . import models
from . import wizards
