import { EQUIPMENT_TYPES } from '#shared/domain/equipment-types.ts';
import { fold } from '#shared/domain/fold.ts';

/**
 * Words by which people and tools name a type, most telling first: the first that occurs in a text decides, so
 * `imprimante multifonction` must be asked before `imprimante`. Written as `fold` leaves them, plural `s` optional.
 */
const WORDS: readonly (readonly [code: string, words: readonly string[]])[] = [
  [
    'TNI',
    [
      'ecran interactif',
      'tableau interactif',
      'tableau blanc interactif',
      'tni',
      'tbi',
      'interactive display',
      'viewboard',
    ],
  ],
  ['VIS', ['visioconference', 'video conference', 'video conferencing', 'videoconference', 'rally bar']],
  ['TPE', ['terminal de paiement', 'tpe', 'payment terminal']],
  ['BIO', ['pointeuse', 'biometrique', 'biometric', 'empreinte']],
  [
    'LEC',
    [
      'lecteur de carte',
      'lecteur de code',
      'lecteur code barre',
      'lecteur qr',
      'card reader',
      'barcode scanner',
      'douchette',
    ],
  ],
  [
    'DDE',
    [
      'disque externe',
      'disque dur externe',
      'disque amovible',
      'cle usb',
      'external drive',
      'external hard drive',
      'usb drive',
    ],
  ],
  ['SAU', ['robot de sauvegarde', 'lecteur de bande', 'lecteur de sauvegarde', 'tape library', 'tape drive']],
  [
    'BAI',
    [
      'baie de stockage',
      'nas',
      'san',
      'stockage reseau',
      'network storage',
      'storage array',
      'rackstation',
      'diskstation',
    ],
  ],
  ['RAC', ['armoire', 'rack', 'baie', 'coffret', 'cabinet', 'netshelter']],
  [
    'MFP',
    [
      'multifonction',
      'multi fonction',
      'copieur',
      'photocopieur',
      'photocopieuse',
      'mfp',
      'multifunction',
      'copier',
      'taskalfa',
      'imagerunner',
      'bizhub',
      'workcentre',
      'ecosys m',
    ],
  ],
  ['IMP', ['imprimante', 'printer', 'laserjet', 'deskjet', 'inkjet', 'ecotank', 'imp']],
  ['SCA', ['scanner', 'scanneur', 'numeriseur']],
  ['VPR', ['videoprojecteur', 'video projecteur', 'projecteur', 'projector']],
  ['STA', ['station de travail', 'workstation', 'thinkstation']],
  [
    'PCP',
    [
      'portable',
      'laptop',
      'notebook',
      'ultrabook',
      'macbook',
      'thinkpad',
      'latitude',
      'probook',
      'elitebook',
      'zbook',
      'vivobook',
      'ideapad',
      'chromebook',
      'pc portable',
    ],
  ],
  ['TAB', ['tablette', 'tablet', 'ipad', 'galaxy tab']],
  ['SRV', ['serveur', 'server', 'poweredge', 'proliant', 'thinksystem', 'primergy']],
  ['PFE', ['pare feu', 'parefeu', 'firewall', 'fortigate', 'utm']],
  ['COM', ['commutateur', 'switch', 'catalyst', 'procurve']],
  ['PAW', ['point d acces', 'points d acces', 'borne wifi', 'borne wi fi', 'access point', 'unifi', 'aironet']],
  ['VSA', ['vsat', 'terminal satellite', 'satellite', 'antenne satellite']],
  ['MOD', ['modem', 'box', 'cle 4g', 'routeur 4g', 'domino', 'mifi']],
  ['ROU', ['routeur', 'router', 'routerboard', 'mikrotik']],
  ['OND', ['onduleur', 'ups', 'smart ups', 'back ups', 'batterie de secours']],
  ['STB', ['regulateur', 'stabilisateur', 'avr', 'voltage regulator', 'stabilizer']],
  ['GEL', ['groupe electrogene', 'generator', 'generateur']],
  ['SOL', ['kit solaire', 'panneau solaire', 'solaire', 'solar', 'parc batterie']],
  ['TIP', ['telephone ip', 'telephone fixe', 'ip phone', 'voip', 'voip phone', 'poste telephonique']],
  [
    'MOB',
    [
      'telephone mobile',
      'telephone portable',
      'smartphone',
      'mobile phone',
      'mobile',
      'iphone',
      'gsm',
      'telephone',
      'phone',
    ],
  ],
  ['CAM', ['camera', 'webcam', 'cctv']],
  ['CLI', ['climatiseur', 'climatisation', 'split', 'air conditioner']],
  ['ECR', ['ecran', 'moniteur', 'monitor', 'screen', 'display']],
  [
    'PCF',
    [
      'poste fixe',
      'unite centrale',
      'uc',
      'desktop',
      'ordinateur de bureau',
      'ordinateur fixe',
      'pc fixe',
      'pc bureau',
      'pc',
      'ordinateur',
      'computer',
      'micro ordinateur',
      'optiplex',
      'prodesk',
      'elitedesk',
      'thinkcentre',
      'imac',
      'tour',
      'all in one',
      'mini pc',
    ],
  ],
  ['AUT', ['autre', 'autres', 'divers', 'other', 'accessoire', 'accessory']],
];

/** `telephone portable` and `disque portable` are no laptops, `ordinateur portable` is: the longer word wins over the order. */
const ENTRIES: readonly (readonly [word: string, code: string])[] = WORDS.flatMap(([code, words]) =>
  words.map((word) => [` ${word} `, code] as const),
);
const LABELS: ReadonlyMap<string, string> = new Map([
  ...WORDS.flatMap(([code, words]) => words.map((word) => [word, code] as const)),
  ...EQUIPMENT_TYPES.map(([code, label]) => [fold(label), code] as const),
]);

function singular(folded: string): string {
  return folded.replace(/(\p{Letter}{3,})s(?= |$)/gu, '$1');
}

/** The type that a whole cell names: a code, a label or a synonym. */
export function readTypeWord(text: string, typeCodes: ReadonlySet<string>): string | undefined {
  const code = text.trim().toUpperCase();
  if (typeCodes.has(code)) return code;
  const folded = fold(text);
  return LABELS.get(folded) ?? LABELS.get(singular(folded)) ?? findTypeWord(text);
}

/** The type that a longer text betrays, such as a designation or a model. */
export function findTypeWord(text: string): string | undefined {
  const padded = ` ${singular(fold(text))} `;
  const plain = ` ${fold(text)} `;
  let best: readonly [word: string, code: string] | undefined;
  for (const entry of ENTRIES) {
    const isLonger = !best || entry[0].length > best[0].length;
    if (isLonger && (padded.includes(entry[0]) || plain.includes(entry[0]))) best = entry;
  }
  return best?.[1];
}

const LABEL_BY_CODE: ReadonlyMap<string, string> = new Map(EQUIPMENT_TYPES);

/** The French noun of a type, for a designation that nobody wrote. */
export function labelOfType(code: string): string {
  return LABEL_BY_CODE.get(code) ?? 'Matériel';
}
