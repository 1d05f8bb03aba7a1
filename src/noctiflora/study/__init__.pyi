"""Study: many personal trials at once."""

from ._belief import Belief as Belief
from ._pile import Pile as Pile
from ._pile import stack as stack
from ._population import Population as Population
from ._population import Summary as Summary
from ._population import fit_population as fit_population
from ._population import likelihood_of as likelihood_of
from ._population import person_effects as person_effects
