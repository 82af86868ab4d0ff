"""What people send from the desk."""
