/** The first load, by network and from a file. */
export const snapshot = {
  loading: {
    line: 'Le registre arrive encore : {{percent}} %. Un bien peut manquer dans cette liste.',
    title: 'Le registre de votre ministère arrive sur ce poste',
    rows: '{{rows}} fiches sur {{total}}',
    bytes: '{{bytes}} reçus sur {{total}}',
    text: 'Vous pouvez déjà travailler : ce que vous saisissez est gardé. Les listes et les totaux ne sont pas encore complets. Si la connexion est coupée, le chargement reprend où il en était.',
    pause: 'Suspendre le chargement',
    resume: 'Reprendre le chargement',
    pausedTitle: 'Le chargement du registre est suspendu',
    pausedText:
      'Rien n’est perdu : il reprendra où il en était. Ce que vous saisissez part toujours. Les listes et les totaux ne sont pas encore complets.',
  },
  file: {
    title: 'Charger depuis un fichier',
    choose: 'Choisir un fichier…',
    hint: 'Sans réseau, ou quand il est trop cher : l’ASIN prépare un fichier du registre de votre ministère, lisible par ce poste seulement. Apportez-le sur une clé USB. Ce que vous avez saisi ici est conservé.',
  },
  loaded: {
    title: 'Le registre est chargé',
    text_one: '{{count, number}} fiche reprise, dans l’état du {{date}}.',
    text_other: '{{count, number}} fiches reprises, dans l’état du {{date}}.',
  },
  known: {
    title: 'Ce poste a déjà tout ce que contient ce fichier',
    text_one: 'Le fichier date du {{date}}. Rien n’a été changé.',
    text_other: 'Le fichier date du {{date}}. Rien n’a été changé.',
  },
  refused: 'Ce fichier ne peut pas être chargé : rien n’a été changé',
  problem: {
    'sealed-to-another':
      'Il n’est pas destiné à ce poste, ou il est abîmé. Demandez à l’ASIN un fichier établi pour ce poste.',
    'not-a-snapshot': 'Ce n’est pas un fichier du registre établi par l’ASIN. Choisissez un autre fichier.',
    'newer-program': 'Il est fait pour une version plus récente de Registre. Mettez ce poste à jour, puis recommencez.',
    'not-of-the-endpoint':
      'Il n’est pas signé par l’ASIN, ou il a été modifié depuis. Ne l’utilisez pas et prévenez votre DSI.',
    'other-ministry': 'C’est le registre d’un autre ministère. Demandez à l’ASIN celui du vôtre.',
    outdated: 'Il a été établi avant un incident à l’ASIN. Demandez-en un plus récent.',
    altered: 'Il a été abîmé ou modifié en chemin. Copiez-le de nouveau, ou demandez-en un autre à l’ASIN.',
    cut: 'Il est incomplet : la copie s’est arrêtée avant la fin. Copiez-le de nouveau sur la clé.',
  },
};
