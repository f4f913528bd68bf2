"""Made-up corpora of any size, and what is measured on them."""
