"""What the house tests are made of: checkers that read the project, not the product."""
