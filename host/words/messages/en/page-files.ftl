# The field for files, and the state of each during an upload.

choose = Choose on this device
chosen = Chosen files
waiting = waiting
receiving = receiving
reading = reading and checking
storing = storing
added = added
refused = not added: the answer will say why
asks = to be completed: the answer will say how
