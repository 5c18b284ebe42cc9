"""The guided interview, a part of the record of a resident."""
