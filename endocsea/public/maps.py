def map_of_states(now): return ""
def grid_of_states(now): return ""
