"""Rights of the IR and what happens go in; exercises with their effects, and where every right stands, come out."""
