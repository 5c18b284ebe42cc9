"""A trial by somebody who never saw the program: twelve tasks on a sheet, judged by what is in the file afterwards."""
