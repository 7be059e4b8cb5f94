"""Answers on their way out and back: a workbook for whoever likes tables, a sheet in Word for an institution."""
