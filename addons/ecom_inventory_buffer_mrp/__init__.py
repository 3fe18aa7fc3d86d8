from . import models
from . import flow
