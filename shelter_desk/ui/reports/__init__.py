"""The month on screen: tables of figures, the rows behind each, what to settle before closing, the workbook."""
