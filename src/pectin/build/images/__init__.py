"""Images at the sizes and in the formats that browsers want, planned here and encoded by a port."""
