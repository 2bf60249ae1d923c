// The one window: sandboxed, isolated, shown when its first picture is ready.
import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { pageAddress } from './lockdown.ts'

/** Opens the wizard's window; `distFolder` holds preload.cjs. */
export function openWindow(distFolder: string, title: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff',
    webPreferences: {
      preload: join(distFolder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      // A middle click would ask for another window.
      disableBlinkFeatures: 'Auxclick',
      // The spell checker would fetch dictionaries from the network.
      spellcheck: false,
      navigateOnDragDrop: false
    }
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageAddress)
  return window
}
