from . import mend
