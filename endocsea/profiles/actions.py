def bring_up_to_date(*, by, at): pass
