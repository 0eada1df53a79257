import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from './i18n.ts';

export type Text = {
  readonly t: TFunction;
  readonly language: Language;
  setLanguage(language: Language): void;
};

/** The texts of the current language, and the language itself for `Intl`. */
export function useText(): Text {
  const { t, i18n } = useTranslation();
  const language = LANGUAGES.find((known) => known === i18n.language) ?? 'fr';
  return { t, language, setLanguage: (next) => void i18n.changeLanguage(next) };
}
