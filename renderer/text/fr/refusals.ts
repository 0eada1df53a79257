/** Why the endpoint took a row not, by the codes of `shared/protocol/refusal.ts`: what is wrong, and what to do now. */
export const refusals = {
  'role-creates': {
    why: 'le rôle « {{role}} » ne permet pas d’enregistrer un actif.',
    todo: 'Demandez à un gestionnaire de l’enregistrer, ou à l’ASIN de changer le rôle de ce poste ; puis envoyez de nouveau.',
  },
  'role-status': {
    why: 'le rôle « {{role}} » ne permet pas de changer l’état d’un actif.',
    todo: 'Abandonnez la modification et demandez à un gestionnaire de faire l’acte ; ou envoyez de nouveau une fois le rôle changé.',
  },
  'role-changes': {
    why: 'le rôle « {{role}} » ne permet pas de modifier un actif.',
    todo: 'Abandonnez la modification et transmettez-la à un gestionnaire ; ou envoyez de nouveau une fois le rôle changé.',
  },
  'role-collection': {
    why: 'le rôle « {{role}} » ne permet pas d’écrire ici ({{collection}}).',
    todo: 'Abandonnez la modification et transmettez-la à un administrateur du registre ; ou envoyez de nouveau une fois le rôle changé.',
  },
  'role-writes': {
    why: 'le rôle « {{role}} » ne permet que de consulter.',
    todo: 'Demandez à l’ASIN de changer le rôle de ce poste, puis envoyez de nouveau.',
  },
  'other-ministry': {
    why: 'la fiche appartient à un autre ministère.',
    todo: 'Ne la ressaisissez pas : appelez votre support, elle est arrivée ici par erreur.',
  },
  'other-device': {
    why: 'la fiche a été écrite par un autre poste.',
    todo: 'Elle partira de ce poste-là. Si vous avez restauré une copie d’un autre poste, appelez votre support.',
  },
  'other-person': {
    why: 'la fiche porte le nom d’une autre personne que celle de ce poste.',
    todo: 'Chacun envoie ce qu’il a écrit, depuis son poste. Si ce poste a changé de mains, appelez votre support.',
  },
  'other-role': {
    why: 'la fiche a été écrite dans un autre rôle que celui de ce poste aujourd’hui.',
    todo: 'Envoyez de nouveau ; si elle est encore refusée, demandez à l’ASIN de rétablir le rôle, puis envoyez de nouveau.',
  },
  'never-deleted': {
    why: 'rien ne s’efface dans cette liste.',
    todo: 'Abandonnez la suppression, puis mettez la ligne hors d’usage.',
  },
  'append-only': {
    why: 'l’ASIN a déjà cette ligne, et une ligne du journal ou un document ne change jamais.',
    todo: 'Rien n’est perdu à l’ASIN. Appelez votre support : le journal de ce poste doit être vérifié.',
  },
  'same-reference': {
    why: 'une autre fiche porte déjà cette référence.',
    todo: 'Synchronisez, cherchez cette référence, et voyez si c’est le même bien. Sinon, appelez votre support.',
  },
  'asset-rule': {
    why: 'la fiche ne respecte pas une règle du registre. {{problem}}',
    todo: 'Corrigez ce champ dans la fiche : elle repartira d’elle-même.',
  },
  'file-changed': {
    why: 'un fichier déjà reçu ne change plus.',
    todo: 'Joignez l’autre version comme un nouveau fichier.',
  },
  'file-added-person': {
    why: 'le fichier porte le nom d’une autre personne que celle de ce poste.',
    todo: 'Joignez-le de nouveau depuis ce poste.',
  },
  'file-added-role': {
    why: 'le fichier a été joint dans un autre rôle que celui de ce poste aujourd’hui.',
    todo: 'Joignez-le de nouveau depuis ce poste.',
  },
  'file-added-device': {
    why: 'le fichier a été joint sur un autre poste.',
    todo: 'Il partira de ce poste-là, ou joignez-le de nouveau ici.',
  },
  'file-removed-person': {
    why: 'le fichier a été retiré au nom d’une autre personne.',
    todo: 'Abandonnez, puis retirez-le vous-même.',
  },
  'unknown-collection': {
    why: 'l’ASIN ne connaît pas encore ce genre de fiche.',
    todo: 'Gardez-la ici, et envoyez de nouveau quand le serveur de l’ASIN aura été mis à jour.',
  },
  'newer-program': {
    why: 'l’ASIN a cette fiche sous une forme plus récente que ce programme.',
    todo: 'Mettez Registre à jour sur ce poste, puis envoyez de nouveau.',
  },
  'row-too-large': {
    why: 'la fiche est trop grande (plus de {{size}}).',
    todo: 'Raccourcissez ses notes ou ses listes, puis envoyez de nouveau. Les photos et documents se joignent à part.',
  },
  'row-too-large-to-send': {
    why: 'la fiche est trop grande pour être envoyée.',
    todo: 'Raccourcissez ses notes ou ses listes, puis envoyez de nouveau. Les photos et documents se joignent à part.',
  },
  'text-unstorable': {
    why: 'un texte contient un caractère invisible que le registre ne peut pas garder.',
    todo: 'Effacez ce champ et tapez-le de nouveau, sans le coller : la fiche repartira d’elle-même.',
  },
  'name-unstorable': {
    why: 'le nom d’une caractéristique contient un caractère que le registre ne peut pas garder.',
    todo: 'Appelez votre support avec ce message.',
  },
  'number-too-large': {
    why: 'un nombre est trop grand.',
    todo: 'Corrigez ce nombre : la fiche repartira d’elle-même.',
  },
  'too-deep': {
    why: 'une valeur a trop de niveaux.',
    todo: 'Appelez votre support avec ce message.',
  },
  'bad-key': {
    why: 'la fiche n’a pas d’identifiant valable.',
    todo: 'Appelez votre support avec ce message.',
  },
  missing: {
    why: 'un champ obligatoire manque.',
    todo: 'Remplissez-le dans la fiche : elle repartira d’elle-même.',
  },
  'unknown-field': {
    why: 'l’ASIN ne connaît pas encore un de ses champs.',
    todo: 'Gardez-la ici, et envoyez de nouveau quand le serveur de l’ASIN aura été mis à jour.',
  },
  'too-long': {
    why: 'un texte est trop long (plus de {{count, number}} caractères).',
    todo: 'Raccourcissez-le dans la fiche : elle repartira d’elle-même.',
  },
  'not-a-row': {
    why: 'l’envoi de cette fiche n’a pas la forme convenue.',
    todo: 'Mettez Registre à jour, puis envoyez de nouveau. Si cela continue, appelez votre support.',
  },
  shape: {
    why: 'une valeur n’a pas la forme attendue.',
    todo: 'Corrigez-la dans la fiche : elle repartira d’elle-même. Si vous ne voyez pas l’erreur, donnez ce message à votre support : « {{rest}} ».',
  },
};
