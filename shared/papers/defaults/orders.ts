import type { PaperTemplate } from '../template.ts';
import { CLOSING, ORDONNATEUR, WITHOUT_VALUE } from './wording.ts';

export const entryOrder = {
  kind: 'entry-order',
  version: 0,
  title: 'Ordre d’entrée en matières',
  orientation: 'portrait',
  introduction: ['Ordre est donné de prendre en charge dans les écritures les matériels ci-après désignés.'],
  facts: [
    { label: 'Nature de l’entrée', value: '{mouvement}' },
    { label: 'Date de l’entrée', value: '{date du mouvement}' },
    { label: 'Mode d’acquisition', value: '{mode d’acquisition}' },
    { label: 'Source de financement', value: '{source de financement}' },
    { label: 'Fournisseur ou provenance', value: '{fournisseur}' },
    { label: 'Marché ou bon de commande', value: '{marché ou bon de commande}' },
    { label: 'Bordereau de livraison', value: '{bordereau de livraison}' },
    { label: 'Pièce justificative', value: '{pièce}' },
    { label: 'Lieu de prise en charge', value: '{site}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'designation', width: 23 },
        { field: 'serialNumber', width: 17 },
        { field: 'unit', width: 7 },
        { field: 'quantity', width: 6 },
        { field: 'unitPrice', width: 11 },
        { field: 'value', label: 'Montant (F CFA)', width: 12 },
      ],
      hasTotals: true,
    },
  ],
  notes: [{ text: `Arrêté le présent ordre d’entrée à ${CLOSING}` }, WITHOUT_VALUE],
  signatures: [
    ORDONNATEUR,
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Augmentation des prises en charge' },
    { label: 'Le magasinier-fichiste', as: 'magasinier', wording: 'Report sur fiche' },
    { label: 'Le réceptionnaire', as: 'réceptionnaire', wording: 'Reçu les matériels ci-dessus' },
  ],
} as const satisfies PaperTemplate;

export const exitOrder = {
  kind: 'exit-order',
  version: 0,
  title: 'Ordre de sortie de matières',
  orientation: 'portrait',
  introduction: ['Ordre est donné de laisser sortir les matériels ci-après désignés.'],
  facts: [
    { label: 'Nature de la sortie', value: '{mouvement}' },
    { label: 'Date de la sortie', value: '{date du mouvement}' },
    { label: 'Motif', value: '{motif}' },
    { label: 'Panne constatée', value: '{panne}' },
    { label: 'Prestataire', value: '{prestataire}' },
    { label: 'Demandeur', value: '{demandeur}' },
    { label: 'Remis à', value: '{détenteur}' },
    { label: 'Structure', value: '{structure d’affectation}' },
    { label: 'Retour prévu le', value: '{retour prévu}' },
    { label: 'Pièce justificative', value: '{pièce}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'designation', width: 23 },
        { field: 'serialNumber', width: 17 },
        { field: 'physicalState', width: 9 },
        { field: 'quantity', width: 6 },
        { field: 'value', width: 12 },
      ],
      hasTotals: true,
    },
  ],
  notes: [{ text: `Arrêté le présent ordre de sortie à ${CLOSING}` }, WITHOUT_VALUE],
  signatures: [
    ORDONNATEUR,
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Diminution des prises en charge, s’il y a lieu' },
    { label: 'Le magasinier-fichiste', as: 'magasinier', wording: 'Report sur fiche' },
    {
      label: 'Le réceptionnaire',
      as: 'réceptionnaire',
      wording: 'Récépissé des matériels ci-dessus',
      name: '{nom du détenteur}',
    },
  ],
} as const satisfies PaperTemplate;

export const receptionReport = {
  kind: 'reception-report',
  version: 0,
  title: 'Procès-verbal de réception',
  orientation: 'portrait',
  introduction: [
    'Le {date}, la commission de réception s’est réunie à l’effet de vérifier les matériels ci-après, livrés à l’administration.',
    'Après examen de la quantité, de la qualité et du fonctionnement, elle a constaté ce qui suit.',
  ],
  facts: [
    { label: 'Objet', value: '{objet}' },
    { label: 'Lieu', value: '{lieu}' },
    { label: 'Membres de la commission', value: '{commission}' },
    { label: 'Fournisseur ou expéditeur', value: '{fournisseur}' },
    { label: 'Provenance', value: '{ancien site}' },
    { label: 'Marché ou bon de commande', value: '{marché ou bon de commande}' },
    { label: 'Bordereau de livraison', value: '{bordereau de livraison}' },
    { label: 'Date du mouvement', value: '{date du mouvement}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'designation', width: 24 },
        { field: 'serialNumber', width: 16 },
        { field: 'physicalState', label: 'État constaté', width: 10 },
        { field: 'quantity', width: 6 },
        { field: 'value', width: 12 },
        { field: 'blank', label: 'Réserves', width: 12 },
      ],
      hasTotals: true,
    },
  ],
  notes: [
    { title: 'Conclusion', text: '{conclusion}' },
    { text: `La commission arrête la présente réception à ${CLOSING}` },
    WITHOUT_VALUE,
  ],
  signatures: [
    { label: 'Le président de la commission', as: 'commission' },
    { label: 'Les membres de la commission', as: 'commission' },
    { label: 'Le comptable des matières', as: 'comptable' },
    { label: 'Le fournisseur ou son représentant', as: 'fournisseur' },
  ],
} as const satisfies PaperTemplate;
