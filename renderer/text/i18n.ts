import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { type Catalogue, fr } from './fr.ts';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Which regional conventions a language follows: both write jj/mm/aaaa and a 24-hour clock. */
export const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Catalogue };
  }
}

type Texts = { readonly [key: string]: string | Texts };

/** French typography: a space before `: ; ? ! »` and after `«` never breaks a line. */
export function withFrenchSpaces(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string'
        ? text.replace(/ ([:;?!»])/g, '\u00a0$1').replace(/« /g, '«\u00a0')
        : withFrenchSpaces(text),
    ]),
  );
}

export function createTexts(language: Language): i18n {
  const texts = i18next.createInstance();
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fr',
    initAsync: false,
    resources: { fr: { translation: withFrenchSpaces(fr) }, en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
  });
  return texts;
}
