"""An earlier outcome beside the present facts: what changed, and by evaluating again, because of what."""
