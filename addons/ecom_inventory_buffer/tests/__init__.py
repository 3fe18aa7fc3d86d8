from . import test_ecom_buffer_rule
from . import test_decide
from . import test_explain
from . import test_learn
from . import test_risk
from . import test_simulation
