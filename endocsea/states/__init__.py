"""Who? The programme, states with their dated parts in it, reporting channels, published figures."""
