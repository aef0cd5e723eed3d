"""Who issued a release and who is only named in it.

Pure: no I/O beyond this room's own data files, no clock. `identify` is the door; `Gazetteer` holds
the operator's companies, `mine`, `split` and `has_form` know legal forms.
"""

from aggregator.companies.gazetteer import Gazetteer, Hit
from aggregator.companies.identify import identify
from aggregator.companies.legal_forms import has_form, split
from aggregator.companies.mining import Found, mine

__all__ = ["Found", "Gazetteer", "Hit", "has_form", "identify", "mine", "split"]
