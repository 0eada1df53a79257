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
import type { DesktopBridge } from '#shared/protocol/desktop-bridge.ts';
import { DesktopProvider } from '../store/desktop.tsx';
import { Gate } from './gate.tsx';
import { createColourSchemeManager } from './theme/colour-scheme.ts';
import { resolveCssVariables, theme } from './theme/theme.ts';

type AppProps = { readonly bridge: DesktopBridge; readonly nonce: string; readonly texts: i18n };

export function App({ bridge, nonce, texts }: AppProps) {
  const [colourSchemeManager] = useState(createColourSchemeManager);
  useEffect(() => {
    const announce = (language: string) => {
      document.documentElement.lang = language;
    };
    announce(texts.language);
    texts.on('languageChanged', announce);
    return () => texts.off('languageChanged', announce);
  }, [texts]);
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
          <Notifications position="bottom-center" autoClose={5000} limit={3} />
          <Gate />
        </DesktopProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
