"""Red flags: the rules R-01 to R-34 of the domain (5.1) read over what is in the file, one function a rule.

`facts` is what they read, `flag` what they say, `thresholds` from how many days on; the functions stand in rooms
(`stays`, `house`, `minors`, `identification`, `assistance`, `consent`, `text`), and `engine` runs them all.
"""
