"""Services, appointments and referrals."""
