"""The insurer's own words for occupations, places and reasons, in dated versions."""
