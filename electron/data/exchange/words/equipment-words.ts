import { EQUIPMENT_TYPES } from '#shared/domain/equipment-types.ts';
import { fold } from '#shared/domain/fold.ts';

/** Words by which people and tools name a type, written as `fold` leaves them; a plural `s` does not matter. */
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

/** A later word that makes of a type the more special one: `imprimante laser multifonction`, `ordinateur HP portable`. */
const SPECIAL: Readonly<Record<string, readonly [code: string, words: RegExp]>> = {
  IMP: ['MFP', / (multifonction|multi fonction|copieur|photocopieur|mfp|multifunction) /],
  PCF: ['PCP', / (portable|laptop|notebook) /],
};

/** French names the thing first: `onduleur pour ordinateur` is a UPS. At the same place the longer word knows more. */
function findFirst(padded: string): string | undefined {
  let first: { readonly at: number; readonly length: number; readonly code: string } | undefined;
  for (const [word, code] of ENTRIES) {
    const at = padded.indexOf(word);
    if (at === -1 || (first && (at > first.at || (at === first.at && word.length <= first.length)))) continue;
    first = { at, length: word.length, code };
  }
  const special = SPECIAL[first?.code ?? ''];
  return special?.[1].test(padded) ? special[0] : first?.code;
}

/** The type that a longer text betrays, such as a designation or a model. */
export function findTypeWord(text: string): string | undefined {
  const folded = fold(text);
  return findFirst(` ${folded} `) ?? findFirst(` ${singular(folded)} `);
}

const LABEL_BY_CODE: ReadonlyMap<string, string> = new Map(EQUIPMENT_TYPES);

/** The French noun of a type, for a designation that nobody wrote. */
export function labelOfType(code: string): string {
  return LABEL_BY_CODE.get(code) ?? 'Matériel';
}
