import type { PaperTemplate } from '../template.ts';
import { CLOSING, ORDONNATEUR, WITHOUT_VALUE } from './wording.ts';

export const assetRecord = {
  kind: 'asset-record',
  version: 0,
  title: 'Fiche d’immobilisation',
  orientation: 'portrait',
  introduction: [],
  facts: [
    { label: 'Référence', value: '{référence}' },
    { label: 'N° d’inventaire', value: '{n° d’inventaire}' },
    { label: 'Désignation', value: '{désignation}' },
    { label: 'Type', value: '{type}' },
    { label: 'Marque et modèle', value: '{marque} {modèle}' },
    { label: 'N° de série', value: '{n° de série}' },
    { label: 'Caractéristiques', value: '{caractéristiques}' },
    { label: 'État physique', value: '{état}' },
    { label: 'Statut', value: '{statut}' },
    { label: 'Structure', value: '{structure d’affectation}' },
    { label: 'Site', value: '{site}' },
    { label: 'Bureau', value: '{bureau}' },
    { label: 'Détenteur', value: '{détenteur}' },
    { label: 'Mode d’acquisition', value: '{mode d’acquisition}' },
    { label: 'Date d’acquisition', value: '{date d’acquisition}' },
    { label: 'Mise en service', value: '{date de mise en service}' },
    { label: 'Valeur d’acquisition', value: '{valeur}' },
    { label: 'Fournisseur', value: '{fournisseur}' },
    { label: 'Fin de garantie', value: '{fin de garantie}' },
    { label: 'Observations', value: '{observations}' },
  ],
  tables: [
    {
      title: 'Vie du matériel',
      lines: 'all',
      columns: [
        { field: 'movementDate', width: 11 },
        { field: 'movement', width: 17 },
        { field: 'newPlace', label: 'Structure et site', width: 26 },
        { field: 'newHolder', width: 16 },
        { field: 'documentNumber', width: 14 },
        { field: 'reason', width: 16 },
      ],
      hasTotals: false,
    },
  ],
  notes: [],
  signatures: [
    { label: 'Le responsable du parc informatique', as: 'responsable', name: '{établi par}' },
    { label: 'Le comptable des matières', as: 'comptable' },
  ],
} as const satisfies PaperTemplate;

export const assetStatement = {
  kind: 'asset-statement',
  version: 0,
  title: 'État des immobilisations',
  orientation: 'landscape',
  introduction: [],
  facts: [
    { label: 'Périmètre', value: '{périmètre}' },
    { label: 'Arrêté au', value: '{arrêté au}' },
    { label: 'Nombre de matériels', value: '{nombre}' },
    { label: 'Valeur totale connue', value: '{montant}' },
    { label: 'Matériels sans valeur connue', value: '{sans valeur connue}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 17 },
        { field: 'inventoryNumber', width: 10 },
        { field: 'designation', width: 19 },
        { field: 'acquisitionDate', width: 8 },
        { field: 'supplier', width: 9 },
        { field: 'status', width: 8 },
        { field: 'physicalState', width: 7 },
        { field: 'place', width: 17 },
        { field: 'holder', width: 11 },
        { field: 'value', width: 9 },
        { field: 'cumulatedDepreciation', width: 9 },
        { field: 'netValue', width: 9 },
      ],
      hasTotals: true,
    },
  ],
  notes: [{ text: `Arrêté le présent état à ${CLOSING}` }, WITHOUT_VALUE],
  signatures: [
    { label: 'Le comptable des matières', as: 'comptable' },
    { label: 'Le magasinier-fichiste', as: 'magasinier' },
    { label: 'Les membres de la commission d’inventaire', as: 'commission' },
    { label: 'L’ordonnateur des matières', as: 'ordonnateur', wording: 'Vu' },
  ],
} as const satisfies PaperTemplate;

export const disposalList = {
  kind: 'disposal-list',
  version: 0,
  title: 'Liste des matériels proposés à la réforme',
  orientation: 'landscape',
  introduction: ['Les matériels ci-après, hors d’usage ou devenus sans emploi, sont proposés à la réforme.'],
  facts: [
    { label: 'Périmètre', value: '{périmètre}' },
    { label: 'Arrêtée au', value: '{date}' },
    { label: 'Motif commun', value: '{motif}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 17 },
        { field: 'inventoryNumber', width: 10 },
        { field: 'designation', width: 19 },
        { field: 'serialNumber', width: 12 },
        { field: 'place', label: 'Lieu de garde', width: 16 },
        { field: 'acquisitionDate', width: 8 },
        { field: 'physicalState', width: 8 },
        { field: 'reason', label: 'Motif de la proposition', width: 14 },
        { field: 'value', width: 9 },
      ],
      hasTotals: true,
    },
  ],
  notes: [
    { text: `Arrêtée la présente liste à ${CLOSING}` },
    WITHOUT_VALUE,
    { text: 'Les supports de données de ces matériels sont effacés avant toute cession ou destruction.' },
  ],
  signatures: [
    { label: 'Le responsable du parc informatique', as: 'responsable', wording: 'Proposé', name: '{établi par}' },
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Vu' },
    { label: 'L’ordonnateur des matières', as: 'ordonnateur', wording: 'Transmis pour réforme' },
  ],
} as const satisfies PaperTemplate;

