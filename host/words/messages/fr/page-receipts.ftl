# La confirmation d’un ticket de caisse.

mark = ,
title = Ticket de caisse
lead = Voici ce que le texte semble dire. Corrigez ce qu’il faut, puis confirmez : rien n’est ajouté avant.
paper = Le papier, pour comparer
picture = La photo « { $file } » : comparez-y les lignes
no-lines = Aucune ligne n’a été reconnue. Vous pouvez les écrire vous-même.
head = Le ticket
merchant = Commerçant
day = Date du ticket
time = Heure, si elle est connue
lines = Les lignes
lines-why = Videz une ligne pour la retirer. Une remise a un montant négatif.
unread = { $lines ->
    [one] Une ligne du texte n’a pas été comprise. Ajoutez-la ci-dessus si elle compte :
   *[other] { $lines } lignes du texte n’ont pas été comprises. Ajoutez ci-dessus celles qui comptent :
}
line = Ligne { $line }
label = Article
quantity = Quantité
unit = Unité
piece = pièce
amount = Montant (€)
sum = Le total
total = Total payé (€)
sum-unknown = La somme ne peut pas être vérifiée : corrigez d’abord ce qui est signalé.
sum-alone = La somme des lignes est { $sum }. Sans total écrit, c’est elle qui compte.
sum-agrees = La somme des lignes est { $sum }, comme le total.
sum-differs = La somme des lignes est { $sum } : il y a { $over } d’écart avec le total.
anyway = Ajouter quand même, avec cet écart
not-agreed = Rien n’a été ajouté : la somme des lignes n’est pas le total. Corrigez une ligne, ou cochez « Ajouter quand même ».
check = Vérifier la somme
confirm = Ajouter à mes achats
leave = Ne rien ajouter
bad-day = La date manque ou n’existe pas.
bad-time = L’heure n’existe pas : écrivez-la comme 14:32, ou laissez-la vide.
bad-total = Le total n’est pas un montant comme 12,34.
bad-amount = La ligne { $line } a besoin d’un article et d’un montant comme 12,34.
bad-quantity = La quantité de la ligne { $line } n’est pas un nombre comme 2 ou 0,532.
