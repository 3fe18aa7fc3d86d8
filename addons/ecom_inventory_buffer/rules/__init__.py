"""What a channel may show of the stock: plain Python over plain values, never imports odoo, standard library only.

terms and rule        what there is, and what a merchant wants done with it, one strategy a file in `strategies/`
precedence            which rule wins for a product, and why
decide                terms and a rule -> the quantity to show, with each step of the sum
explain               the same as one readable sentence
demand                how much other channels may sell meanwhile, learnt from their past sales
risk                  the least that must be hidden for the chance of overselling a merchant accepts
booking_limits        whom the last units are kept for, by what they earn
draw_down             what a channel shows whose orders come in late
forecast              what the next weeks bring, how far such forecasts were off, and what to buy or to move for it
"""
