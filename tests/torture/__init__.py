"""Tests that kill the program and damage its files; a short form in every run, the long one by `make torture`."""
