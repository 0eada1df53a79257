declare global {
  /** Read by `get-nonce`, which the scroll lock of dialogs uses for its style element. */
  var __webpack_nonce__: string | undefined;
}

/**
 * The nonce of this page load, which the main process put in place of Vite's placeholder. Browsers hide the attribute
 * from selectors and keep the property.
 */
export function readStyleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  globalThis.__webpack_nonce__ = nonce;
  return nonce;
}
