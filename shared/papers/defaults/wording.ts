import type { TemplateSignature } from '../template.ts';

/** How a list of equipment is closed: in words, then in figures. */
export const CLOSING = '{nombre en lettres} ({nombre}) unité(s), pour une valeur de {montant en lettres} ({montant}).';

/** Left out when every value is known. */
export const WITHOUT_VALUE = {
  text: 'Matériels sans valeur connue, non compris dans ce montant : {sans valeur connue}',
} as const;

export const ORDONNATEUR = {
  label: 'L’ordonnateur des matières',
  as: 'ordonnateur',
  wording: 'Certification',
} as const satisfies TemplateSignature;

/** General on purpose: which text says what is for the ministry's data protection officer to add. */
export const PERSONAL_DATA = {
  title: 'Information sur les données personnelles',
  text: 'Les nom, prénoms, fonction et lieu de travail portés sur ce document sont traités pour tenir le registre du matériel informatique de l’administration et en suivre la garde (responsable du traitement : {ministère}), dans le respect du Code du numérique en République du Bénin. Ils ne sont communiqués qu’aux services chargés de ce suivi et de son contrôle, et ne sont gardés sous une forme nominative que le temps nécessaire (durée de conservation : {durée de conservation}). La personne concernée peut demander à les consulter, à les faire rectifier et, dans les cas prévus, effacer, auprès de : {structure}. Elle peut aussi s’adresser à l’Autorité de protection des données à caractère personnel (APDP).',
} as const;
