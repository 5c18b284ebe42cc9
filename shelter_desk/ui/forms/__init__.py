"""What every form is made of: its fields, its draft, what it refuses."""
