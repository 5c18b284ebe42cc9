"""What goes to a printer or into a PDF."""
