import { fold } from '#shared/domain/fold.ts';
import type { ImportField } from '#shared/domain/import-fields.ts';

/**
 * Headers as ministries, GLPI and Snipe-IT write them, in the form that `canonical` gives them. A header that is not
 * here word for word may still contain one of those with two words or more, or one of `TELLING`.
 */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  typeCode: [
    'type',
    'type materiel',
    'type equipement',
    'type code',
    'code type',
    'categorie',
    'category',
    'nature',
    'nature materiel',
    'equipement',
    'famille',
    'computer type',
    'item type',
    'asset type',
    'sous type',
    'kind',
  ],
  designation: [
    'designation',
    'designation materiel',
    'libelle',
    'intitule',
    'description',
    'nom',
    'name',
    'asset name',
    'item name',
    'nom materiel',
    'nom equipement',
    'denomination',
    'article',
    'materiel',
  ],
  brand: ['marque', 'brand', 'manufacturer', 'fabricant', 'constructeur', 'make', 'maker', 'vendor', 'marque materiel'],
  model: [
    'modele',
    'model',
    'model name',
    'reference constructeur',
    'marque modele',
    'modele materiel',
    'product',
    'produit',
    'computer model',
  ],
  serialNumber: [
    'numero serie',
    'serial',
    'serial number',
    'numero serial',
    'sn',
    's n',
    'n s',
    'numero serie materiel',
    'service tag',
    'ns',
    'serial no',
    'numero serie constructeur',
    'serie',
  ],
  inventoryNumber: [
    'numero inventaire',
    'inventaire',
    'inventory number',
    'asset tag',
    'code inventaire',
    'matricule',
    'matricule comptable',
    'numero marquage',
    'numero immatriculation',
    'numero immobilisation',
    'code immobilisation',
    'code materiel',
    'inventory',
    'numero bien',
    'code bien',
    'other serial',
    'etiquette',
    'code barre',
    'barcode',
  ],
  physicalState: [
    'etat',
    'etat physique',
    'condition',
    'etat materiel',
    'etat fonctionnement',
    'etat constate',
    'observation etat',
  ],
  status: ['statut', 'status', 'situation', 'position', 'status label', 'statut actif'],
  structureId: [
    'structure',
    'service',
    'direction',
    'departement structure',
    'department',
    'company',
    'entite',
    'entity',
    'unite',
    'division',
    'structure affectation',
    'service affectation',
    'direction service',
    'service utilisateur',
    'structure beneficiaire',
    'direction beneficiaire',
    'organisation',
    'services',
  ],
  siteId: [
    'site',
    'localite',
    'lieu',
    'localisation',
    'location',
    'emplacement',
    'commune',
    'ville',
    'site affectation',
    'default location',
    'batiment',
    'lieu affectation',
    'lieux',
    'building',
  ],
  room: ['bureau', 'salle', 'room', 'porte', 'local', 'numero bureau', 'bureau salle', 'etage', 'office'],
  holderKind: ['type detenteur', 'checkout type', 'usage', 'holder kind'],
  holderName: [
    'detenteur',
    'utilisateur',
    'affecte',
    'nom detenteur',
    'nom utilisateur',
    'beneficiaire',
    'agent',
    'user',
    'nom agent',
    'assigned',
    'checked out',
    'checked out last name',
    'nom prenom',
    'nom prenoms',
    'nom prenoms detenteur',
    'nom prenom detenteur',
    'detenteur nom',
    'attributaire',
    'usager',
    'responsable',
    'holder',
    'contact',
    'owner',
    'full name',
    'last name',
    'assigned user',
    'nom beneficiaire',
    'nom prenom beneficiaire',
    'nom prenoms beneficiaire',
    'nom prenom utilisateur',
    'nom prenoms utilisateur',
  ],
  holderFirstName: [
    'prenom',
    'prenoms',
    'prenom detenteur',
    'prenoms detenteur',
    'checked out first name',
    'first name',
    'prenoms agent',
  ],
  acquisitionMode: [
    'mode acquisition',
    'acquisition mode',
    'origine',
    'provenance',
    'mode obtention',
    'type acquisition',
    'source acquisition',
  ],
  acquisitionDate: [
    'date acquisition',
    'date achat',
    'purchase date',
    'purchased',
    'annee acquisition',
    'annee achat',
    'date entree',
    'date reception',
    'date livraison',
    'annee',
    'acquisition date',
    'acquis',
    'acquisition',
    'date facture',
  ],
  acquisitionValue: [
    'valeur',
    'prix',
    'cout',
    'montant',
    'valeur acquisition',
    'prix achat',
    'prix unitaire',
    'purchase cost',
    'cost',
    'price',
    'valeur achat',
    'pu',
    'prix acquisition',
    'cout acquisition',
    'valeur fcfa',
    'montant fcfa',
    'prix fcfa',
    'valeur unitaire',
    'value',
  ],
  supplier: ['fournisseur', 'supplier', 'prestataire', 'vendeur'],
  commissioningDate: [
    'date mise service',
    'mise service',
    'date affectation',
    'startup date',
    'date service',
    'date installation',
    'checkout date',
  ],
  warrantyEnd: [
    'fin garantie',
    'date fin garantie',
    'garantie',
    'warranty end',
    'warranty expires',
    'warranty expiration',
    'date expiration garantie',
    'expiration garantie',
    'garantie jusqu',
  ],
  warrantyMonths: [
    'garantie mois',
    'warranty months',
    'duree garantie',
    'warranty',
    'duree garantie mois',
    'warranty duration',
  ],
  notes: [
    'observations',
    'observation',
    'notes',
    'note',
    'commentaire',
    'commentaires',
    'comment',
    'comments',
    'remarque',
    'remarques',
    'asset notes',
    'model notes',
  ],
  'attributes.processor': ['processeur', 'processor', 'cpu'],
  'attributes.memoryMb': [
    'ram',
    'memoire',
    'memory',
    'memoire ram',
    'memoire vive',
    'capacite ram',
    'memoire mo',
    'memoire go',
    'ram go',
  ],
  'attributes.diskGb': [
    'disque',
    'disque dur',
    'hdd',
    'ssd',
    'stockage',
    'disk',
    'hard drive',
    'storage',
    'capacite disque',
    'disque go',
  ],
  'attributes.os': ['systeme exploitation', 'systeme', 'os', 'operating system', 'se', 'os name'],
  'attributes.hostname': [
    'nom machine',
    'nom poste',
    'hostname',
    'nom ordinateur',
    'computer name',
    'nom reseau',
    'host name',
    'nom hote',
    'nom netbios',
  ],
  'attributes.macAddress': ['adresse mac', 'mac', 'mac address'],
  'attributes.ipAddress': ['adresse ip', 'ip', 'ip address'],
  'attributes.modelNumber': ['model number', 'numero modele', 'part number', 'pn', 'p n', 'model no'],
  'attributes.orderNumber': [
    'order number',
    'numero bon commande',
    'bon commande',
    'numero commande',
    'reference commande',
    'reference marche',
    'numero marche',
    'bc',
  ],
};

