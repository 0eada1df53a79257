import type { InitialStatus } from '#shared/domain/asset.ts';
import { fold } from '#shared/domain/fold.ts';
import type { AcquisitionMode, AssetStatus, HolderKind, PhysicalState } from '#shared/schema/asset.ts';

type Words<Value extends string> = Readonly<Partial<Record<Value, readonly string[]>>>;

function index<Value extends string>(words: Words<Value>): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const value of Object.keys(words) as Value[]) {
    // `Object.keys` forgets the keys' type; the object is written below, in this file.
    map.set(fold(value), value);
    for (const word of words[value] ?? []) map.set(word, value);
  }
  return map;
}

const STATES = index<PhysicalState>({
  new: ['neuf', 'neuve', 'nouveau', 'etat neuf', 'brand new', 'n'],
  good: [
    'bon',
    'bonne',
    'bon etat',
    'tres bon',
    'tres bon etat',
    'en bon etat',
    'ok',
    'excellent',
    'fonctionnel',
    'fonctionne',
    'b',
  ],
  fair: [
    'passable',
    'moyen',
    'moyenne',
    'etat moyen',
    'acceptable',
    'usage',
    'usagee',
    'assez bon',
    'average',
    'used',
    'p',
  ],
  poor: [
    'mauvais',
    'mauvais etat',
    'mauvaise',
    'defectueux',
    'degrade',
    'vetuste',
    'obsolete',
    'en panne',
    'panne',
    'bad',
    'broken',
    'damaged',
    'm',
  ],
  unusable: [
    'hors d usage',
    'hors usage',
    'hors service',
    'hs',
    'h s',
    'inutilisable',
    'irreparable',
    'a reformer',
    'dead',
    'scrap',
    'hu',
  ],
});

const STATUSES = index<AssetStatus>({
  'in-stock': [
    'en stock',
    'stock',
    'magasin',
    'en magasin',
    'disponible',
    'non affecte',
    'reserve',
    'ready to deploy',
    'deployable',
    'available',
    'spare',
  ],
  'in-service': [
    'en service',
    'service',
    'affecte',
    'affectee',
    'en utilisation',
    'utilise',
    'actif',
    'active',
    'en production',
    'production',
    'in use',
    'deployed',
    'assigned',
    'checked out',
  ],
  'in-repair': ['en reparation', 'reparation', 'maintenance', 'en maintenance', 'out for repair', 'repair', 'pending'],
  'on-loan': ['prete', 'en pret', 'pret', 'sortie provisoire', 'loaned', 'on loan'],
  lost: ['perdu', 'egare', 'perdu vole', 'lost stolen', 'missing'],
  stolen: ['vole'],
  'proposed-for-disposal': ['a reformer', 'propose a la reforme', 'proposition de reforme', 'en attente de reforme'],
  disposed: ['reforme', 'reformee', 'archive', 'archived', 'retired', 'rebut', 'mis au rebut'],
  ceded: ['cede', 'vendu', 'donne', 'sold'],
});

const MODES = index<AcquisitionMode>({
  'public-contract': ['marche', 'marche public', 'appel d offres', 'contrat', 'ao'],
  'purchase-order': [
    'bon de commande',
    'bc',
    'commande',
    'achat',
    'achete',
    'acquisition',
    'purchase',
    'purchased',
    'cotation',
    'demande de cotation',
  ],
  donation: ['don', 'legs', 'don legs', 'donation', 'offert', 'gift', 'donated'],
  project: ['projet', 'projet ptf', 'ptf', 'partenaire', 'grant'],
  'transfer-received': ['mutation', 'mutation recue', 'transfert', 'transfere', 'transfer', 'transferred', 'cession'],
  rental: ['location', 'mise a disposition', 'loue', 'leasing', 'lease', 'leased', 'rented'],
  existing: ['existant', 'reprise', 'reprise de l existant', 'ancien', 'inconnu', 'unknown'],
});

const HOLDERS = index<HolderKind>({
  agent: ['user', 'utilisateur', 'personne', 'individuel', 'agents', 'personnel', 'person', 'employee'],
  service: [
    'location',
    'collectif',
    'usage collectif',
    'partage',
    'commun',
    'direction',
    'department',
    'group',
    'lieu',
    'site',
  ],
  'technical-room': [
    'salle technique',
    'local technique',
    'salle serveur',
    'salle serveurs',
    'salle machines',
    'datacenter',
    'server room',
    'baie',
  ],
});

export const readPhysicalState = (text: string): PhysicalState | undefined => STATES.get(fold(text));
export const readStatus = (text: string): AssetStatus | undefined => STATUSES.get(fold(text));
export const readAcquisitionMode = (text: string): AcquisitionMode | undefined => MODES.get(fold(text));
export const readHolderKind = (text: string): HolderKind | undefined => HOLDERS.get(fold(text));

export function isInitialStatus(status: AssetStatus): status is InitialStatus {
  return status === 'in-stock' || status === 'in-service';
}

const COLLECTIVE =
  /^(service|direction|cellule|secretariat|division|departement|salle|bureau|cabinet|dsi|dpaf|accueil|pool)\b/;

/** True when the "holder" is a group of people or a room rather than one person. */
export function isCollectiveName(text: string): boolean {
  return COLLECTIVE.test(fold(text));
}

const NOTHING: ReadonlySet<string> = new Set([
  '',
  'na',
  'n a',
  'nc',
  'nd',
  'n d',
  'neant',
  'ras',
  'r a s',
  'inconnu',
  'inconnue',
  'non renseigne',
  'non connu',
  'none',
  'null',
  'unknown',
  'indetermine',
  'a completer',
  'x',
  'xx',
  'xxx',
]);

/** True for what people write when they know nothing: `-`, `N/A`, `Néant`, `Inconnu` … */
export function saysNothing(text: string): boolean {
  return NOTHING.has(fold(text));
}
