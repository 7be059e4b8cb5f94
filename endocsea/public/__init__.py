"""Where do I start? Every public page.

Public views use no session, cookie, message or form token: a page never differs by visitor, so it
can be cached and exported.
"""
