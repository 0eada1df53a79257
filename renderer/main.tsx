import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Preferences } from '#shared/protocol/desktop-bridge.ts';
import { App } from './app/app.tsx';
import { readStyleNonce } from './app/theme/style-nonce.ts';
import { createTexts } from './text/i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const bridge = window.desktop;
let { preferences } = await bridge.getState();

function keepPreference(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  void bridge.setPreferences(preferences);
}

createRoot(root).render(
  <StrictMode>
    <App
      bridge={bridge}
      nonce={readStyleNonce()}
      texts={createTexts(preferences.language)}
      preferences={preferences}
      onPreference={keepPreference}
    />
  </StrictMode>,
);
