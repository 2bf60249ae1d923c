// The only door between page and core: asks go out by name, tells come in by name, nothing else is reachable.
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../shared/contract.ts'

const bridge: Bridge = {
  ask: (name, input) => ipcRenderer.invoke(`ask:${name}`, input),
  onTell(name, hear) {
    const listener = (_event: unknown, ...bodies: Parameters<typeof hear>[]): void => {
      for (const body of bodies) hear(body as never)
    }
    ipcRenderer.on(`tell:${name}`, listener)
    return () => ipcRenderer.removeListener(`tell:${name}`, listener)
  }
}

contextBridge.exposeInMainWorld('wizard', bridge)
