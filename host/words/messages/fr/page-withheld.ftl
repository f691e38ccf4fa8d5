# Ce que la personne ne montre à aucune application.

title = Ce que vous ne montrez à aucune application
lead = Aucune application ne reçoit ces lignes, même si votre accord les contient, ni dans un essai, ni plus tard. Elle ne sait pas qu’elles existent. Vous, vous les voyez toujours.
none = Rien n’est caché aux applications
none-why = Depuis la page d’une ligne, « Ne montrer à aucune application » cache cette ligne, toutes celles de son organisme, ou toutes celles qui contiennent un mot.
ask = Ne montrer à aucune application
ask-lead = Ce choix vaut pour toutes les applications, celles d’aujourd’hui et les suivantes, et pour les lignes que vous ajouterez. Vous le reprenez quand vous voulez.
this-row = Cette ligne
together = Cette ligne du fichier a donné { $rows } lignes, qui sont cachées ensemble :
this-row-why = Et la même ligne dans un autre fichier, une version plus récente, la ligne qui est sans doute la même tant que vous n’avez pas tranché, et le total dont elle fait partie.
of-holder = Toutes les lignes de « { $holder } »
of-no-holder = Toutes les lignes sans organisme connu
of-holder-why = Celles de cette sorte de données, déjà là ou à venir.
words = Toutes les lignes qui contiennent
words-why = Un texte par ligne, ou des textes séparés par un point-virgule ; la virgule fait partie du texte. Les mots d’un texte se suivent ; ni les majuscules ni les accents ne comptent. Vaut aussi pour les lignes à venir de cette sorte.
searched = Sont fouillés les libellés, les noms, les références et les notes de l’organisme, et les numéros : compte, contrat, facture, compteur, téléphone. Dans un numéro, ni les espaces ni les points ne comptent ; un numéro masqué en partie est comparé par les chiffres qui restent, quatre au moins. Ni les montants ni les dates ne sont fouillés.
many = Collez ici un numéro de compte pour cacher toutes les lignes de ce compte.
words-button = Cacher les lignes qui contiennent ces mots
hide = Cacher
not-words = Écrivez de { $least } à { $most } caractères : avec moins, presque tout serait caché. Rien n’a changé.
full = C’est déjà fait : rien n’a été ajouté. Vous pouvez avoir { $most } choix de ce genre.
is-hidden = Vous ne montrez cette ligne à aucune application.
for-no-app = pour aucune application
since = depuis le { $at }
rule-row = Une ligne
rule-holder = Toutes les lignes de « { $holder } »
rule-no-holder = Toutes les lignes sans organisme connu
rule-words = Toutes les lignes contenant « { $words } »
now = { $rows ->
    [0] aucune ligne pour l’instant
    [one] { $rows } ligne aujourd’hui
   *[other] { $rows } lignes aujourd’hui
}
along = { $rows ->
    [one] dont { $rows } va avec les autres (sans doute la même, ou un total qui les trahirait)
   *[other] dont { $rows } vont avec les autres (sans doute les mêmes, ou des totaux qui les trahiraient)
}
with-it = { $rows ->
    [one] { $rows } autre ligne va avec elle aujourd’hui.
   *[other] { $rows } autres lignes vont avec elle aujourd’hui.
}
one-text = Cherché comme un seul texte, virgule comprise : pour plusieurs textes, écrivez chacun sur sa ligne.
came-with = venu avec l’import { $import }, et repris si vous l’annulez
keep = Garder
is-alike = Elle est sans doute la même qu’une ligne que vous ne montrez à aucune application : elle n’est pas montrée tant que vous n’avez pas tranché.
is-total = Avec les autres lignes montrées, elle trahirait une ligne que vous ne montrez à aucune application.
pair-hidden = Vous ne montrez l’une de ces deux lignes à aucune application : l’autre n’est pas montrée non plus tant que vous n’avez pas tranché. Si elles n’en font qu’une, la ligne qui reste n’est montrée à aucune application. Si ce sont deux lignes, l’autre est montrée de nouveau.
show-again = Montrer de nouveau
show-again-why = Montrer de nouveau ne donne rien : une application n’en lit que ce que votre accord contient.
past = Ce qu’une application a affiché avant reste dans vos résultats enregistrés : effacez-les si vous le souhaitez. Elle-même n’en a rien gardé.
left-out = { $rows ->
    [one] { $rows } ligne n’est pas comptée : vous ne la montrez à aucune application.
   *[other] { $rows } lignes ne sont pas comptées : vous ne les montrez à aucune application.
}
left-out-running = Ne sont pas lus non plus, car ils trahiraient ces lignes : { $fields }.
see = Voir ce que vous cachez
in-receipt = Lignes que vous ne montrez à aucune application
came-count = { $rules ->
    [one] Avec ce fichier est venu { $rules } choix de ce que vous ne montrez à aucune application.
   *[other] Avec ce fichier sont venus { $rules } choix de ce que vous ne montrez à aucune application.
}
undo-ends = { $rules ->
    [one] { $rules } choix de ce que vous ne montrez à aucune application est venu avec ce fichier et sera repris : les applications qui ont accès à ces lignes les liront de nouveau.
   *[other] { $rules } choix de ce que vous ne montrez à aucune application sont venus avec ce fichier et seront repris : les applications qui ont accès à ces lignes les liront de nouveau.
}
