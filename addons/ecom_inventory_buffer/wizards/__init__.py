from . import ecom_buffer_simulation
