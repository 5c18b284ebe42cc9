"""Rows of services, activities, appointments and referrals."""