/** One word that leaves no doubt, wherever it stands in a header. */
const TELLING: ReadonlyMap<string, ImportField> = new Map([
  ['marque', 'brand'],
  ['modele', 'model'],
  ['fournisseur', 'supplier'],
  ['detenteur', 'holderName'],
  ['inventaire', 'inventoryNumber'],
  ['designation', 'designation'],
]);

const FIELD_BY_HEADER: ReadonlyMap<string, ImportField> = new Map(
  // The record above has exactly the fields as keys; `Object.entries` forgets that.
  (Object.entries(HEADERS) as [ImportField, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [name, field] as const),
  ),
);
const PHRASES = [...FIELD_BY_HEADER].filter(([name]) => name.includes(' ')).sort(([a], [b]) => b.length - a.length);

const SMALL_WORDS: ReadonlySet<string> = new Set([
  'de',
  'd',
  'du',
  'des',
  'la',
  'le',
  'les',
  'l',
  'en',
  'a',
  'au',
  'aux',
  'et',
  'the',
  'of',
  'to',
  'ou',
  'par',
  'qu',
  'to',
]);
const NUMBER_WORDS: ReadonlySet<string> = new Set(['n', 'no', 'num', 'numero', 'nr', 'nro']);

/** `N° de série` → `numero serie`; `Valeur d'acquisition (F CFA)` → `valeur acquisition`; `Asset Tag` → `asset tag`. */
export function canonical(header: string): string {
  const words = fold(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '))
    .split(' ')
    .filter((word) => word !== '' && !SMALL_WORDS.has(word));
  // `N°` before a noun is a number; the `n` of `S/N` is not.
  if (words.length > 1 && NUMBER_WORDS.has(words[0] ?? '') && words[1] !== 's') words[0] = 'numero';
  return words.join(' ');
}

/** A longer cell is no header: a note, or a quote that did not close. */
const MAX_HEADER = 150;

export type HeaderMatch = {
  readonly field: ImportField /** 0 is word for word, more is further away. */;
  readonly distance: number;
};

/** The field that a header most likely means. */
export function findHeaderField(header: string): HeaderMatch | undefined {
  if (header.length > MAX_HEADER) return undefined;
  const name = canonical(header);
  const exact = FIELD_BY_HEADER.get(name);
  if (exact) return { field: exact, distance: 0 };
  const halves = header.split('/').map((half) => FIELD_BY_HEADER.get(canonical(half)));
  if (halves[0]) return { field: halves[0], distance: 1 };
  const words = name.split(' ');
  if (words.length > 6) return undefined;
  const phrase = PHRASES.find(([known]) => ` ${name} `.includes(` ${known} `));
  if (phrase) return { field: phrase[1], distance: words.length - phrase[0].split(' ').length };
  const telling = words.map((word) => TELLING.get(word)).find(Boolean);
  return telling && { field: telling, distance: words.length };
}

/** Fields that take several columns: what they say is put together. */
const JOINED: ReadonlySet<ImportField> = new Set(['notes']);

/**
 * Proposes a field for each header; a field goes to the header that is nearest to it, so that `Location` wins over
 * `Checked Out To: Location`. Headers without a field are shown without one: nothing is left out unseen.
 */
export function proposeFields(
  headers: readonly string[],
  taken: ReadonlySet<ImportField>,
): ReadonlyMap<string, ImportField> {
  const matches = headers.flatMap((header) => {
    const match = findHeaderField(header.replace(/ \(\d+\)$/, ''));
    return match ? [{ header, ...match }] : [];
  });
  const proposed = new Map<string, ImportField>();
  const used = new Set<ImportField>(taken);
  for (const { header, field } of [...matches].sort((a, b) => a.distance - b.distance)) {
    if (used.has(field) && !JOINED.has(field)) continue;
    used.add(field);
    proposed.set(header, field);
  }
  return proposed;
}
