# Premier essai.

title = Bienvenue
try-first = Essayez d’abord avec quelqu’un qui n’existe pas
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
    [one] { $rows } ligne rendue
   *[other] { $rows } lignes rendues
} par { $holders ->
    [one] { $holders } organisme
   *[other] { $holders } organismes
}
life-months = jusqu’à { $months } mois dans un domaine
you = À vous
you-lead = Quand vous voudrez : un code d’invitation, un mot de passe ou une clé d’accès, un premier fichier. Vous pourrez tout effacer, le jour même si vous voulez.
begin = Commencer avec mes données
have-vault = J’ai déjà un coffre
