# Ce que le système d’exploitation a répondu : une partie de phrase.

not-found = le fichier ou le dossier n’existe pas
denied = l’accès est refusé
exists = un fichier de ce nom existe déjà
full = il n’y a plus de place sur le disque
read-only = le disque est en lecture seule
is-a-directory = c’est un dossier, et non un fichier
not-a-directory = ce n’est pas un dossier
in-use = l’adresse est déjà prise
other = erreur inattendue (détail technique : « { $why } »)
number = erreur { $number } du système
broken-disk = le disque ne lit ou n’écrit plus correctement
timed-out = la réponse n’est pas venue à temps
cut-off = la connexion a été coupée
ends-early = le fichier s’arrête trop tôt
too-many-files = trop de fichiers sont ouverts
no-memory = il n’y a plus assez de mémoire
bad-name = ce nom de fichier n’est pas permis
too-large = le fichier est trop grand
