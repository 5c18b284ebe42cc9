"""Referrals as both the record of a resident and the page of assistance show them."""
