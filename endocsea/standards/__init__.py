"""What is asked of a state, and what binds it since when?"""
