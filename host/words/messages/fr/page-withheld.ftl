# Ce que la personne ne montre à aucune application.

title = Ce que vous ne montrez à aucune application
lead = Aucune application ne reçoit ces lignes, même si votre accord les contient, ni dans un essai, ni plus tard. Elle ne sait pas qu’elles existent. Vous, vous les voyez toujours.
none = Rien n’est caché aux applications
none-why = Depuis la page d’une ligne, « Ne montrer à aucune application » cache cette ligne, toutes celles de son organisme, ou toutes celles qui contiennent un mot.
ask = Ne montrer à aucune application
ask-lead = Ce choix vaut pour toutes les applications, celles d’aujourd’hui et les suivantes, et pour les lignes que vous ajouterez. Vous le reprenez quand vous voulez.
this-row = Cette ligne
this-row-why = Et la même ligne dans un autre fichier, ou une version plus récente.
of-holder = Toutes les lignes de « { $holder } »
of-no-holder = Toutes les lignes sans organisme connu
of-holder-why = Celles de cette sorte de données, déjà là ou à venir.
words = Toutes les lignes qui contiennent
words-why = Les mots se suivent, n’importe où dans la ligne ; ni les majuscules ni les accents ne comptent. Vaut aussi pour les lignes à venir de cette sorte.
words-button = Cacher les lignes qui contiennent ces mots
hide = Cacher
not-words = Écrivez de { $least } à { $most } caractères : avec moins, presque tout serait caché. Rien n’a changé.
full = C’est déjà fait, ou il y a déjà { $most } choix de ce genre : rien n’a été ajouté.
is-hidden = Vous ne montrez cette ligne à aucune application.
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
