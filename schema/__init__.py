"""What the apps' migrations share and what belongs to none of them."""
