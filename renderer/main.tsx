import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { readStyleNonce } from './app/theme/style-nonce.ts';
import { createTexts } from './text/i18n.ts';

const nonce = readStyleNonce();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App bridge={window.desktop} nonce={nonce} texts={createTexts('fr')} />
  </StrictMode>,
);
