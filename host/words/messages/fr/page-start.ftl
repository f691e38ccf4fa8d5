# Premier essai.

title = Bienvenue
try-first = Essayez d’abord avec quelqu’un qui n’existe pas
signed-out = Vous êtes déconnecté(e). Votre coffre est fermé sur cet appareil.
lead = Des organismes savent beaucoup de vous. Ici, ils vous le rendent, et de petites applications en tirent quelque chose d’utile : sans rien garder, et seulement si vous le voulez.
step-life = Choisissez une vie
step-app = Lancez une application
step-you = À vous
which-life = Quelle vie voulez-vous essayer ?
try-life = Essayer la vie « { $life ->
    [retraitee] retraitée
   *[other] { $life }
} »
life-rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}, de { $holders ->
    [one] { $holders } organisme
   *[other] { $holders } organismes
} et de papiers
life-spent = { $amount } dépensés par mois en { $year }
life-electricity = { $amount } d’électricité en { $year }
life-gas = { $amount } de gaz en { $year }
life-distance = { $amount } parcourus en { $year }
life-calls = { $hours } h au téléphone en { $year }
life-care = { $amount } de soins en { $year }
you = À vous
you-lead = Quand vous voudrez : un code d’invitation, un mot de passe ou une clé d’accès, un premier fichier. Vous pourrez tout effacer, le jour même si vous voulez.
begin = Commencer avec mes données
have-vault = J’ai déjà un coffre
