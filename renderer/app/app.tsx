import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/fonts.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { DesktopBridge, Preferences } from '#shared/protocol/desktop-bridge.ts';
import { DesktopProvider } from '../store/desktop.tsx';
import { LANGUAGES } from '../text/i18n.ts';
import classes from './app.module.css';
import { Gate } from './gate.tsx';
import { createColourSchemeManager } from './theme/colour-scheme.ts';
import { resolveCssVariables, theme } from './theme/theme.ts';

type AppProps = {
  readonly bridge: DesktopBridge;
  readonly nonce: string;
  readonly texts: i18n;
  readonly preferences: Preferences;
  readonly onPreference: (change: Partial<Preferences>) => void;
};

export function App({ bridge, nonce, texts, preferences, onPreference }: AppProps) {
  const [colourSchemeManager] = useState(() =>
    createColourSchemeManager(preferences.colourScheme, (colourScheme) => onPreference({ colourScheme })),
  );
  useEffect(() => {
    const announce = (language: string) => {
      document.documentElement.lang = language;
    };
    const keep = (language: string) => {
      announce(language);
      const known = LANGUAGES.find((name) => name === language);
      if (known) onPreference({ language: known });
    };
    announce(texts.language);
    texts.on('languageChanged', keep);
    return () => texts.off('languageChanged', keep);
  }, [texts, onPreference]);
  return (
    <I18nextProvider i18n={texts}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colourSchemeManager}
        cssVariablesResolver={resolveCssVariables}
        getStyleNonce={() => nonce}
      >
        <DesktopProvider bridge={bridge}>
          <Notifications
            position="bottom-right"
            autoClose={5000}
            limit={3}
            classNames={{ root: classes.notifications }}
          />
          <Gate />
        </DesktopProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
