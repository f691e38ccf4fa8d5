# La lecture des fichiers des détenteurs.

unrecognised = « { $file } » ne correspond à aucun des { $formats } formats connus ici ; rien n’en a été importé.
malformed = « { $file } » ne se lit pas : { $reason }. Rien n’en a été importé.
malformed-at = « { $file } », { $at } : { $reason }. Rien n’en a été importé.
too-large = « { $file } » dépasse ce qui peut être lu : { $what }, { $limit } au plus. Rien n’en a été importé.
exhausted = La lecture de « { $file } » demandait trop de mémoire ou de temps ; rien n’en a été gardé. Le fichier est-il complet, et tel que vous l’avez reçu ? Une grande archive peut être décompressée, puis importée en plusieurs fois.
incredible = « { $file } » ne se lit pas : le programme qui le lisait a donné une réponse impossible, comme si le fichier en avait pris le contrôle. Rien n’en a été gardé.
unreadable = « { $file } » ne se lit pas : { $why }.
line = ligne { $number }
entry = entrée { $number }
rest = tout ce qui suit est illisible : { $reason }
whole-file = le fichier est illisible : { $reason }
whole-file-at = le fichier est illisible, { $at } : { $reason }

## Ce dont il y a trop

excess-file = la taille du fichier
excess-record = la taille d’un enregistrement
excess-cells = le nombre de cellules d’une ligne
excess-values = le nombre de valeurs d’une entrée
excess-nesting = l’imbrication des éléments
excess-element = un élément avec tout ce qu’il contient
excess-attributes = le nombre d’attributs d’un élément
excess-files = le nombre de fichiers de l’archive
excess-file-list = la liste de ses fichiers
excess-unpacked = un fichier une fois décompressé
excess-workbook-part = une partie du classeur une fois décompressée
excess-workbook = le classeur une fois décompressé
excess-workbook-texts = le nombre de textes du classeur
excess-pages = le nombre de pages de l’historique
excess-registers = le nombre de registres du fichier
excess-resources = le nombre de ressources du flux
excess-address = une adresse dans le flux
excess-addresses = les adresses du flux
excess-changes = le nombre de lignes corrigées, retirées ou annotées de l’archive
excess-withheld = ce que l’archive dit que vous ne montrez à aucune application
no-such-day = le jour « { $text } » n’existe pas

## Les sommes d’un fichier

total = { $field } : { $sum }
total-of = { $field }, { $of } : { $sum }
money-in = entrées
money-out = sorties
incoming = en réception
outgoing = en émission
forwarded = après renvoi
missed = sans réponse
declined = après refus
consumed = consommation
produced = production
net-energy = solde
both-ways = somme des deux sens
unknown-kind = genre inconnu
messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
