"""What is made of rendered pages and of the site as a whole."""
