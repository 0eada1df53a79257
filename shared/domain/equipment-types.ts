/**
 * The equipment types that ship with the product: code and French label. They are seeded into the ministry's
 * `references`, where an administrator edits them; nothing else may depend on this list being complete.
 */
export const EQUIPMENT_TYPES = [
  ['PCF', 'Poste fixe'],
  ['PCP', 'Ordinateur portable'],
  ['TAB', 'Tablette'],
  ['STA', 'Station de travail'],
  ['ECR', 'Écran'],
  ['IMP', 'Imprimante'],
  ['MFP', 'Copieur multifonction'],
  ['SCA', 'Scanner'],
  ['SRV', 'Serveur'],
  ['BAI', 'Baie de stockage / NAS'],
  ['SAU', 'Lecteur ou robot de sauvegarde'],
  ['OND', 'Onduleur'],
  ['STB', 'Régulateur / stabilisateur'],
  ['GEL', 'Groupe électrogène'],
  ['SOL', 'Kit solaire / batteries'],
  ['ROU', 'Routeur'],
  ['COM', 'Commutateur'],
  ['PFE', 'Pare-feu'],
  ['PAW', "Point d'accès Wi-Fi"],
  ['MOD', 'Modem / box / 4G'],
  ['VSA', 'Terminal satellite'],
  ['TIP', 'Téléphone IP'],
  ['MOB', 'Téléphone mobile'],
  ['VPR', 'Vidéoprojecteur'],
  ['TNI', 'Écran interactif'],
  ['VIS', 'Visioconférence'],
  ['CAM', 'Caméra'],
  ['BIO', 'Terminal biométrique / pointeuse'],
  ['LEC', 'Lecteur de carte / QR'],
  ['TPE', 'Terminal de paiement'],
  ['DDE', 'Disque externe / support amovible'],
  ['RAC', 'Baie / armoire'],
  ['CLI', 'Climatiseur de salle'],
  ['AUT', 'Autre'],
] as const satisfies readonly (readonly [string, string])[];

/** Types that keep data of their own: they leave the State's hands only with a certificate of wiping. */
export const STORES_DATA: ReadonlySet<string> = new Set([
  'PCF',
  'PCP',
  'TAB',
  'STA',
  'MFP',
  'SRV',
  'BAI',
  'SAU',
  'MOB',
  'DDE',
]);
