# Comptes et connexion.

records = Les comptes ne peuvent pas être lus : leurs enregistrements ont été modifiés ou sont abîmés. Rien n’a été changé ; prévenez l’exploitant du serveur.
no-randomness = Le système ne fournit pas de nombres aléatoires ; rien n’a été fait.
hash = Le mot de passe n’a pas pu être vérifié ; rien n’a été changé. Réessayez dans un moment.
password-short = Le mot de passe est trop court : il faut au moins { $shortest } caractères. Quelques mots sans rapport entre eux conviennent très bien.
password-long = Le mot de passe est trop long : { $longest } caractères au plus.
password-guessable = Ce mot de passe est facile à deviner : choisissez plusieurs mots sans rapport entre eux, sans votre nom.
not-a-login-name = Ce texte ne peut pas être un nom de connexion : utilisez de 1 à 64 lettres d’un même alphabet, chiffres, espaces, « . », « _ », « - » et apostrophes, en commençant par une lettre ou un chiffre.
not-a-code = Ce n’est pas l’un de nos codes : relisez-le caractère par caractère. Il a 25 lettres et chiffres, en cinq groupes, et n’a jamais la lettre u.
no-such-sign-in = Le nom, ou bien le mot de passe ou le code, n’est pas le bon. Vérifiez les deux, puis réessayez.
no-such-passkey = Cette clé d’accès n’a pas été acceptée : elle n’est pas connue ici, ou la demande a duré plus de cinq minutes. Réessayez, ou connectez-vous autrement.
too-many-passkeys = Un compte a { $most } clés d’accès au plus. Retirez-en une qui ne vous sert plus.
passkey-known = Cette clé d’accès est déjà enregistrée.
last-sign-in = Cette clé d’accès est le seul moyen de vous connecter à votre compte. Ajoutez-en d’abord une autre ; rien n’a été changé.
passkeys = Les clés d’accès ne fonctionnent pas pour le moment ; rien n’a été changé. Entrez avec votre mot de passe.
wait = { $seconds ->
    [one] Il y a eu trop d’essais manqués avec ce nom. Attendez { $seconds } seconde, ou utilisez un code de secours.
   *[other] Il y a eu trop d’essais manqués avec ce nom. Attendez { $seconds } secondes, ou utilisez un code de secours.
}
name-taken = Ce nom est déjà pris. Choisissez-en un autre.
no-such-invitation = Aucune invitation ne s’ouvre avec ce code. Vérifiez-le d’abord caractère par caractère : une seule faute suffit. S’il est juste, l’invitation a déjà servi, a été retirée ou a expiré : demandez-en une nouvelle.
session-over = Votre session est terminée. Reconnectez-vous ; rien n’est perdu.
not-fresh = Cette action demande une connexion récente : confirmez que c’est bien vous. Rien n’a été changé.
linked = Ce compte ouvre déjà un autre coffre, ou un autre compte ouvre celui-ci. Rien n’a été changé.
has-vault = Ce compte ouvre un coffre. Effacez le coffre, et le compte disparaîtra avec lui.
no-vault = Ce compte n’ouvre pas de coffre : ce n’est pas le compte d’un testeur.
too-many-samples = Trop de personnes essaient une vie fictive en ce moment. Réessayez dans quelques minutes.
is-sample = C’est une vie fictive : elle n’a ni mot de passe, ni clé d’accès, ni code de secours, et se termine avec votre visite. Rien n’a été changé.
no-such-sample = Cette vie fictive n’existe pas.
no-such-account = Ce compte n’existe plus.
