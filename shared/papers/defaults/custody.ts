import type { PaperTemplate } from '../template.ts';
import { CLOSING, ORDONNATEUR, PERSONAL_DATA, WITHOUT_VALUE } from './wording.ts';

export const assignmentSlip = {
  kind: 'assignment-slip',
  version: 0,
  title: 'Bordereau d’affectation',
  orientation: 'portrait',
  introduction: ['Les matériels ci-après désignés sont affectés comme suit.'],
  facts: [
    { label: 'Structure bénéficiaire', value: '{structure d’affectation}' },
    { label: 'Site', value: '{site}' },
    { label: 'Bureau', value: '{bureau}' },
    { label: 'Détenteur', value: '{détenteur}' },
    { label: 'Fonction', value: '{fonction du détenteur}' },
    { label: 'Date d’affectation', value: '{date du mouvement}' },
    { label: 'Motif', value: '{motif}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 24 },
        { field: 'inventoryNumber', width: 14 },
        { field: 'designation', width: 23 },
        { field: 'serialNumber', width: 16 },
        { field: 'physicalState', width: 9 },
        { field: 'value', width: 13 },
      ],
      hasTotals: true,
    },
  ],
  notes: [
    { text: `Arrêté le présent bordereau à ${CLOSING}` },
    WITHOUT_VALUE,
    {
      text: 'Le détenteur reconnaît avoir reçu ces matériels dans l’état indiqué. Il en a la garde, les réserve au service et les rend à la fin de son affectation.',
    },
  ],
  signatures: [
    { label: 'Le détenteur', as: 'détenteur', wording: 'Reçu', name: '{nom du détenteur}' },
    { label: 'Le responsable du parc informatique', as: 'responsable', wording: 'Remis', name: '{établi par}' },
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Vu' },
    ORDONNATEUR,
  ],
} as const satisfies PaperTemplate;

export const transferSlip = {
  kind: 'transfer-slip',
  version: 0,
  title: 'Bordereau de mutation',
  orientation: 'landscape',
  introduction: ['Les matériels ci-après désignés changent de détenteur ou de lieu comme suit.'],
  facts: [
    { label: 'Provenance', value: '{ancienne structure}' },
    { label: 'Site de départ', value: '{ancien site}' },
    { label: 'Détenteur A (cédant)', value: '{ancien détenteur}' },
    { label: 'Destination', value: '{structure d’affectation}' },
    { label: 'Expédié vers', value: '{destination}' },
    { label: 'Site d’arrivée', value: '{site}' },
    { label: 'Détenteur B (preneur)', value: '{détenteur}' },
    { label: 'Date de la mutation', value: '{date du mouvement}' },
    { label: 'Motif', value: '{motif}' },
    { label: 'Pièce justificative', value: '{pièce}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', width: 17 },
        { field: 'inventoryNumber', label: 'Code matricule', width: 10 },
        { field: 'designation', width: 21 },
        { field: 'serialNumber', width: 12 },
        { field: 'value', width: 10 },
        { field: 'physicalState', width: 8 },
        { field: 'formerHolder', label: 'Détenteur A', width: 13 },
        { field: 'holder', label: 'Détenteur B', width: 13 },
      ],
      hasTotals: true,
    },
  ],
  notes: [{ text: `Arrêté le présent bordereau à ${CLOSING}` }, WITHOUT_VALUE],
  signatures: [
    { label: 'Le détenteur A (cédant)', as: 'cédant', wording: 'Remis', name: '{nom de l’ancien détenteur}' },
    { label: 'Le détenteur B (preneur)', as: 'preneur', wording: 'Reçu', name: '{nom du détenteur}' },
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Vu' },
    ORDONNATEUR,
  ],
} as const satisfies PaperTemplate;

export const discharge = {
  kind: 'discharge',
  version: 0,
  title: 'Décharge – Fiche de détenteur',
  orientation: 'portrait',
  introduction: [
    'Je soussigné(e) {nom du détenteur} reconnais détenir les matériels ci-après désignés, propriété de l’administration.',
  ],
  facts: [
    { label: 'Nom et prénoms', value: '{nom du détenteur}' },
    { label: 'Fonction', value: '{fonction du détenteur}' },
    { label: 'Structure', value: '{structure d’affectation}' },
    { label: 'Site', value: '{site}' },
    { label: 'Bureau', value: '{bureau}' },
    { label: 'Retour prévu le', value: '{retour prévu}' },
  ],
  tables: [
    {
      lines: 'all',
      columns: [
        { field: 'rank', width: 5 },
        { field: 'reference', label: 'Référence (marquage)', width: 24 },
        { field: 'designation', width: 25 },
        { field: 'serialNumber', width: 16 },
        { field: 'physicalState', width: 9 },
        { field: 'value', width: 12 },
        { field: 'blank', label: 'Visa du détenteur', width: 14 },
      ],
      hasTotals: true,
    },
  ],
  notes: [
    {
      title: 'Engagement',
      text: 'Je m’engage à garder ces matériels en bon état, à les réserver au service, à signaler sans délai toute panne, perte ou vol, et à les rendre à la fin de mon affectation ou à la demande de l’administration.',
    },
    PERSONAL_DATA,
  ],
  signatures: [
    { label: 'Le détenteur', as: 'détenteur', wording: 'Lu et approuvé', name: '{nom du détenteur}' },
    { label: 'Le responsable du parc informatique', as: 'responsable', wording: 'Remis', name: '{établi par}' },
    { label: 'Le comptable des matières', as: 'comptable', wording: 'Vu' },
  ],
} as const satisfies PaperTemplate;
