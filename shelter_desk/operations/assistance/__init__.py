"""Services of a day, activities, appointments, referrals and their costs."""
