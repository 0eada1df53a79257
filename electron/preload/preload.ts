import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_CHANNELS, type DesktopBridge, type DesktopInfo } from '#shared/protocol/desktop-bridge.ts';

const bridge: DesktopBridge = {
  getState: () => ipcRenderer.invoke(BRIDGE_CHANNELS.getState),
  onStateChanged: (listener) => {
    const forward = (_event: unknown, info: DesktopInfo) => listener(info);
    ipcRenderer.on(BRIDGE_CHANNELS.stateChanged, forward);
    return () => ipcRenderer.off(BRIDGE_CHANNELS.stateChanged, forward);
  },
  createRegister: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.createRegister, input),
  unlock: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.unlock, input),
  unlockWithKeychain: () => ipcRenderer.invoke(BRIDGE_CHANNELS.unlockWithKeychain),
  lock: () => ipcRenderer.invoke(BRIDGE_CHANNELS.lock),
  retry: () => ipcRenderer.invoke(BRIDGE_CHANNELS.retry),
  listBackups: () => ipcRenderer.invoke(BRIDGE_CHANNELS.listBackups),
  restoreBackup: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.restoreBackup, input),
  setPreferences: (preferences) => ipcRenderer.invoke(BRIDGE_CHANNELS.setPreferences, preferences),
  openDataPort: (nonce) => ipcRenderer.send(BRIDGE_CHANNELS.openDataPort, nonce),
  savePdf: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.savePdf, input),
  print: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.print, input),
  chooseFolder: () => ipcRenderer.invoke(BRIDGE_CHANNELS.chooseFolder),
  writeParcelFile: (input) => ipcRenderer.invoke(BRIDGE_CHANNELS.writeParcelFile, input),
  clearClipboardLater: () => ipcRenderer.invoke(BRIDGE_CHANNELS.clearClipboardLater),
  quit: () => ipcRenderer.send(BRIDGE_CHANNELS.quit),
};

// A port cannot cross contextBridge; the page recognises its own by the nonce it asked with.
ipcRenderer.on(BRIDGE_CHANNELS.dataPort, (event, nonce: string) => {
  window.postMessage({ type: BRIDGE_CHANNELS.dataPort, nonce }, window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('desktop', bridge);
