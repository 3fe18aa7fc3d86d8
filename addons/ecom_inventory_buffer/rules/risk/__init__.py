"""How likely it is to sell what is not there, and the quantities that keep it below what the merchant accepts."""
