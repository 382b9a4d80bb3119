"""The live door: sockets in, the log read on to them."""
