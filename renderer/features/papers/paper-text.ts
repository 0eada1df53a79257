import { withFrenchSpaces } from '#shared/papers/format.ts';

/** The few words that a sheet adds to its content. Papers are in French whatever the language of the screens. */
export const PAPER_TEXT = {
  draft: 'PROJET',
  digest: 'Empreinte',
  nameDots: 'Nom : ………………………',
  number: (number: string) => withFrenchSpaces(`N° ${number}`),
  of: (date: string) => `Du ${date}`,
  page: (page: number, count: number) => `page ${page} / ${count}`,
  code: (number: string) => `Code de vérification du document ${number}`,
  label: (label: string) => withFrenchSpaces(`${label} :`),
  signatureOf: (name: string | undefined) => `Signature de ${name ?? 'la personne nommée'}`,
  signedOn: (date: string) => `Signé à l’écran le ${date}`,
} as const;
