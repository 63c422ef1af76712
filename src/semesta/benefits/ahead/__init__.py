"""What ends or is lost in the coming months, told early enough to act."""
