"""The month: figures with the rows behind them, and the identities that prove them."""
