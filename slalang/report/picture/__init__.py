"""Time, labels and shapes of a picture go in; ticks, lanes and SVG elements come out."""
