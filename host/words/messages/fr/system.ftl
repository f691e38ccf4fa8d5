# Ce que le système d’exploitation a répondu : une partie de phrase.

not-found = le fichier ou le dossier n’existe pas
denied = l’accès est refusé
exists = un fichier de ce nom existe déjà
full = il n’y a plus de place sur le disque
read-only = le disque est en lecture seule
is-a-directory = c’est un dossier, et non un fichier
not-a-directory = ce n’est pas un dossier
in-use = l’adresse est déjà prise
other = « { $why } »
