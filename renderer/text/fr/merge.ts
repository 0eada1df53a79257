/** Two records of one thing. */
export const merge = {
  compare: 'Comparer et fusionner',
  title: 'Fusionner deux fiches du même bien',
  intro:
    'Une seule fiche reste en service ; l’autre demeure au registre comme fusionnée, avec son histoire et ses papiers. Tout peut être annulé.',
  kept: 'Fiche gardée',
  other: 'Fiche fusionnée',
  swap: 'Garder l’autre',
  field: 'Champ',
  take: 'Garder cette valeur',
  same_one: '{{count, number}} champ dit la même chose sur les deux fiches.',
  same_other: '{{count, number}} champs disent la même chose sur les deux fiches.',
  allSame: 'Les deux fiches disent la même chose.',
  reason: 'Pourquoi s’agit-il du même bien ?',
  reasonHint: 'Par exemple : même n° de série, saisi deux fois à l’inventaire.',
  confirm: 'Fusionner les deux fiches',
  done: '{{other}} a été fusionnée avec {{kept}}.',
  cannot: {
    title: 'Ces fiches ne peuvent pas être fusionnées',
    gone: 'L’une d’elles n’est pas sur ce poste.',
    nature: 'Elles ne sont pas du même genre.',
    merged: 'L’une d’elles est déjà fusionnée.',
    role: 'Votre rôle ne permet pas de fusionner des fiches.',
  },
  twin: {
    title: 'Une autre fiche porte le même numéro',
    serialNumber: '{{reference}} a le même n° de série.',
    inventoryNumber: '{{reference}} a le même n° d’inventaire.',
  },
  merged: {
    title: 'Cette fiche a été fusionnée',
    text: 'C’est le même bien que la fiche gardée. Elle reste ici pour son histoire.',
    open: 'Ouvrir la fiche gardée',
  },
  refusal: {
    'same-record': 'Une fiche ne se fusionne pas avec elle-même.',
    'other-nature': '{{reference}} n’est pas du même genre.',
    'already-merged': '{{reference}} est une fiche fusionnée : elle ne change plus.',
  },
};
