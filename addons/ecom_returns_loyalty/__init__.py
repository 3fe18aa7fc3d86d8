from . import flow
from . import models