export const disposalReport = {
  kind: 'disposal-report',
  version: 0,
  title: 'Procès-verbal de réforme',
  orientation: 'portrait',
  introduction: [
    'Le {date}, la commission de réforme a examiné les matériels ci-après, proposés à la réforme, et prononcé leur réforme.',
  ],
  facts: [
    { label: 'Lieu', value: '{lieu}' },
    { label: 'Membres de la commission', value: '{commission}' },
    { label: 'Motif', value: '{motif}' },
    { label: 'Référence du procès-verbal signé', value: '{pièce}' },
  ],
  tables: [
    {
      title: 'Matériels réformés',
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'designation', width: 27 },
        { field: 'serialNumber', width: 17 },
        { field: 'physicalState', width: 10 },
        { field: 'acquisitionDate', width: 10 },
        { field: 'value', width: 12 },
      ],
      hasTotals: true,
    },
    {
      title: 'Certificat d’effacement des données',
      introduction:
        'Les supports de données des matériels ci-dessous ont été effacés ou détruits comme indiqué, avant que ces matériels ne quittent l’administration. Une ligne sans date n’est pas certifiée.',
      lines: 'stores-data',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'serialNumber', width: 18 },
        { field: 'wipingMethod', width: 27 },
        { field: 'wipingDate', width: 11 },
        { field: 'wipingBy', width: 19 },
      ],
      hasTotals: false,
    },
  ],
  notes: [
    { text: `Arrêté le présent procès-verbal à ${CLOSING}` },
    WITHOUT_VALUE,
    { title: 'Suite donnée', text: '{conclusion}' },
  ],
  signatures: [
    { label: 'Le président de la commission', as: 'commission' },
    { label: 'Les membres de la commission', as: 'commission' },
    { label: 'Le représentant du ministère', as: 'ordonnateur' },
    { label: 'Le comptable des matières', as: 'comptable' },
    {
      label: 'L’auteur de l’effacement',
      as: 'technicien',
      wording: 'Effacement certifié',
      name: '{effacement : auteur}',
    },
  ],
} as const satisfies PaperTemplate;

export const journalBook = {
  kind: 'journal-book',
  version: 0,
  title: 'Livre-journal des matériels informatiques',
  orientation: 'landscape',
  introduction: [],
  facts: [
    { label: 'Périmètre', value: '{périmètre}' },
    { label: 'Période', value: 'du {du} au {au}' },
    { label: 'Entrées', value: '{nombre d’entrées}, pour {montant des entrées}' },
    { label: 'Sorties', value: '{nombre de sorties}, pour {montant des sorties}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'movementDate', width: 8 },
        { field: 'movement', label: 'Opération', width: 12 },
        { field: 'reference', width: 17 },
        { field: 'designation', width: 18 },
        { field: 'quantityIn', width: 5 },
        { field: 'quantityOut', width: 5 },
        { field: 'unitPrice', label: 'Coût unitaire', width: 9 },
        { field: 'amountIn', width: 9 },
        { field: 'amountOut', width: 9 },
        { field: 'documentNumber', width: 11 },
        { field: 'reason', label: 'Observations', width: 13 },
      ],
      hasTotals: true,
    },
  ],
  notes: [
    {
      text: 'Montants en F CFA. Une entrée est un enregistrement, une sortie une cession, une destruction ou une remise à une autre institution ; les autres opérations changent la garde ou l’état, non les quantités.',
    },
  ],
  signatures: [{ label: 'Le comptable des matières', as: 'comptable' }, ORDONNATEUR],
} as const satisfies PaperTemplate;

/** What an office may show of its desktop: which records the agency has, as the desktop knows it (SPEC X7). */
export const syncStatement = {
  kind: 'sync-statement',
  version: 0,
  title: 'Attestation de synchronisation',
  orientation: 'portrait',
  introduction: [
    'Le poste nommé ci-dessous atteste l’état de ses enregistrements le {date} à {heure}, d’après les accusés qu’il a reçus.',
  ],
  facts: [
    { label: 'Poste', value: '{poste}' },
    { label: 'Établi par', value: '{établi par}, {fonction de l’auteur}' },
    { label: 'Dernier contact par le réseau', value: '{dernier contact}' },
    { label: 'Dernier accusé par clé', value: '{dernier accusé}' },
    { label: 'Fiches d’actifs reçues par l’ASIN', value: '{actifs reçus}' },
    { label: 'Fiches parties par clé, sans accusé encore', value: '{actifs envoyés}' },
    { label: 'Fiches sur ce poste seulement', value: '{actifs en attente}' },
    { label: 'Fiches refusées', value: '{actifs refusés}' },
    { label: 'Enregistrements reçus par l’ASIN', value: '{enregistrements reçus}' },
    { label: 'Enregistrements partis par clé', value: '{enregistrements envoyés}' },
    { label: 'Enregistrements sur ce poste seulement', value: '{enregistrements en attente}' },
    { label: 'Enregistrements refusés', value: '{enregistrements refusés}' },
  ],
  tables: [],
  notes: [
    {
      text: 'Les enregistrements sont les fiches, les écritures du journal, les documents et les référentiels. Une fiche est reçue quand sa dernière modification a un accusé.',
    },
  ],
  signatures: [{ label: 'Le responsable du parc informatique', as: 'responsable', name: '{établi par}' }],
} as const satisfies PaperTemplate;
