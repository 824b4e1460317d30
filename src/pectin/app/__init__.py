"""The composition root: reads settings once and wires everything."""
