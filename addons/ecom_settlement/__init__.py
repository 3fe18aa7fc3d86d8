from . import models
from . import flow
from . import wizards
from . import report
