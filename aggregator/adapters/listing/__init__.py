"""Lists of releases on pages: how a page is laid out, where its lists stand, what their items say.

Used by the `newsroom` adapter and by `discovery`. Pure, linear in the size of the page, bounded for hostile ones.
"""
